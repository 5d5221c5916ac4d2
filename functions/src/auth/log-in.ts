import type { VerifyToken } from './actor.ts'
import { AppError } from '../platform/errors.ts'
import type { AccessTokens } from './access-token.ts'
import type { Blacklist } from './blacklist.ts'
import type { CheckPassword } from './check-password.ts'
import type { ThrottleLogIn } from './login-throttle.ts'
import type { Profiles } from './profiles.ts'
import type { Identity } from './schema.ts'
import type { Session, Sessions } from './sessions.ts'

/** Both tokens of a log-in. `expiresIn` is the access token's life in seconds. */
export interface Tokens {
  identity: Identity
  session: Session
  accessToken: string
  expiresIn: number
}

export interface Credentials {
  email: string
  password: string
  /** Where the attempt comes from, for the throttle. */
  address: string
  signal: AbortSignal
}

export interface LogIn {
  withPassword(credentials: Credentials): Promise<Tokens>
  /** Uses the refresh token up and looks at the account again. */
  withRefreshToken(refreshToken: string): Promise<Tokens>
  /** Ends what the two tokens stand for; either may be missing or worthless. `false` when there was nothing to end. */
  out(accessToken: string | undefined, refreshToken: string | undefined): Promise<boolean>
}

export interface LogInDeps {
  verifyToken: VerifyToken
  accessTokens: AccessTokens
  blacklist: Pick<Blacklist, 'add'>
  checkPassword: CheckPassword
  profiles: Profiles
  sessions: Sessions
  throttle: ThrottleLogIn
}

/** Logging in, staying logged in, and logging out (DESIGN 3). */
export function createLogIn(deps: LogInDeps): LogIn {
  const { accessTokens, blacklist, checkPassword, profiles, sessions, throttle, verifyToken } = deps

  function issue(identity: Identity, session: Session): Tokens {
    const { token, expiresIn } = accessTokens.issue(identity, session.sessionId)
    return { identity, session, accessToken: token, expiresIn }
  }

  async function endByAccessToken(token: string): Promise<boolean> {
    try {
      const { tokenId, sessionId, expiresAt } = await verifyToken(token)
      await Promise.all([blacklist.add(tokenId, expiresAt), sessionId !== null && sessions.end(sessionId)])
      return true
    } catch (error) {
      // A token that is not accepted anyway needs no ending.
      if (error instanceof AppError && error.code === 'unauthenticated') return false
      throw error
    }
  }

  return {
    async withPassword({ email, password, address, signal }) {
      const uid = await throttle(address, email, async () => {
        try {
          return await checkPassword(email, password, signal)
        } catch (cause) {
          if (!signal.aborted) throw cause
          // The guess was made all the same, and the identity service locks accounts after too many.
          throw new AppError('unauthenticated', 'The caller did not wait', { cause })
        }
      })
      const identity = await profiles.identifyAdmin(uid)
      return issue(identity, await sessions.start(uid))
    },

    async withRefreshToken(refreshToken) {
      // The account first: were it the other way round, an outage would cost the client its only token.
      const { uid, startedAt } = await sessions.peek(refreshToken)
      const identity = await profiles.identifyAdmin(uid)
      if (startedAt < identity.validSince) {
        await sessions.endByToken(refreshToken)
        throw new AppError('unauthenticated', 'This log-in has been revoked; log in again')
      }
      return issue(identity, await sessions.rotate(refreshToken))
    },

    async out(accessToken, refreshToken) {
      const ended = await Promise.all([
        accessToken !== undefined && endByAccessToken(accessToken),
        refreshToken !== undefined && sessions.endByToken(refreshToken),
      ])
      return ended.includes(true)
    },
  }
}
