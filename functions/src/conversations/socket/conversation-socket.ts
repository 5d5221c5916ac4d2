import type { Deps } from '../../deps.ts'
import { AppError } from '../../platform/errors.ts'
import { actionSocket } from '../../streaming/action-socket.ts'
import { frameOf } from '../../streaming/frame.ts'
import type { SocketEndpoint } from '../../streaming/socket-server.ts'
import type { Live } from '../live.ts'
import { decideBoard } from '../policy.ts'
import { type ActContext, act } from './act.ts'
import { readAction } from './read-action.ts'
import type { SocketAction } from './schema.ts'
import { createSubscriptions } from './subscriptions.ts'

export interface ConversationSocketOptions {
  /** How long a caller may take to say who they are, ms. */
  authenticateMs: number
}

type SocketDeps = Pick<
  Deps,
  'database' | 'firestore' | 'clock' | 'log' | 'audit' | 'shutdown' | 'verifyToken'
>

type Act = Exclude<SocketAction, { action: 'authenticate' }>

/**
 * `/ws/conversation` (spec 1 "Future Enhancements", DESIGN 4 and 5): many conversations over one socket, from the rooms
 * that SSE readers share and with the same events and ids, and what an admin does in them.
 */
export const conversationSocket = (
  deps: SocketDeps,
  live: Live,
  { authenticateMs }: ConversationSocketOptions = { authenticateMs: 10_000 },
): SocketEndpoint =>
  actionSocket<Act, ActContext>(deps, live, {
    authenticateMs,
    read: readAction,
    judge(actor) {
      if (decideBoard(actor) !== 'allow') throw new AppError('forbidden', 'Only admins may do this')
    },
    enter: (actor, stream) => ({
      actor,
      stream,
      replies: live.replies,
      subscriptions: createSubscriptions(deps, live, { actor, stream }),
    }),
    act,
    refuse(stream, { code, message, details }, about) {
      const told = { action: null, ...about, code, error: message }
      stream.send(frameOf('refused', { ...told, ...(details !== undefined && { details }) }))
    },
  })
