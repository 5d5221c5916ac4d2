/** The part of a gRPC stream that an outbox writes to. */
export interface Sink {
  readonly write: (message: object) => boolean
  readonly once: (event: 'drain', listener: () => void) => unknown
}

/**
 * Sends messages no faster than the client takes them. While it is behind, `whenIdle` is not called, and so what the
 * caller gathers in between is sent as one.
 */
export class Outbox {
  readonly #sink: Sink
  readonly #whenIdle: () => void
  readonly #queue: object[] = []
  #sent = 0
  #isBlocked = false
  #isClosed = false

  /** @param whenIdle called after a backlog was sent. */
  constructor(sink: Sink, whenIdle: () => void) {
    this.#sink = sink
    this.#whenIdle = whenIdle
  }

  /** Whether the client has yet to take what was sent. */
  get isBehind(): boolean {
    return this.#isBlocked
  }

  send(messages: Iterable<object>): void {
    if (this.#isClosed) return
    for (const message of messages) this.#queue.push(message)
    this.#pump()
  }

  /** Sends nothing any more: the client is gone. */
  close(): void {
    this.#isClosed = true
    this.#queue.length = 0
  }

  #pump(): void {
    while (!this.#isBlocked && !this.#isClosed && this.#sent < this.#queue.length) {
      const message = this.#queue[this.#sent++]
      if (message !== undefined && !this.#sink.write(message)) {
        this.#isBlocked = true
        this.#sink.once('drain', () => this.#unblock())
      }
    }
    if (this.#sent === this.#queue.length) {
      this.#queue.length = 0
      this.#sent = 0
    }
  }

  #unblock(): void {
    this.#isBlocked = false
    this.#pump()
    if (!this.#isBlocked && !this.#isClosed) this.#whenIdle()
  }
}
