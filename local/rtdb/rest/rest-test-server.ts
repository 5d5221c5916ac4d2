import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { Namespace } from '../namespace.ts'
import type { Commit } from '../namespace.ts'
import { Namespaces } from '../namespaces.ts'
import { createWebSocketEndpoint } from '../websocket/endpoint.ts'
import { createRestHandler } from './handler.ts'
import type { RestOptions } from './handler.ts'

/** The `Authorization` header of an administrator. */
export const asOwner = { authorization: 'Bearer owner' }

/** An ID token as the Auth emulator makes them: unsigned. */
export function idToken(uid: string, claims: Record<string, unknown> = {}, signature = ''): string {
  const encode = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64url')
  return `${encode({ alg: 'none' })}.${encode({ sub: uid, iat: 0, exp: 3_600, ...claims })}.${signature}`
}

export interface CallOptions {
  readonly body?: unknown
  readonly raw?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Record<string, string>
}

/** `json` is undefined for an empty body. */
interface CallResult {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly json: unknown
}

/** The REST surface and the WebSocket endpoint beside it, on a free port, with a clock of their own. */
export interface RestTestServer {
  readonly origin: string
  readonly port: number
  readonly namespaces: Namespaces
  readonly commits: Commit[]
  /** Makes one request; `body` goes as JSON, `raw` as it is. */
  call(namespace: string, method: string, path: string, options?: CallOptions): Promise<CallResult>
  /** Moves the server's clock (ms). */
  setNow(now: number): void
  close(): Promise<void>
}

/** Starts at the time 1,000,000 ms. */
export async function startRestTestServer(options: RestOptions = {}): Promise<RestTestServer> {
  let time = 1_000_000
  const now = () => time
  const commits: Commit[] = []
  const namespaces = new Namespaces((name) => {
    const namespace = new Namespace({ name, now })
    namespace.onCommit((commit) => commits.push(commit))
    return namespace
  })
  const stats = () => ({ connections: 0, listens: {} })
  const server = createServer(createRestHandler({ namespaces, now, stats }, options))
  const webSockets = createWebSocketEndpoint({ namespaces, now })
  server.on('upgrade', (request, socket, head) => webSockets.upgrade(request, socket, head))
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    namespaces,
    commits,
    call: async (namespace, method, path, { body, raw, headers = {} } = {}) => {
      const url = `http://127.0.0.1:${port}${path}${path.includes('?') ? '&' : '?'}ns=${namespace}`
      const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
      const response = await fetch(url, { method, headers, ...(content !== undefined && { body: content }) })
      const text = await response.text()
      const json: unknown = text === '' ? undefined : JSON.parse(text)
      return { status: response.status, headers: response.headers, text, json }
    },
    setNow: (next) => {
      time = next
    },
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
