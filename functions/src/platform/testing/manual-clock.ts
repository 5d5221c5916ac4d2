import type { Clock } from '../clock.ts'

interface Timer {
  due: number
  every: number | null
  run: () => void
}

/** A clock for tests that stands still until it is told to move. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`, running every timer that falls due on the way, in order and at its own time. */
  advance(ms: number): void
  /** Timers that are still set; a test asserts with it that nothing was left behind. */
  readonly pending: number
}

/** `start` is in ms since 1970. */
export function manualClock(start = Date.UTC(2025, 9, 3, 6, 28, 4)): ManualClock {
  let now = start
  const timers = new Set<Timer>()
  const add = (timer: Timer) => {
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  const nextDue = (until: number) =>
    [...timers].filter(({ due }) => due <= until).toSorted((a, b) => a.due - b.due)[0]
  return {
    now: () => now,
    after: (ms, run) => add({ due: now + ms, every: null, run }),
    every: (ms, run) => add({ due: now + ms, every: ms, run }),
    advance(ms) {
      const until = now + ms
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        now = Math.max(now, timer.due)
        if (timer.every === null) timers.delete(timer)
        else timer.due += timer.every
        timer.run()
      }
      now = until
    },
    get pending() {
      return timers.size
    },
  }
}
