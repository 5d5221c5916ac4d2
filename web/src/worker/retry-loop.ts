/** One piece of work after the other; what is not decided is tried again after a while. */
export class RetryLoop<Item> {
  readonly #next: () => Item | undefined
  readonly #work: (item: Item) => Promise<boolean>
  readonly #retryMs: number
  #timer: ReturnType<typeof setTimeout> | undefined
  #isAtIt = false
  #isStopped = false

  /**
   * @param options.next what is to be done now, the same until it is decided
   * @param options.work does it; false when it is not decided and has to be tried again. Must not reject.
   * @param options.retryMs wait before that, ms
   */
  constructor(options: {
    next: () => Item | undefined
    work: (item: Item) => Promise<boolean>
    retryMs: number
  }) {
    this.#next = options.next
    this.#work = options.work
    this.#retryMs = options.retryMs
  }

  /** Begins, unless it is at it already. */
  readonly wake = (): void => {
    if (this.#isAtIt || this.#isStopped) return
    this.#isAtIt = true
    clearTimeout(this.#timer)
    void this.#drain()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  async #drain(): Promise<void> {
    try {
      for (let item = this.#next(); item !== undefined && !this.#isStopped; item = this.#next()) {
        if (await this.#work(item)) continue
        this.#timer = setTimeout(this.wake, this.#retryMs)
        return
      }
    } finally {
      // In the same turn as the last look at what is next: what is added right after it must not be overlooked.
      this.#isAtIt = false
    }
  }
}
