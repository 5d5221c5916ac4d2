import { randomUUID } from 'node:crypto'
import type { Deps } from '../../deps.ts'
import { bearerToken } from '../../platform/bearer.ts'
import { withinRequest } from '../../platform/current-request.ts'
import { AppError } from '../../platform/errors.ts'
import { frameOf } from '../../streaming/frame.ts'
import type { FinishReason } from '../../streaming/live-stream.ts'
import { createSequence } from '../../streaming/sequence.ts'
import type { SocketConnection } from '../../streaming/socket-connection.ts'
import type { SocketEndpoint } from '../../streaming/socket-server.ts'
import type { Live } from '../live.ts'
import { decideBoard } from '../policy.ts'
import { type ActContext, act } from './act.ts'
import { createActionBudget } from './action-budget.ts'
import { readAction } from './read-action.ts'
import { SOCKET_CLOSE, type SocketAction } from './schema.ts'
import { createSubscriptions } from './subscriptions.ts'

export interface ConversationSocketOptions {
  /** How long a caller may take to say who they are, ms. */
  authenticateMs: number
}

/** Actions that wait for the one at work; more make the sender wait. */
const MAX_WAITING = 16
/** So much nonsense is a mistake of a client's; more is none. */
const MAX_MALFORMED = 10

const CLOSE_BY_REASON: Record<FinishReason, number> = {
  deadline: SOCKET_CLOSE.deadline,
  shutdown: SOCKET_CLOSE.restart,
  'too-slow': SOCKET_CLOSE.tryAgain,
  unavailable: SOCKET_CLOSE.tryAgain,
  'token-expired': SOCKET_CLOSE.unauthenticated,
  'token-revoked': SOCKET_CLOSE.unauthenticated,
  'access-denied': SOCKET_CLOSE.forbidden,
  ended: 1000,
}

type SocketDeps = Pick<Deps, 'database' | 'firestore' | 'clock' | 'log' | 'audit' | 'shutdown' | 'verifyToken'>

/**
 * `/ws/conversation` (spec 1 "Future Enhancements", DESIGN 4 and 5): many conversations over one socket, from the rooms
 * that SSE readers share and with the same events and ids, and what an admin does in them. Tokens come in the
 * `Authorization` header or the first message and never by cookie, so no page of another origin can use somebody's log-in.
 */
export function conversationSocket(
  deps: SocketDeps,
  live: Live,
  { authenticateMs }: ConversationSocketOptions = { authenticateMs: 10_000 },
): SocketEndpoint {
  return (connection) => {
    const { clock, log } = deps
    let context: ActContext | undefined
    let waiting = 0
    let malformed = 0
    const budget = createActionBudget(clock)
    const sequence = createSequence((error) => {
      log.error({ err: error, uid: context?.actor.uid }, 'socket failed')
      connection.close(1011, 'internal error')
    })
    const cancelDeadline = clock.after(authenticateMs, () =>
      connection.close(SOCKET_CLOSE.authenticationTimeout, 'authenticate first'),
    )
    connection.gone.addEventListener('abort', cancelDeadline, { once: true })

    async function authenticate(token: string, requestId?: string): Promise<void> {
      try {
        context = await enter(deps, live, connection, token)
      } catch (error) {
        const failure = toRefusal(deps, error)
        connection.close(closeCodeOf(failure), failure.code)
        return
      }
      cancelDeadline()
      const { actor, stream } = context
      const expires_at = new Date(actor.expiresAt).toISOString()
      const named = requestId === undefined ? {} : { request_id: requestId }
      stream.send(frameOf('authenticated', { uid: actor.uid, expires_at, ...named }))
    }

    async function take(text: string): Promise<void> {
      if (connection.gone.aborted) return
      const action = readAction(text)
      if (context === undefined) {
        if (action.kind === 'action' && action.action.action === 'authenticate') {
          return authenticate(action.action.token, action.action.request_id)
        }
        return connection.close(SOCKET_CLOSE.unauthenticated, 'authenticate first')
      }
      if (action.kind === 'malformed') {
        malformed += 1
        if (malformed > MAX_MALFORMED) return connection.close(SOCKET_CLOSE.malformed, 'malformed messages')
        refuse(context, new AppError('invalid-input', action.reason), action.about)
        return
      }
      await carryOut(context, action.action)
    }

    async function carryOut(within: ActContext, action: SocketAction): Promise<void> {
      try {
        // What was asked for goes out before more is begun, so that nobody's appetite outgrows their reading.
        await connection.caughtUp()
        if (!connection.gone.aborted) await withinRequest(randomUUID(), () => act(within, action))
      } catch (error) {
        const { request_id } = action
        refuse(within, toRefusal(deps, error), {
          action: action.action,
          ...(request_id !== undefined && { request_id }),
          ...('conversation_id' in action && { conversation_id: action.conversation_id }),
        })
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

/** @throws AppError for a token that is not accepted, for who is no admin, and when there is no place left. */
async function enter(
  deps: SocketDeps,
  live: Live,
  connection: SocketConnection,
  token: string,
): Promise<ActContext> {
  const actor = await deps.verifyToken(token)
  if (decideBoard(actor) !== 'allow') throw new AppError('forbidden', 'Only admins may do this')
  const release = live.streams.admit(actor.uid)
  connection.gone.addEventListener('abort', release, { once: true })
  if (connection.gone.aborted) release()
  live.presence.hold(actor.uid, connection.gone)
  let why: FinishReason = 'ended'
  const stream = live.streams.openOver({
    actor,
    encode: (frame) => frame.socket(),
    onFinish: (reason) => (why = reason),
    attach: (onDrain) => connection.attach(onDrain, () => ({ code: CLOSE_BY_REASON[why], reason: why })),
  })
  return {
    actor,
    stream,
    replies: live.replies,
    subscriptions: createSubscriptions(deps, live, { actor, stream }),
  }
}

function refuse({ stream }: ActContext, { code, message, details }: AppError, about: object): void {
  stream.send(
    frameOf('refused', {
      action: null,
      ...about,
      code,
      error: message,
      ...(details !== undefined && { details }),
    }),
  )
}

/** Only what we understand is told; the rest is ours to look up. */
function toRefusal({ log }: Pick<Deps, 'log'>, error: unknown): AppError {
  if (error instanceof AppError) return error
  log.error({ err: error }, 'socket action failed')
  return new AppError('internal', 'Something went wrong here')
}

function closeCodeOf({ code }: AppError): number {
  switch (code) {
    case 'unauthenticated':
      return SOCKET_CLOSE.unauthenticated
    case 'forbidden':
      return SOCKET_CLOSE.forbidden
    case 'too-many-requests':
      return SOCKET_CLOSE.tooMany
    case 'unavailable':
      return SOCKET_CLOSE.tryAgain
    default:
      return 1011
  }
}
