import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'

const DOCUMENTS = /^\/emulator\/v1\/(projects\/[^/?]+\/databases\/[^/?]+)\/documents\/?$/
/** What a browser page of another site could not have sent: it names itself in `Host` or `Origin`. */
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

/**
 * The emulator's own HTTP interface, as the official one has it: `GET /` says that it is up, and
 * `DELETE /emulator/v1/projects/{p}/databases/{d}/documents` empties a database. Listens nowhere by itself.
 */
export function createControlServer(clear: (database: string) => void): Server {
  return createServer((request, response) => {
    request.resume()
    const [code, body] = answer(request, clear)
    send(response, code, body)
  })
}

function answer(
  request: IncomingMessage,
  clear: (database: string) => void,
): readonly [number, object | string] {
  if (!LOCAL_HOST.test(request.headers.host ?? '') || request.headers.origin !== undefined) {
    return [403, failure(403, 'Only local tools may call the emulator.', 'PERMISSION_DENIED')]
  }
  const { method, url = '/' } = request
  if (method === 'GET' && url === '/') return [200, 'Ok\n']
  const database = DOCUMENTS.exec(url.split('?')[0] ?? '')?.[1]
  if (database === undefined) return [404, failure(404, 'Not found.', 'NOT_FOUND')]
  if (method !== 'DELETE') return [405, failure(405, 'Only DELETE is supported.', 'UNIMPLEMENTED')]
  let name: string
  try {
    name = decodeURIComponent(database)
  } catch {
    return [400, failure(400, 'The path is not valid.', 'INVALID_ARGUMENT')]
  }
  clear(name)
  return [200, {}]
}

const failure = (code: number, message: string, status: string): object => ({
  error: { code, message, status },
})

function send(response: ServerResponse, code: number, body: object | string): void {
  const isText = typeof body === 'string'
  response.writeHead(code, { 'content-type': isText ? 'text/plain' : 'application/json' })
  response.end(isText ? body : JSON.stringify(body))
}
