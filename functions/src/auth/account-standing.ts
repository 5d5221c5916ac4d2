import type { Account } from './accounts.ts'
import type { Actor } from './actor.ts'

/**
 * Why `account` no longer backs a token like `actor`'s, in words for its holder; `null` when it does. The claims
 * are compared too, so that a changed role or company takes hold at once and not when the token ends.
 */
export function refuseStanding(
  account: Account | null,
  actor: Pick<Actor, 'role' | 'company_id' | 'issuedAt'>,
): string | null {
  if (account === null) return 'This account does not exist any more'
  if (account.disabled) return 'This account is disabled'
  if (actor.issuedAt < account.validSince) return 'The token has been revoked'
  if (account.claims?.role !== actor.role || account.claims.company_id !== actor.company_id) {
    return 'This account has changed; log in again'
  }
  return null
}
