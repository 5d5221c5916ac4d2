import { z } from 'zod'

/** When the watch over active calls asks, raises alarms, and raises its voice; seconds. */
export interface WatchConfig {
  /** A worker who was not heard of for so long is asked whether they are OK; by the urgency of the call. */
  silence: { CRITICAL: number; HIGH: number; MEDIUM: number; LOW: number }
  /** An asked worker has so long to answer. */
  answer: number
  /** A critical call may be without a holder for so long. */
  unassigned: number
  /** An alarm that nobody acknowledges goes to more people, and gets louder, each time after so long. */
  escalate: number
}

/** Ten years at most: who wants no watch sets years. */
const seconds = (fallback: number) => z.coerce.number().int().positive().max(315_360_000).default(fallback)

export const WatchEnvironment = {
  SILENCE_SECONDS_CRITICAL: seconds(60),
  SILENCE_SECONDS_HIGH: seconds(120),
  SILENCE_SECONDS_MEDIUM: seconds(300),
  SILENCE_SECONDS_LOW: seconds(900),
  CHECK_ANSWER_SECONDS: seconds(45),
  UNASSIGNED_SECONDS: seconds(90),
  ALARM_ESCALATE_SECONDS: seconds(60),
}

export const readWatchConfig = (env: z.output<z.ZodObject<typeof WatchEnvironment>>): WatchConfig => ({
  silence: {
    CRITICAL: env.SILENCE_SECONDS_CRITICAL,
    HIGH: env.SILENCE_SECONDS_HIGH,
    MEDIUM: env.SILENCE_SECONDS_MEDIUM,
    LOW: env.SILENCE_SECONDS_LOW,
  },
  answer: env.CHECK_ANSWER_SECONDS,
  unassigned: env.UNASSIGNED_SECONDS,
  escalate: env.ALARM_ESCALATE_SECONDS,
})
