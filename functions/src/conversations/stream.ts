import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import type { LiveStream } from '../streaming/live-stream.ts'
import { type StreamRequest, serveStream } from '../streaming/serve-stream.ts'
import { readArchivedMessages } from './archive.ts'
import { type Authorized, authorize, refuseUnlessAllowed } from './authorize.ts'
import { endedFrame, initialFrame } from './conversation-frames.ts'
import { parseCursor } from './cursor.ts'
import type { Live } from './live.ts'
import { createMessageLog } from './message-log.ts'

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
  const judge = () => authorize({ ...deps, directory: live.directory }, actor, id, 'read')
  return serveStream(live, request, async (open) => {
    // Only who may read opens the room, for that loads the whole conversation.
    const found = await judge()
    if (found.archived) return await tellArchived(deps, found, open)
    const { conversationId } = found
    try {
      const room = await live.rooms.join(conversationId, signal)
      refuseUnlessAllowed(await room.enter(actor, parseCursor(lastEventId), () => open(conversationId)))
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'not-found')) throw error
      // It may have been archived since we looked for it; if it is just gone, this says so.
      const now = await judge()
      if (!now.archived) throw error
      await tellArchived(deps, now, open)
    }
  })
}

/** What ended long ago is told at once: all of it, and that it has ended. */
async function tellArchived(
  deps: Deps,
  found: Authorized,
  open: (conversationId: string) => LiveStream,
): Promise<void> {
  const { conversationId } = found
  const log = createMessageLog()
  log.add(await readArchivedMessages(deps, conversationId))
  const stream = open(conversationId)
  stream.replay(initialFrame(found, log))
  stream.end(endedFrame(conversationId))
}
