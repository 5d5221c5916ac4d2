import type { Deps } from '../deps.ts'
import { type StreamRequest, serveStream } from '../streaming/serve-stream.ts'
import type { StreamServer } from '../streaming/stream-server.ts'
import type { Presence } from '../streaming/presence.ts'
import { readSession } from './session-store.ts'
import { LAST_EVENT_ID } from './session-frames.ts'
import type { SessionRooms } from './session-rooms.ts'

export interface StreamContext {
  streams: StreamServer
  presence: Presence
  rooms: SessionRooms
}

/**
 * Watches a session (spec 5, SSE). Who has its last event is told, by a 204, that nothing more will come: that is how a
 * browser's EventSource learns not to come back.
 *
 * @throws AppError as `readSession` and `serveStream` do.
 */
export async function streamSession(
  deps: Pick<Deps, 'firestore' | 'clock'>,
  { streams, presence, rooms }: StreamContext,
  request: StreamRequest,
  sessionId: string,
): Promise<void> {
  const { actor, response, signal, lastEventId } = request
  if (lastEventId === LAST_EVENT_ID) {
    await readSession(deps, actor, sessionId, 'read')
    response.status(204).end()
    return
  }
  await serveStream({ streams, presence, health: { isLost: () => false } }, request, async (open) => {
    await readSession(deps, actor, sessionId, 'read')
    const room = await rooms.join(sessionId, signal)
    room.enter(open(), lastEventId)
  })
}
