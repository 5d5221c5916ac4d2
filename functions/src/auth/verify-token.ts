import { createHash } from 'node:crypto'
import type { Auth, DecodedIdToken } from 'firebase-admin/auth'
import jwt from 'jsonwebtoken'
import type { Config } from '../platform/config.ts'
import { AppError } from '../platform/errors.ts'
import type { AccessTokens } from './access-token.ts'
import { refuseStanding } from './account-standing.ts'
import type { Accounts } from './accounts.ts'
import type { Actor, VerifyToken } from './actor.ts'
import type { Blacklist } from './blacklist.ts'
import { Identity } from './schema.ts'

/** Far above any token of ours or of Firebase's; nothing longer is even decoded. */
const MAX_TOKEN_LENGTH = 4_096

/** What `verifyIdToken` throws for a token that is at fault, and not Google or the network. */
const REFUSAL_CODES = new Set([
  'auth/argument-error',
  'auth/invalid-id-token',
  'auth/id-token-expired',
  'auth/id-token-revoked',
  'auth/invalid-argument',
  'auth/user-disabled',
  'auth/user-not-found',
])

export interface VerifyTokenDeps {
  config: Pick<Config, 'projectId' | 'emulators'>
  auth: Pick<Auth, 'verifyIdToken'>
  accessTokens: Pick<AccessTokens, 'read'>
  accounts: Pick<Accounts, 'get'>
  blacklist: Pick<Blacklist, 'includesAny'>
}

/**
 * ID tokens carry no `jti`. Their signed part names them: the signature's last character could be changed
 * without making it invalid, which would give a blacklisted token a new name.
 */
function idTokenName(token: string): string {
  const signed = token.slice(0, token.lastIndexOf('.'))
  return createHash('sha256').update(signed).digest('hex')
}

function issuerOf(token: string): unknown {
  try {
    const payload = jwt.decode(token)
    return typeof payload === 'object' ? payload?.iss : undefined
  } catch {
    // Not base64, not JSON: whatever it is, nobody issued it.
    return undefined
  }
}

/**
 * The one verifier for both kinds of token: our JWTs and Firebase ID tokens (DESIGN 3). The unverified issuer only
 * chooses who has to verify. After the signature come the user's standing and the blacklist.
 */
export function createVerifyToken(deps: VerifyTokenDeps): VerifyToken {
  const { config, auth, accessTokens, accounts, blacklist } = deps
  const firebaseIssuer = `https://securetoken.google.com/${config.projectId}`

  async function readIdToken(token: string): Promise<Actor> {
    let decoded: DecodedIdToken
    try {
      // Unsigned tokens of the Auth emulator pass here only where its host is configured, and there they must.
      decoded = await auth.verifyIdToken(token)
    } catch (cause) {
      const { code } = cause as { code?: unknown }
      if (typeof code !== 'string' || !REFUSAL_CODES.has(code)) {
        throw new AppError('unavailable', 'The identity service does not answer', { cause })
      }
      const reason = code === 'auth/id-token-expired' ? 'The token has expired' : 'The token is not valid'
      throw new AppError('unauthenticated', reason, { cause })
    }
    const identity = Identity.safeParse(decoded)
    if (!identity.success) throw new AppError('forbidden', 'This account has no role here')
    return {
      kind: 'firebase',
      ...identity.data,
      tokenId: idTokenName(token),
      sessionId: null,
      issuedAt: decoded.iat * 1_000,
      expiresAt: decoded.exp * 1_000,
    }
  }

  return async (token) => {
    if (token.length > MAX_TOKEN_LENGTH) throw new AppError('unauthenticated', 'The token is not valid')
    const actor = issuerOf(token) === firebaseIssuer ? await readIdToken(token) : accessTokens.read(token)
    const [account, isRevoked] = await Promise.all([
      accounts.get(actor.uid),
      blacklist.includesAny(actor.sessionId === null ? [actor.tokenId] : [actor.tokenId, actor.sessionId]),
    ])
    if (isRevoked) throw new AppError('unauthenticated', 'The token has been revoked')
    const refusal = refuseStanding(account, actor)
    if (refusal !== null) throw new AppError('unauthenticated', refusal)
    return actor
  }
}
