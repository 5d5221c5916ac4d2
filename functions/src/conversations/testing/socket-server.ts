import type { LiveOptions } from '../live.ts'
import {
  createSocketServer,
  type SocketServer,
  type SocketServerOptions,
} from '../../streaming/socket-server.ts'
import { type ConversationSocketOptions, conversationSocket } from '../socket/conversation-socket.ts'
import { replyRoutes } from '../reply-routes.ts'
import { conversationRoutes } from '../routes.ts'
import { type LiveServer, startLiveServer } from './live-server.ts'
import { type SocketClient, openSocket } from './socket-client.ts'

export interface SocketTestServer extends LiveServer {
  sockets: SocketServer
  /** A socket of whom this token speaks for; without one, of nobody yet. */
  connect(token?: string): Promise<SocketClient>
}

/** The live server with `/ws/conversation` beside the conversation's routes. */
export async function startSocketServer(
  options: Parameters<typeof startLiveServer>[1] &
    Partial<LiveOptions & SocketServerOptions & ConversationSocketOptions> = {},
): Promise<SocketTestServer> {
  const server = await startLiveServer(
    (deps, live) => [...conversationRoutes(deps, live), ...replyRoutes(live)],
    options,
  )
  const endpoint = conversationSocket(server.deps, server.live, {
    authenticateMs: options.authenticateMs ?? 10_000,
  })
  const sockets = createSocketServer(server.deps, { '/ws/conversation': endpoint }, options)
  server.http.on('upgrade', (...upgrade) => sockets.upgrade(...upgrade))
  return {
    ...server,
    sockets,
    connect: (token) =>
      openSocket(
        `${server.origin}/ws/conversation`,
        token === undefined ? {} : { authorization: `Bearer ${token}` },
      ),
    async close() {
      server.deps.stop()
      await sockets.drain(1_000)
      await server.close()
    },
  }
}
