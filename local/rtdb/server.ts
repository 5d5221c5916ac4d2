import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'

import { Namespace } from './namespace.ts'
import { Namespaces } from './namespaces.ts'
import type { DatabaseStats } from './server-context.ts'
import { createWebSocketEndpoint } from './websocket/endpoint.ts'

export interface DatabaseServerOptions {
  /** 0 takes any free port. */
  readonly port: number
  readonly host?: string
  /** Keeps data over a restart when given. */
  readonly dataDir?: string
  /** Where the functions emulator is, such as `http://127.0.0.1:5001`; without it no trigger fires. */
  readonly functionsOrigin?: string
  readonly project: string
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

export interface DatabaseServer {
  readonly port: number
  readonly origin: string
  stats(): DatabaseStats
  /** Ends all connections (their on-disconnect writes run) and frees the port. */
  close(): Promise<void>
}

/** Starts an embedded Realtime Database; resolves when it takes connections. Rejects when the port is taken. */
export async function startDatabaseServer(options: DatabaseServerOptions): Promise<DatabaseServer> {
  const { port, host = '127.0.0.1', now = Date.now } = options
  const namespaces = new Namespaces((name) => new Namespace({ name, now }))
  const webSockets = createWebSocketEndpoint({ namespaces, now })
  const stats = (): DatabaseStats => ({
    connections: webSockets.connections,
    listens: Object.fromEntries(namespaces.all().map((namespace) => [namespace.name, namespace.listens()])),
  })

  const server = createServer(notFound)
  server.on('upgrade', (request, socket, head) => webSockets.upgrade(request, socket, head))
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, host, resolve)
  await listening
  server.off('error', reject)

  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return {
    port: address.port,
    origin: `http://${host}:${address.port}`,
    stats,
    close: async () => {
      webSockets.close()
      const closed = new Promise<void>((done) => {
        server.close(() => done())
      })
      server.closeAllConnections()
      await closed
    },
  }
}

function notFound(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify({ error: 'Not found' }))
}
