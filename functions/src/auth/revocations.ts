import type { Actor } from './actor.ts'

/** Tells what is still open that a token was revoked, or its user disabled, after it was verified. */
export interface Revocations {
  /**
   * Follows `actor` until `until` aborts (pass the request's own signal, so that nothing is followed for ever).
   * The signal returned aborts within a second of a log-out, and within half a minute of the user being
   * disabled; its `reason` is an `AppError` `unauthenticated` that may be shown. Expiry is not its business:
   * that is `actor.expiresAt`.
   */
  watch(actor: Actor, until: AbortSignal): AbortSignal
}
