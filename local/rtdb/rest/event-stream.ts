import type { ServerResponse } from 'node:http'

import type { Access } from '../auth/access.ts'
import { authenticate } from '../auth/credential.ts'
import type { Namespace, Subscription } from '../namespace.ts'
import type { Push } from '../push.ts'
import { toExport } from '../tree/json.ts'
import type { Node } from '../tree/node.ts'
import { checkPath, formatPath, priorityKey } from '../tree/path.ts'
import type { Path } from '../tree/path.ts'
import { checkReadable, jsonFormat, parseReadTarget } from './read.ts'
import { permissionDenied } from './rest-error.ts'
import { credentialOf } from './rest-request.ts'
import type { RestRequest } from './rest-request.ts'

/** A reader that leaves this much unread is cut off; it finds everything again when it comes back. */
const maxUnsentBytes = 16 * 1024 * 1024

/** An event of the stream, as text. JSON has no line breaks, so a value cannot forge another field. */
export function formatEvent(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

interface Stream {
  readonly response: ServerResponse
  readonly credential: string | undefined
}

/** All open event streams of a server (protocol notes, section 6). */
export class EventStreams {
  readonly #open = new Set<Stream>()
  readonly #now: () => number
  readonly #keepAliveMs: number
  #timer: NodeJS.Timeout | undefined

  constructor(now: () => number, keepAliveMs: number) {
    this.#now = now
    this.#keepAliveMs = keepAliveMs
  }

  /**
   * Sends a location, and every change of it from then on.
   * @throws {RestError} before anything was sent, when it may not be read.
   */
  start(request: RestRequest, response: ServerResponse, namespace: Namespace, access: Access): void {
    const { path, query } = parseReadTarget(request)
    checkPath(path)
    checkReadable(namespace, { path, query }, access)
    const toJson = jsonFormat(request)
    const send = (event: string, data: unknown) => write(response, formatEvent(event, data))
    const subscription = namespace.subscribe({
      path,
      query,
      access,
      subscriber: {
        push: (push) => sendPush(push, path, toJson, send),
        revoked: () => response.end(formatEvent('cancel', null)),
      },
    })
    if (subscription === null) throw permissionDenied()
    this.#track({ response, credential: credentialOf(request) }, subscription)
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
    })
    send('put', { path: '/', data: toJson(subscription.window) })
  }

  #track(stream: Stream, subscription: Subscription): void {
    this.#open.add(stream)
    this.#timer ??= setInterval(() => this.#tick(), this.#keepAliveMs).unref()
    stream.response.once('close', () => {
      subscription.close()
      this.#open.delete(stream)
      if (this.#open.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    })
  }

  #tick(): void {
    const now = this.#now()
    for (const { response, credential } of this.#open) {
      if (credential === undefined || authenticate(credential, now).status === 'ok') {
        write(response, formatEvent('keep-alive', null))
      } else {
        response.end(formatEvent('auth_revoked', 'credential is no longer valid'))
      }
    }
  }
}

function write(response: ServerResponse, text: string): void {
  if (response.writableEnded) return
  response.write(text)
  if (response.writableLength > maxUnsentBytes) response.destroy()
}

function sendPush(
  push: Push,
  base: Path,
  toJson: (node: Node) => unknown,
  send: (event: string, data: unknown) => void,
): void {
  const path = `/${formatPath(push.path.slice(base.length))}`
  // Priorities show in the export format only.
  const shown = push.changes.filter((change) => toJson === toExport || !isPriority(push.path, change.path))
  const [only] = shown
  if (only === undefined) return
  if (push.kind === 'put') return send('put', { path, data: toJson(only.node) })
  send('patch', {
    path,
    data: Object.fromEntries(shown.map(({ path, node }) => [formatPath(path), toJson(node)])),
  })
}

function isPriority(base: Path, relative: Path): boolean {
  return [...base, ...relative].at(-1) === priorityKey
}
