import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../platform/errors.ts'
import { type ReadMessage, actionSocket } from '../../streaming/action-socket.ts'
import { frameOf } from '../../streaming/frame.ts'
import type { Presence } from '../../streaming/presence.ts'
import type { SocketEndpoint } from '../../streaming/socket-server.ts'
import type { StreamServer } from '../../streaming/stream-server.ts'
import { errorOf } from '../errors.ts'
import { decideAsking } from '../policy.ts'
import type { SessionRooms } from '../session-rooms.ts'
import { type Followed, followSessions } from './follow-sessions.ts'
import { QaSocketAction } from './schema.ts'

type Act = Exclude<QaSocketAction, { action: 'authenticate' }>

/** What can be told of a message whether or not it is an action. */
const About = z.object({
  action: z.string().max(64).nullable().catch(null),
  request_id: z.string().min(1).max(64).exactOptional(),
})

/** `WS /api/v1/qa/sessions/ws` (spec 5): many sessions over one socket, from the rooms that SSE readers share. */
export const sessionSocket = (
  deps: Pick<Deps, 'firestore' | 'clock' | 'log' | 'verifyToken'>,
  live: { streams: StreamServer; presence: Presence },
  rooms: SessionRooms,
  { authenticateMs }: { authenticateMs: number } = { authenticateMs: 10_000 },
): SocketEndpoint =>
  actionSocket<Act, Followed>(deps, live, {
    authenticateMs,
    read: readQaAction,
    judge(actor) {
      if (decideAsking(actor) !== 'allow') throw new AppError('forbidden', 'Only admins may do this')
    },
    enter: (actor, stream) => followSessions(deps, rooms, { actor, stream }),
    act: (followed, action) =>
      action.action === 'subscribe'
        ? followed.subscribe(action)
        : Promise.resolve(followed.unsubscribe(action)),
    refuse(stream, error, about) {
      stream.send(frameOf('refused', { action: null, ...about, ...errorOf(error) }))
    },
  })

function readQaAction(text: string): ReadMessage<Act> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'malformed', reason: 'The message is not JSON', about: {} }
  }
  const parsed = QaSocketAction.safeParse(json)
  const about = About.safeParse(json).data ?? {}
  if (!parsed.success) {
    const reason = parsed.error.issues
      .slice(0, 3)
      .map(({ path, message }) => (path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`))
      .join('; ')
    return { kind: 'malformed', reason, about }
  }
  const action = parsed.data
  if (action.action !== 'authenticate') return { kind: 'action', action, about }
  return { kind: 'authenticate', token: action.token, requestId: action.request_id }
}
