import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import { WebSocketServer } from 'ws'
import type { RawData, WebSocket } from 'ws'

import type { Namespace } from '../namespace.ts'
import { namespaceNameOf } from '../namespaces.ts'
import type { Namespaces } from '../namespaces.ts'
import { InvalidDataError } from '../tree/invalid-data-error.ts'
import { Connection } from './connection.ts'
import { GoodbyeSocket } from './goodbye-socket.ts'
import { ProtocolError } from './protocol-error.ts'

/** Clients send frames of at most 16384 characters; some other client may not split its text. */
const maxFrameBytes = 1024 * 1024
/** A client that does not read is dropped rather than fed from memory. */
const defaultMaxUnsentBytes = 64 * 1024 * 1024
/** A peer that does not answer a ping within this time is gone without having said so. */
const defaultHeartbeatMs = 30_000

interface EndpointOptions {
  readonly namespaces: Namespaces
  readonly now: () => number
  readonly maxUnsentBytes?: number
  readonly heartbeatMs?: number
}

export interface WebSocketEndpoint {
  /** Takes over an upgrade of the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  readonly connections: number
  /** Ends every connection; their on-disconnect writes have run when it returns. */
  close(): void
}

interface Session {
  readonly socket: WebSocket
  readonly connection: Connection
  alive: boolean
}

/**
 * The WebSocket side of the server: `GET /.ws?v=5&ns=…` (protocol notes, section 2). A client that lost its connection
 * names its session in `ls`: that one ends first, so that its on-disconnect writes cannot undo what the client writes now.
 */
export function createWebSocketEndpoint({
  namespaces,
  now,
  maxUnsentBytes = defaultMaxUnsentBytes,
  heartbeatMs = defaultHeartbeatMs,
}: EndpointOptions): WebSocketEndpoint {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    WebSocket: GoodbyeSocket,
  })
  /** By their ids. */
  const open = new Map<string, Session>()

  const heartbeat = setInterval(() => {
    for (const session of open.values()) {
      if (session.alive) session.socket.ping()
      else session.socket.terminate()
      session.alive = false
    }
  }, heartbeatMs)
  heartbeat.unref()

  function end(id: string, { socket, connection }: Session): void {
    open.delete(id)
    connection.close()
    socket.terminate()
  }

  function accept(socket: WebSocket, request: IncomingMessage, namespace: Namespace, lastId: string): void {
    const last = open.get(lastId)
    if (last?.connection.namespace === namespace) end(lastId, last)
    const send = (frame: string): void => {
      socket.send(frame)
      if (socket.bufferedAmount > maxUnsentBytes) socket.terminate()
    }
    const connection = new Connection({ namespace, now, send })
    const [id, session] = [randomUUID(), { socket, connection, alive: true }]
    open.set(id, session)
    socket.on('message', (data, isBinary) => receive(socket, connection, data, isBinary))
    socket.on('pong', () => {
      session.alive = true
    })
    // A broken frame makes the library close the socket by itself; `close` follows.
    socket.on('error', () => socket.terminate())
    socket.on('goodbye', () => connection.close())
    socket.on('close', () => end(id, session))
    connection.greet(request.headers.host ?? '', id)
  }

  return {
    upgrade(request, socket, head) {
      const url = URL.parse(request.url ?? '/', 'ws://localhost')
      if (url === null) return refuse(socket, 400)
      if (url.pathname !== '/.ws') return refuse(socket, 404)
      const namespace = findNamespace(namespaces, namespaceNameOf(url.searchParams, request.headers.host))
      if (url.searchParams.get('v') !== '5' || namespace === null) return refuse(socket, 400)
      const lastId = url.searchParams.get('ls') ?? ''
      server.handleUpgrade(request, socket, head, (client) => accept(client, request, namespace, lastId))
    },
    get connections() {
      return open.size
    },
    close() {
      clearInterval(heartbeat)
      for (const [id, session] of open) end(id, session)
    },
  }
}

function receive(socket: WebSocket, connection: Connection, data: RawData, isBinary: boolean): void {
  try {
    if (isBinary || !Buffer.isBuffer(data)) throw new ProtocolError('Not text')
    connection.receive(data.toString())
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    socket.close(1008, error.message)
  }
}

function findNamespace(namespaces: Namespaces, name: string): Namespace | null {
  try {
    return namespaces.get(name)
  } catch (error) {
    if (error instanceof InvalidDataError) return null
    throw error
  }
}

function refuse(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
