import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
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
 * What one caller cannot leave: an IPv4 address, or the /64 that an IPv6 host is given whole and may take any address
 * of. Anything else is kept as it is.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (embedded !== undefined) return embedded
  const [left = '', right] = (address.split('%')[0] ?? '').split('::')
  const groups = left.split(':').filter(Boolean)
  const tail = (right ?? '').split(':').filter(Boolean)
  const zeros = right === undefined ? 0 : 8 - groups.length - tail.length
  const all = [...groups, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...tail]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

const tooMany = (waitMs: number): AppError =>
  new AppError('too-many-requests', 'Too many attempts; try again later', {
    headers: { 'Retry-After': String(Math.ceil(waitMs / 1_000)) },
  })

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
