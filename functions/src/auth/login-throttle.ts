import { createHash } from 'node:crypto'
import { type Counters, memoryCounters } from '../limits/counters.ts'
import { AppError } from '../platform/errors.ts'
import { networkOf } from '../platform/network.ts'

/** Wrong guesses that are let through in `WINDOW_SECONDS`: by one address for one account, and for all together. */
const PER_ACCOUNT = 10
const PER_ADDRESS = 100
const WINDOW_SECONDS = 15 * 60

/**
 * Runs one attempt. Throws `too-many-requests` instead when this address has guessed wrong too often. Only a
 * refusal with `unauthenticated` counts, so nobody is locked out by an outage or by logging in often.
 */
export type ThrottleLogIn = <T>(address: string, email: string, check: () => Promise<T>) => Promise<T>

const tooMany = (waitMs: number): AppError =>
  new AppError('too-many-requests', 'Too many attempts; try again later', {
    headers: { 'Retry-After': String(Math.ceil(waitMs / 1_000)) },
  })

/**
 * Slows down guessing. An account is never locked as such, only for the address that guesses: otherwise anyone could
 * lock a dispatcher out.
 *
 * @param counters where guesses are counted: for all instances together, or for this one alone
 */
export function createLoginThrottle(counters: Counters = memoryCounters): ThrottleLogIn {
  const perAccount = counters.counter('login-account', { points: PER_ACCOUNT, seconds: WINDOW_SECONDS })
  const perAddress = counters.counter('login-address', { points: PER_ADDRESS, seconds: WINDOW_SECONDS })

  return async (from, email, check) => {
    const address = networkOf(from)
    // A digest, so that no list of who tried to log in lies in memory.
    const account = createHash('sha256').update(`${address}\n${email}`).digest('base64')
    // Counted before the answer is known: of many guesses at once only so many may go ahead.
    const byAddress = await perAddress.penalty(address)
    // The address first: one that is stopped could otherwise fill the memory with accounts that it makes up.
    if (byAddress.consumedPoints > PER_ADDRESS) throw tooMany(byAddress.msBeforeNext)
    const byAccount = await perAccount.penalty(account)
    if (byAccount.consumedPoints > PER_ACCOUNT) throw tooMany(byAccount.msBeforeNext)
    const takeBack = () => Promise.all([perAccount.reward(account), perAddress.reward(address)])
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
