import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { bearerToken } from '../platform/bearer.ts'
import { AppError } from '../platform/errors.ts'
import { createActionBudget } from './action-budget.ts'
import { frameOf } from './frame.ts'
import type { LiveStream } from './live-stream.ts'
import type { Presence } from './presence.ts'
import { SOCKET_CLOSE } from './schema.ts'
import { createSequence } from './sequence.ts'
import type { SocketEndpoint } from './socket-server.ts'
import { closeCodeOf, openSocketStream, toRefusal } from './socket-stream.ts'
import type { StreamServer } from './stream-server.ts'

/** What one text message is. Reading never throws, whatever the message holds. */
export type ReadMessage<Action> =
  | { readonly kind: 'authenticate'; readonly token: string; readonly requestId: string | undefined }
  /** `about` is what a client knows its action by. */
  | { readonly kind: 'action'; readonly action: Action; readonly about: object }
  /** `reason` names fields and never what was in them. */
  | { readonly kind: 'malformed'; readonly reason: string; readonly about: object }

/** A socket over which an admin does things and is told things, once they have said who they are. */
export interface ActionSocketOptions<Action, Context> {
  read: (text: string) => ReadMessage<Action>
  /** Lets somebody in. @throws AppError for who may not. */
  enter: (actor: Actor, stream: LiveStream) => Context
  /** May they come in at all? @throws AppError */
  judge: (actor: Actor) => void
  /** Carries one action out. @throws AppError for what is refused. */
  act: (context: Context, action: Action) => Promise<void>
  /** Says what was refused. */
  refuse: (stream: LiveStream, error: AppError, about: object) => void
  /** How long a caller may take to say who they are, ms. */
  authenticateMs: number
}

/** Actions that wait for the one at work; more make the sender wait. */
const MAX_WAITING = 16
/** So much nonsense is a mistake of a client's; more is none. */
const MAX_MALFORMED = 10

type SocketDeps = Pick<Deps, 'clock' | 'log' | 'verifyToken'>

/**
 * What every socket of ours has in common. Tokens come in the `Authorization` header or the first message and never by
 * cookie, so no page of another origin can use somebody's log-in. Actions run one after another, and are counted.
 */
export function actionSocket<Action, Context>(
  deps: SocketDeps,
  live: { streams: StreamServer; presence: Presence },
  options: ActionSocketOptions<Action, Context>,
): SocketEndpoint {
  const { clock, log } = deps
  return (connection) => {
    let inside: { context: Context; stream: LiveStream; uid: string } | undefined
    let waiting = 0
    let malformed = 0
    const budget = createActionBudget(clock)
    const sequence = createSequence((error) => {
      log.error({ err: error, uid: inside?.uid }, 'socket failed')
      connection.close(1011, 'internal error')
    })
    const cancelDeadline = clock.after(options.authenticateMs, () =>
      connection.close(SOCKET_CLOSE.authenticationTimeout, 'authenticate first'),
    )
    connection.gone.addEventListener('abort', cancelDeadline, { once: true })

    async function authenticate(token: string, requestId?: string): Promise<void> {
      try {
        const actor = await deps.verifyToken(token)
        options.judge(actor)
        const stream = openSocketStream(live, connection, actor)
        inside = { context: options.enter(actor, stream), stream, uid: actor.uid }
        cancelDeadline()
        const expires_at = new Date(actor.expiresAt).toISOString()
        const named = requestId === undefined ? {} : { request_id: requestId }
        stream.send(frameOf('authenticated', { uid: actor.uid, expires_at, ...named }))
      } catch (error) {
        const failure = toRefusal(deps, error)
        connection.close(closeCodeOf(failure), failure.code)
      }
    }

    async function take(text: string): Promise<void> {
      if (connection.gone.aborted) return
      const message = options.read(text)
      if (inside === undefined) {
        if (message.kind === 'authenticate') return authenticate(message.token, message.requestId)
        return connection.close(SOCKET_CLOSE.unauthenticated, 'authenticate first')
      }
      const { context, stream } = inside
      if (message.kind === 'malformed') {
        malformed += 1
        if (malformed > MAX_MALFORMED) return connection.close(SOCKET_CLOSE.malformed, 'malformed messages')
        return options.refuse(stream, new AppError('invalid-input', message.reason), message.about)
      }
      if (message.kind === 'authenticate') {
        const { requestId: request_id } = message
        const again = new AppError('conflict', 'This socket is authenticated already', {
          details: { reason: 'already-authenticated' },
        })
        return options.refuse(stream, again, {
          action: 'authenticate',
          ...(request_id !== undefined && { request_id }),
        })
      }
      try {
        // What was asked for goes out before more is begun, so that nobody's appetite outgrows their reading.
        await connection.caughtUp()
        if (!connection.gone.aborted) await options.act(context, message.action)
      } catch (error) {
        options.refuse(stream, toRefusal(deps, error), message.about)
      }
    }

    connection.onText((text) => {
      if (!budget.take()) return connection.close(SOCKET_CLOSE.tooMany, 'too many actions')
      waiting += 1
      if (waiting === MAX_WAITING) connection.pause()
      sequence.run(async () => {
        try {
          await take(text)
        } finally {
          waiting -= 1
          if (waiting === MAX_WAITING - 1) connection.resume()
        }
      })
    })
    const token = bearerToken(connection.request)
    if (token !== undefined) sequence.run(() => authenticate(token))
  }
}
