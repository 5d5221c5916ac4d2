import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'

/** So many points in so many seconds, for each key by itself. */
export interface CounterOptions {
  points: number
  seconds: number
}

/** Makes counters that know what was used up; `name` keeps the keys of one apart from those of another. */
export interface Counters {
  counter(name: string, options: CounterOptions): RateLimiterAbstract
  close(): Promise<void>
}

/** Each process counts for itself. */
export const memoryCounters: Counters = {
  counter: (name, { points, seconds }) =>
    new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
  close: () => Promise.resolve(),
}

/** No caller waits longer than this for Redis, ms. */
const ANSWER_MS = 500

/**
 * All processes count together, in Redis. While it does not answer each counts for itself in memory, under the same
 * limits: nobody is stopped by an outage of ours, and nothing stands open. Said once in the log, and again when it is back.
 */
export function redisCounters(url: string, log: Logger): Counters {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: ANSWER_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  })
  let isUp: boolean | undefined
  redis.on('ready', () => {
    if (isUp === false) log.info('rate limits are shared again')
    isUp = true
  })
  redis.on('error', (err: unknown) => {
    if (isUp !== false)
      log.error({ err }, 'redis does not answer: each instance counts rate limits for itself')
    isUp = false
  })
  return {
    counter: (name, { points, seconds }) =>
      new RateLimiterRedis({
        storeClient: redis,
        keyPrefix: `lifeline:${name}`,
        points,
        duration: seconds,
        rejectIfRedisNotReady: true,
        insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration: seconds }),
      }),
    async close() {
      redis.disconnect()
      await Promise.resolve()
    },
  }
}

export const createCounters = ({ redisUrl }: { redisUrl: string | null }, log: Logger): Counters =>
  redisUrl === null ? memoryCounters : redisCounters(redisUrl, log)
