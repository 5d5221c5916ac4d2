import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Deps } from '../deps.ts'
import { type SocketConnection, openConnection } from './socket-connection.ts'

/** Takes charge of a socket that has just been opened. */
export type SocketEndpoint = (connection: SocketConnection) => void

export interface SocketServerOptions {
  /** Sockets that the whole process may have open, also of callers who have not said yet who they are. */
  maxSockets: number
  /** The largest message taken in, bytes. */
  maxMessageBytes: number
  /** How often each side's being there is checked; one that missed a whole round is cut, ms. */
  pingMs: number
}

const SOCKET_OPTIONS: SocketServerOptions = {
  maxSockets: 6_000,
  maxMessageBytes: 32 * 1024,
  pingMs: 20_000,
}

/** The WebSocket side of a plain Node server. */
export interface SocketServer {
  /** For the server's `upgrade` event. */
  upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): void
  size(): number
  /** Cuts what is still open after `ms`; resolves when nothing is. Returns how many were cut. */
  drain(ms: number): Promise<number>
}

const SERVICE_RESTART = 1012

/** @param endpoints by path; any other path is answered with 404 */
export function createSocketServer(
  { clock, log, shutdown }: Pick<Deps, 'clock' | 'log' | 'shutdown'>,
  endpoints: Readonly<Record<string, SocketEndpoint>>,
  options: Partial<SocketServerOptions> = {},
): SocketServer {
  const { maxSockets, maxMessageBytes, pingMs } = { ...SOCKET_OPTIONS, ...options }
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: maxMessageBytes,
    // Compression of shared frames would be done again for each reader, and costs memory for each.
    perMessageDeflate: false,
  })
  const open = new Map<WebSocket, { connection: SocketConnection; isThere: boolean }>()
  const onEmpty = new Set<() => void>()
  let stopPinging: (() => void) | undefined

  function ping(): void {
    for (const [socket, state] of open) {
      // Of a socket that we do not read from no pong can come.
      if (state.isThere || socket.isPaused) {
        state.isThere = false
        socket.ping()
      } else {
        log.info('socket cut for missing a ping')
        socket.terminate()
      }
    }
  }

  function admit(socket: WebSocket, raw: Duplex, request: IncomingMessage, endpoint: SocketEndpoint): void {
    const connection = openConnection(socket, raw, request, (ms, run) => clock.after(ms, run))
    const state = { connection, isThere: true }
    open.set(socket, state)
    stopPinging ??= clock.every(pingMs, ping)
    socket.on('pong', () => (state.isThere = true))
    connection.gone.addEventListener('abort', () => forget(socket), { once: true })
    endpoint(connection)
  }

  function forget(socket: WebSocket): void {
    open.delete(socket)
    if (open.size > 0) return
    stopPinging?.()
    stopPinging = undefined
    for (const wake of onEmpty) wake()
  }

  shutdown.addEventListener('abort', () => {
    for (const { connection } of open.values()) {
      if (!connection.isStreaming()) connection.close(SERVICE_RESTART, 'shutdown')
    }
  })

  return {
    size: () => open.size,
    upgrade(request, raw, head) {
      // Until it is a socket its errors are nobody's.
      const onError = () => raw.destroy()
      raw.on('error', onError)
      const endpoint = endpoints[pathOf(request)]
      if (endpoint === undefined) return refuse(raw, '404 Not Found')
      if (shutdown.aborted || open.size >= maxSockets) return refuse(raw, '503 Service Unavailable')
      server.handleUpgrade(request, raw, head, (socket) => {
        raw.off('error', onError)
        admit(socket, raw, request, endpoint)
      })
    },
    async drain(ms) {
      if (open.size === 0) return 0
      const { promise, resolve } = Promise.withResolvers<void>()
      onEmpty.add(resolve)
      const cancel = clock.after(ms, resolve)
      await promise
      cancel()
      onEmpty.delete(resolve)
      const left = open.size
      for (const socket of open.keys()) socket.terminate()
      return left
    },
  }
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? ''

function refuse(raw: Duplex, status: string): void {
  raw.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
