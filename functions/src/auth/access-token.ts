import { randomUUID } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import type { Actor } from './actor.ts'
import { Claims } from './schema.ts'
import type { Identity } from './schema.ts'

/** The only algorithm, for signing and for verifying: a token never chooses (RFC 8725 §3.1). */
const ALGORITHM = 'HS256'

const Payload = Claims.extend({
  sub: Id,
  jti: z.string().min(1),
  sid: z.string().min(1),
  iat: z.int(),
  exp: z.int(),
})

export interface AccessTokens {
  /** A signed JWT for the log-in `sessionId`, and its life in seconds. */
  issue(identity: Identity, sessionId: string): { token: string; expiresIn: number }
  /** Reads a JWT of ours. Throws `AppError` `unauthenticated`; does not know of blacklists or users. */
  read(token: string): Actor
}

/** Access tokens of the API (DESIGN 3): `iss aud sub jti sid iat exp` and the claims `role` and `company_id`. */
export function createAccessTokens(
  { jwt: { secret, issuer, audience }, accessTokenSeconds }: Pick<Config, 'jwt' | 'accessTokenSeconds'>,
  clock: Pick<Clock, 'now'>,
): AccessTokens {
  const nowInSeconds = () => Math.floor(clock.now() / 1_000)

  return {
    issue({ uid, role, company_id }, sid) {
      const iat = nowInSeconds()
      const claims = { role, company_id, sid, iat, exp: iat + accessTokenSeconds }
      const options = { algorithm: ALGORITHM, issuer, audience, subject: uid, jwtid: randomUUID() } as const
      return { token: jwt.sign(claims, secret, options), expiresIn: accessTokenSeconds }
    },

    read(token) {
      let payload: z.output<typeof Payload>
      try {
        payload = Payload.parse(
          jwt.verify(token, secret, {
            algorithms: [ALGORITHM],
            issuer,
            audience,
            clockTimestamp: nowInSeconds(),
          }),
        )
      } catch (cause) {
        const reason =
          cause instanceof jwt.TokenExpiredError ? 'The token has expired' : 'The token is not valid'
        throw new AppError('unauthenticated', reason, { cause })
      }
      const { sub, role, company_id, jti, sid, iat, exp } = payload
      return {
        kind: 'api',
        uid: sub,
        role,
        company_id,
        tokenId: jti,
        sessionId: sid,
        issuedAt: iat * 1_000,
        expiresAt: exp * 1_000,
      }
    },
  }
}
