import type { Server as NetServer, Socket } from 'node:net'
import { createServer } from 'node:net'

/** What every HTTP/2 client with prior knowledge, and so every gRPC client, sends first. */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
const FIRST_BYTES_MS = 10_000

/** Where connections go, by the protocol that they speak. */
export interface Protocols {
  readonly http2: (socket: Socket) => void
  readonly http1: (socket: Socket) => void
}

/**
 * A TCP server for both HTTP/2 (gRPC) and HTTP/1 (control) on one port: the first bytes of a connection tell which.
 * Connections that say nothing for ten seconds are closed.
 */
export function createOnePortServer({ http2, http1 }: Protocols): NetServer {
  return createServer((socket) => {
    let seen = Buffer.alloc(0)
    const close = () => socket.destroy()
    const decide = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk])
      const length = Math.min(seen.length, PREFACE.length)
      const isHttp2 = seen.subarray(0, length).equals(PREFACE.subarray(0, length))
      if (isHttp2 && length < PREFACE.length) return
      socket.off('data', decide).off('error', close).off('timeout', close)
      socket.setTimeout(0).pause().unshift(seen)
      if (isHttp2) return http2(socket)
      http1(socket)
      // An HTTP/2 session reads by itself, the HTTP/1 server what the socket emits.
      socket.resume()
    }
    socket.on('data', decide).on('error', close).on('timeout', close).setTimeout(FIRST_BYTES_MS)
  })
}
