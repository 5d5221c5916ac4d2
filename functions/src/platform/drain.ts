import type { RequestListener } from 'node:http'
import type { Clock } from './clock.ts'

/** Counts the replies that a process still owes. */
export interface Drain {
  /** `listener` with every exchange counted until it is over. */
  track(listener: RequestListener): RequestListener
  /** Resolves when nothing is owed any more, or after `deadlineMs`; says how much was still owed then. */
  wait(deadlineMs: number): Promise<number>
}

export function createDrain(clock: Pick<Clock, 'after'>): Drain {
  let owed = 0
  const onIdle = new Set<() => void>()
  return {
    track: (listener) => (request, response) => {
      owed += 1
      response.once('close', () => {
        owed -= 1
        if (owed === 0) for (const wake of onIdle) wake()
      })
      listener(request, response)
    },
    async wait(deadlineMs) {
      if (owed === 0) return 0
      const { promise, resolve } = Promise.withResolvers<void>()
      const cancel = clock.after(deadlineMs, resolve)
      onIdle.add(resolve)
      await promise
      onIdle.delete(resolve)
      cancel()
      return owed
    },
  }
}
