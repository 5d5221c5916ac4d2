import type { Clock } from '../platform/clock.ts'

/** How many actions one socket may send at once, and how many a second in the long run. */
const BURST = 120
const PER_SECOND = 20

/** A bucket of actions that fills with time. */
export interface ActionBudget {
  /** False when it is empty. */
  take(): boolean
}

export function createActionBudget({ now }: Pick<Clock, 'now'>): ActionBudget {
  let left = BURST
  let at = now()
  return {
    take() {
      const moment = now()
      left = Math.min(BURST, left + ((moment - at) / 1_000) * PER_SECOND)
      at = moment
      if (left < 1) return false
      left -= 1
      return true
    },
  }
}
