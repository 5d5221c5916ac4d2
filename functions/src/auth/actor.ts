import type { Role } from './schema.ts'

/**
 * Who a verified token speaks for. Made only by the verifier (`verify-token.ts`), so holding one means that the
 * token was genuine, unexpired, not blacklisted, and that its user was enabled, at most seconds ago.
 */
export interface Actor {
  /** `api`: one of our JWTs; `firebase`: a Firebase ID token. */
  kind: 'api' | 'firebase'
  uid: string
  role: Role
  company_id: string
  /** Names this token on the blacklist (`revoked_tokens/{tokenId}`): its `jti`, or a digest for ID tokens. */
  tokenId: string
  /** The log-in that this token descends from; every token of it can be revoked at once. `null` for ID tokens. */
  sessionId: string | null
  /** When the token was issued and when it ends, ms since 1970. No stream outlives `expiresAt`. */
  issuedAt: number
  expiresAt: number
}

/** The only way to learn who is calling. Throws `AppError` `unauthenticated`, or `unavailable` when it cannot tell. */
export type VerifyToken = (token: string) => Promise<Actor>
