import type { Live } from './conversations/live.ts'
import { conversationSocket } from './conversations/socket/conversation-socket.ts'
import type { Deps } from './deps.ts'
import type { SessionRooms } from './qa/session-rooms.ts'
import { sessionSocket } from './qa/socket/session-socket.ts'
import type { SummaryFeeds } from './summaries/watch/feeds.ts'
import { summarySocket } from './summaries/watch/summary-socket.ts'
import { type SocketServer, createSocketServer } from './streaming/socket-server.ts'

/** Every WebSocket of the product; the gateway alone serves them (DESIGN 1). */
export const createSockets = (
  deps: Deps,
  live: Live,
  sessions: SessionRooms,
  summaries: SummaryFeeds,
): SocketServer =>
  createSocketServer(deps, {
    '/ws/conversation': conversationSocket(deps, live),
    '/ws/summarize': summarySocket(deps, live, summaries),
    '/api/v1/qa/sessions/ws': sessionSocket(deps, live, sessions),
  })
