/**
 * The versions of everything: microseconds since 1970 that never stand still between two commits, and never fall
 * behind a moment that a reader was told. So "changed since my read" is always a plain comparison.
 */
export class Clock {
  readonly #now: () => number
  #last = 0

  /** @param now milliseconds since 1970; fractions count. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** The moment of a read: every commit from now on gets a later version. */
  read(): number {
    this.#last = Math.max(this.#last, Math.floor(this.#now() * 1_000))
    return this.#last
  }

  /** The version of a commit: later than every read and commit before. */
  next(): number {
    this.#last = Math.max(this.#last + 1, Math.floor(this.#now() * 1_000))
    return this.#last
  }

  /** Never again hands out anything up to this version (one that was found on disk). */
  passed(version: number): void {
    this.#last = Math.max(this.#last, version)
  }
}
