/** How long before its token ends a stream asks the client to come back with a fresh one, ms. */
const EXPIRY_LEAD_MS = 30_000

export interface DeadlineInput {
  now: number
  /** The longest that a stream may live, ms. */
  maxMs: number
  /** When the token ends, ms since 1970. */
  expiresAt: number
  /** 0 ≤ random < 1. */
  random: number
}

/**
 * When to say `reconnect`, ms since 1970: before the platform cuts the stream, spread over the last fifth so that
 * clients do not return together, and in time to fetch a fresh token. Never when the token is about to end
 * anyway: its holder could only come back with the same one, over and over, and is told of the expiry instead.
 */
export function reconnectAt({ now, maxMs, expiresAt, random }: DeadlineInput): number {
  const byAge = now + maxMs * (0.8 + 0.2 * random)
  if (expiresAt - now <= 2 * EXPIRY_LEAD_MS) return Infinity
  return Math.min(byAge, expiresAt - EXPIRY_LEAD_MS * (1 + random / 2))
}
