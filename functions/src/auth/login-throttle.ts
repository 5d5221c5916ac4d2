import { createHash } from 'node:crypto'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { AppError } from '../platform/errors.ts'

/** Wrong guesses that are let through in `WINDOW_SECONDS`: by one address for one account, and for all together. */
const PER_ACCOUNT = 10
const PER_ADDRESS = 100
const WINDOW_SECONDS = 15 * 60

/**
 * Runs one attempt. Throws `too-many-requests` instead when this address has guessed wrong too often. Only a
 * refusal with `unauthenticated` counts, so nobody is locked out by an outage or by logging in often.
 */
export type ThrottleLogIn = <T>(address: string, email: string, check: () => Promise<T>) => Promise<T>

/**
 * Slows down guessing. An account is never locked as such, only for the address that guesses: otherwise anyone could
 * lock a dispatcher out.
 *
 * @NOTE Counted per process: with n instances up to n times as many guesses pass, on top of which Identity
 * Toolkit has limits of its own. The limiter shared by all instances comes with the quotas (`usage`).
 */
export function createLoginThrottle(): ThrottleLogIn {
  const perAccount = new RateLimiterMemory({ points: PER_ACCOUNT, duration: WINDOW_SECONDS })
  const perAddress = new RateLimiterMemory({ points: PER_ADDRESS, duration: WINDOW_SECONDS })

  return async (address, email, check) => {
    // A digest, so that no list of who tried to log in lies in memory.
    const account = createHash('sha256').update(`${address}\n${email}`).digest('base64')
    // Counted before the answer is known: of many guesses at once only so many may go ahead.
    const [byAccount, byAddress] = await Promise.all([
      perAccount.penalty(account),
      perAddress.penalty(address),
    ])
    const takeBack = () => Promise.all([perAccount.reward(account), perAddress.reward(address)])
    const waits = [
      ...(byAccount.consumedPoints > PER_ACCOUNT ? [byAccount.msBeforeNext] : []),
      ...(byAddress.consumedPoints > PER_ADDRESS ? [byAddress.msBeforeNext] : []),
    ]
    if (waits.length > 0) {
      throw new AppError('too-many-requests', 'Too many attempts; try again later', {
        headers: { 'Retry-After': String(Math.ceil(Math.max(...waits) / 1_000)) },
      })
    }
    try {
      const result = await check()
      await takeBack()
      return result
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'unauthenticated') await takeBack()
      throw error
    }
  }
}
