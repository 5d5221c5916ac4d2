import type { Auth, UserRecord } from 'firebase-admin/auth'
import type { Clock } from '../platform/clock.ts'
import { AppError } from '../platform/errors.ts'
import { Claims } from './schema.ts'

/** What Firebase Auth says about a user now. */
export interface Account {
  uid: string
  disabled: boolean
  /** `null` when nobody gave this user a role and a company. */
  claims: Claims | null
  /** Tokens issued before this were withdrawn (a changed password, a revocation); ms since 1970. */
  validSince: number
  email: string | null
  displayName: string | null
}

export interface Accounts {
  /** At most five seconds old; `null` for a user that does not exist. Throws `AppError` `unavailable`. */
  get(uid: string): Promise<Account | null>
  /** The same for many, asked afresh. A user that does not exist is left out. */
  refresh(uids: readonly string[]): Promise<Account[]>
}

const REUSE_MS = 5_000
const MAX_KEPT = 10_000
/** The most that one `getUsers` takes. */
const BATCH = 100

function toAccount({
  uid,
  disabled,
  customClaims,
  tokensValidAfterTime,
  email,
  displayName,
}: UserRecord): Account {
  return {
    uid,
    disabled,
    claims: Claims.safeParse(customClaims).data ?? null,
    validSince: tokensValidAfterTime === undefined ? 0 : Date.parse(tokensValidAfterTime),
    email: email ?? null,
    displayName: displayName ?? null,
  }
}

/** Firebase Auth's user records, kept for a moment: every request asks for one, and few of them ever change. */
export function createAccounts(auth: Pick<Auth, 'getUsers'>, clock: Pick<Clock, 'now'>): Accounts {
  const kept = new Map<string, { at: number; account: Promise<Account | null> }>()

  async function ask(uids: readonly string[]): Promise<Account[]> {
    try {
      const { users } = await auth.getUsers(uids.map((uid) => ({ uid })))
      return users.map(toAccount)
    } catch (cause) {
      throw new AppError('unavailable', 'The identity service does not answer', { cause })
    }
  }

  function keep(uid: string, account: Promise<Account | null>): void {
    // Deleting first moves the key to the end, so that the first key is the oldest.
    kept.delete(uid)
    kept.set(uid, { at: clock.now(), account })
    const [oldest] = kept.keys()
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
  }

  return {
    get(uid) {
      const known = kept.get(uid)
      if (known && clock.now() - known.at < REUSE_MS) return known.account
      const account = ask([uid]).then(([first]) => first ?? null)
      keep(uid, account)
      // A failure is not kept: the next request asks again.
      account.catch(() => kept.get(uid)?.account === account && kept.delete(uid))
      return account
    },
    async refresh(uids) {
      const found: Account[] = []
      for (let start = 0; start < uids.length; start += BATCH) {
        found.push(...(await ask(uids.slice(start, start + BATCH))))
      }
      for (const account of found) keep(account.uid, Promise.resolve(account))
      return found
    },
  }
}
