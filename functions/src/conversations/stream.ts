import type { Deps } from '../deps.ts'
import { type StreamRequest, serveStream } from '../streaming/serve-stream.ts'
import { enterConversation } from './enter-conversation.ts'
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
  return serveStream(live, request, (open) =>
    enterConversation(deps, live, { actor, lastEventId, signal, as: 'conversation.stream' }, id, open),
  )
}
