import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { Timestamp } from 'firebase-admin/firestore'
import type { Firestore, Transaction } from 'firebase-admin/firestore'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import { AppError } from '../platform/errors.ts'
import type { Blacklist } from './blacklist.ts'

/** One log-in: its refresh token as the client holds it, and when it ends (ms since 1970). */
export interface Session {
  sessionId: string
  uid: string
  refreshToken: string
  startedAt: number
  endsAt: number
}

/**
 * Log-ins and their refresh tokens, `refresh_tokens/{sessionId}`. A refresh token is `<session id>.<secret>`; only
 * the SHA-256 of the newest secret is stored, so that the database alone lets nobody in.
 *
 * Each use replaces the secret (RFC 9700 §4.14.2). A secret that is not the newest is proof that two parties hold
 * the token, and which of them is the thief cannot be told: the log-in ends for both, and the access tokens
 * that came from it are blacklisted. There is deliberately no grace for a repeat, not even of a second:
 * that second is what a thief would use. A browser with several tabs therefore takes turns (`navigator.locks`), and a
 * client that never got the reply to its refresh logs in again.
 */
export interface Sessions {
  start(uid: string): Promise<Session>
  /** Whose log-in a refresh token belongs to, without using it up. Throws `AppError` `unauthenticated`. */
  peek(refreshToken: string): Promise<{ uid: string; startedAt: number }>
  /** Exchanges the token. Of two at once one wins, and the other ends the log-in for both. */
  rotate(refreshToken: string): Promise<Session>
  /** Ends a log-in and blacklists its access tokens; ending it twice, or one that is unknown, changes nothing. */
  end(sessionId: string): Promise<void>
  /** The same by refresh token; `false` when it names no log-in. */
  endByToken(refreshToken: string): Promise<boolean>
}

interface StoredSession {
  uid: string
  secret_hash: string
  started_at: Timestamp
  /** Also the field of the TTL policy. */
  expires_at: Timestamp
  ended: boolean
}

const TOKEN = /^([0-9a-f]{32})\.([\w-]{43})$/
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')
const sameHash = (a: string, b: string) => timingSafeEqual(Buffer.from(a), Buffer.from(b))
const refused = () => new AppError('unauthenticated', 'The refresh token is not valid; log in again')

export interface SessionsDeps {
  firestore: Firestore
  blacklist: Pick<Blacklist, 'add'>
  clock: Pick<Clock, 'now'>
  config: Pick<Config, 'accessTokenSeconds' | 'refreshTokenSeconds'>
}

export function createSessions({ firestore, blacklist, clock, config }: SessionsDeps): Sessions {
  const documentOf = (sessionId: string) => firestore.collection('refresh_tokens').doc(sessionId)

  /** The stored log-in when it still runs; whether `secret` is its newest is the caller's question. */
  async function read(sessionId: string, transaction?: Transaction): Promise<StoredSession | undefined> {
    const snapshot = transaction
      ? await transaction.get(documentOf(sessionId))
      : await documentOf(sessionId).get()
    const stored = snapshot.data() as StoredSession | undefined
    // The TTL policy may take a day to delete what has expired.
    if (!stored || stored.ended || stored.expires_at.toMillis() <= clock.now()) return undefined
    return stored
  }

  function split(refreshToken: string): { sessionId: string; secret: string } {
    const [, sessionId, secret] = TOKEN.exec(refreshToken) ?? []
    if (sessionId === undefined || secret === undefined) throw refused()
    return { sessionId, secret }
  }

  async function endWithin(transaction: Transaction, sessionId: string): Promise<void> {
    transaction.update(documentOf(sessionId), { ended: true })
    // None of its access tokens lives longer than one issued this moment would.
    await blacklist.add(sessionId, clock.now() + config.accessTokenSeconds * 1_000, transaction)
  }

  async function endSession(sessionId: string): Promise<boolean> {
    return await firestore.runTransaction(async (transaction) => {
      if (!(await read(sessionId, transaction))) return false
      await endWithin(transaction, sessionId)
      return true
    })
  }

  return {
    async start(uid) {
      const sessionId = randomBytes(16).toString('hex')
      const secret = randomBytes(32).toString('base64url')
      const startedAt = clock.now()
      const endsAt = startedAt + config.refreshTokenSeconds * 1_000
      const stored: StoredSession = {
        uid,
        secret_hash: hashOf(secret),
        started_at: Timestamp.fromMillis(startedAt),
        expires_at: Timestamp.fromMillis(endsAt),
        ended: false,
      }
      await documentOf(sessionId).create(stored)
      return { sessionId, uid, refreshToken: `${sessionId}.${secret}`, startedAt, endsAt }
    },

    async peek(refreshToken) {
      const stored = await read(split(refreshToken).sessionId)
      if (!stored) throw refused()
      return { uid: stored.uid, startedAt: stored.started_at.toMillis() }
    },

    async rotate(refreshToken) {
      const { sessionId, secret } = split(refreshToken)
      const next = randomBytes(32).toString('base64url')
      const session = await firestore.runTransaction(async (transaction) => {
        const stored = await read(sessionId, transaction)
        if (!stored) return undefined
        if (!sameHash(stored.secret_hash, hashOf(secret))) {
          await endWithin(transaction, sessionId)
          return undefined
        }
        transaction.update(documentOf(sessionId), { secret_hash: hashOf(next) })
        return {
          sessionId,
          uid: stored.uid,
          refreshToken: `${sessionId}.${next}`,
          startedAt: stored.started_at.toMillis(),
          endsAt: stored.expires_at.toMillis(),
        }
      })
      if (!session) throw refused()
      return session
    },

    async end(sessionId) {
      await endSession(sessionId)
    },

    async endByToken(refreshToken) {
      const [, sessionId] = TOKEN.exec(refreshToken) ?? []
      return sessionId !== undefined && (await endSession(sessionId))
    },
  }
}
