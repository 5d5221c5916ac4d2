import { z } from 'zod'

/** Chats, limits and measures (spec 2). */
export interface ServiceConfig {
  /** Whether callers without a token may use chats, in a sandbox of their own (DESIGN 3). Never where it is deployed. */
  anonymousChats: boolean
  /** A chat to which nobody has added for so long is archived, s. */
  chatIdleSeconds: number
  /** How long `POST /chats/summarize` waits for a summary before it says where to look, s. */
  summaryWaitSeconds: number
  /** Where rate limits are counted for all instances together; null: each instance counts for itself. */
  redisUrl: string | null
  /** What `/metrics` asks for; null: it is open in the local suite, and not there elsewhere. */
  metricsToken: string | null
}

export const ServiceEnvironment = {
  ANONYMOUS_CHATS: z.enum(['on', 'off']).optional(),
  CHAT_IDLE_SECONDS: z.coerce
    .number()
    .int()
    .positive()
    .max(30 * 86_400)
    .default(86_400),
  // Hosting answers for us after 60 s.
  SUMMARY_WAIT_SECONDS: z.coerce.number().int().min(0).max(50).default(25),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  METRICS_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
}

/** @param isLocal the emulators are configured */
export function readServiceConfig(
  env: z.output<z.ZodObject<typeof ServiceEnvironment>>,
  isLocal: boolean,
): ServiceConfig {
  return {
    anonymousChats: isLocal && env.ANONYMOUS_CHATS !== 'off',
    chatIdleSeconds: env.CHAT_IDLE_SECONDS,
    summaryWaitSeconds: env.SUMMARY_WAIT_SECONDS,
    redisUrl: env.REDIS_URL ?? null,
    metricsToken: env.METRICS_TOKEN ?? null,
  }
}
