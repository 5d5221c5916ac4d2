import type { Deps } from '../deps.ts'
import { type StreamRequest, serveStream } from '../streaming/serve-stream.ts'
import { authorize, refuseUnlessAllowed } from './authorize.ts'
import { parseCursor } from './cursor.ts'
import type { Live } from './live.ts'

/**
 * Opens a live view of a conversation (spec 1 "Stream Live Conversation", DESIGN 5). Returns once it is open; a
 * stream that may not be opened is refused with a status, before its headers.
 *
 * @throws AppError as `authorize` and `serveStream` do.
 */
export function streamConversation(
  deps: Deps,
  live: Live,
  request: StreamRequest,
  id: string,
): Promise<void> {
  const { actor, lastEventId, signal } = request
  return serveStream(live, request, async (open) => {
    // Only who may read opens the room, for that loads the whole conversation.
    const { conversationId } = await authorize({ ...deps, directory: live.directory }, actor, id, 'read')
    const room = await live.rooms.join(conversationId, signal)
    refuseUnlessAllowed(await room.enter(actor, parseCursor(lastEventId), () => open(conversationId)))
  })
}
