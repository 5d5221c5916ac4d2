/** Time as everything here receives it, so that tests can move it. All times and spans are milliseconds. */
export interface Clock {
  /** Since 1970. */
  now(): number
  /** Runs `run` once after `ms`; the function returned takes it back. */
  after(ms: number, run: () => void): () => void
  /** Runs `run` every `ms` until the function returned is called. */
  every(ms: number, run: () => void): () => void
}

/** The machine's own clock. Its timers never keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms).unref()
    return () => clearTimeout(timer)
  },
  every(ms, run) {
    const timer = setInterval(run, ms).unref()
    return () => clearInterval(timer)
  },
}
