import { RateLimiterRes } from 'rate-limiter-flexible'
import type { Logger } from 'pino'
import { AppError } from '../platform/errors.ts'
import { networkOf } from '../platform/network.ts'
import type { Counters } from './counters.ts'

/** What is limited together. */
export type LimitClass = 'chats' | 'emergency' | 'general' | 'uploads'

/** Requests a minute. */
export type Quotas = Readonly<Record<LimitClass, { authenticated: number; anonymous: number }>>

/** All limits are so many requests in so many seconds. A stream or socket counts once, as it is opened. */
const WINDOW_SECONDS = 60

/**
 * `chats`: spec 2. `emergency`: so generous that only a program gone wild meets it; what workers write goes straight to
 * the database and is not counted at all. `general`: everything else that asks for a token. `uploads`: each is drawn anew
 * and stored, so they are few; configuration says how few.
 */
export const REQUESTS_A_MINUTE: Quotas = {
  chats: { authenticated: 100, anonymous: 10 },
  emergency: { authenticated: 6_000, anonymous: 600 },
  general: { authenticated: 1_200, anonymous: 600 },
  uploads: { authenticated: 30, anonymous: 30 },
}

/** Who is counted: somebody by their uid, everybody else by where they come from. */
export type Counted = { readonly uid: string } | { readonly address: string }

export interface RateLimits {
  /**
   * Counts a request. Answers with the headers that say what is left (IETF draft `ratelimit-headers`).
   *
   * @throws AppError `too-many-requests`, with these headers and `Retry-After` (s)
   */
  take(limit: LimitClass, who: Counted): Promise<Record<string, string>>
}

export function createRateLimits(
  counters: Counters,
  log: Logger,
  quotas: Quotas = REQUESTS_A_MINUTE,
): RateLimits {
  const made = new Map<string, ReturnType<Counters['counter']>>()

  return {
    async take(limit, who) {
      const kind = 'uid' in who ? 'authenticated' : 'anonymous'
      const points = quotas[limit][kind]
      const name = `${limit}-${kind}`
      const counter = made.get(name) ?? counters.counter(name, { points, seconds: WINDOW_SECONDS })
      made.set(name, counter)
      try {
        const key = 'uid' in who ? who.uid : networkOf(who.address)
        return headersOf(name, points, await counter.consume(key))
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) {
          // Nothing can count now. To let everybody through is the lesser evil.
          log.error({ limit, err: error }, 'rate limit could not be counted')
          return {}
        }
        throw new AppError('too-many-requests', 'Too many requests. Try again later.', {
          headers: { ...headersOf(name, points, error), 'Retry-After': String(secondsOf(error)) },
        })
      }
    },
  }
}

const secondsOf = ({ msBeforeNext }: RateLimiterRes): number => Math.max(Math.ceil(msBeforeNext / 1_000), 1)

const headersOf = (name: string, points: number, state: RateLimiterRes): Record<string, string> => ({
  'RateLimit-Policy': `"${name}";q=${points};w=${WINDOW_SECONDS}`,
  RateLimit: `"${name}";r=${state.remainingPoints};t=${secondsOf(state)}`,
})
