import { once } from 'node:events'

import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

interface Reply {
  readonly s: string
  readonly d: unknown
}

/** A message of the server: `c` control or `d` data, as the wire has it. */
export interface ServerMessage {
  readonly t: 'c' | 'd'
  readonly d: Readonly<Record<string, unknown>>
}

/** Speaks the protocol frame by frame, where the SDK would hide what happens or never do such a thing. */
export class RawClient {
  readonly socket: WebSocket
  /** Everything the server said, in order. */
  readonly messages: ServerMessage[] = []
  /** Every frame as it came, before frames are put together. */
  readonly frames: string[] = []
  #segments: string[] = []
  #left = 0
  #number = 0
  #changed = Promise.withResolvers<void>()

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer) => this.#receive(data.toString()))
    socket.on('close', () => this.#notify())
  }

  sendFrame(frame: string | Buffer): void {
    this.socket.send(frame)
  }

  /** Sends a request without waiting for its answer; returns its number. */
  send(action: string, body: unknown): number {
    this.#number += 1
    this.sendFrame(JSON.stringify({ t: 'd', d: { r: this.#number, a: action, b: body } }))
    return this.#number
  }

  async request(action: string, body: unknown): Promise<Reply> {
    return this.reply(this.send(action, body))
  }

  async reply(number: number): Promise<Reply> {
    const message = await this.waitFor(({ d }) => d['r'] === number)
    return message.d['b'] as Reply
  }

  /** The first message of that kind, past or to come. Rejects when the connection ends without one. */
  async waitFor(matches: (message: ServerMessage) => boolean): Promise<ServerMessage> {
    for (;;) {
      const found = this.messages.find((message) => matches(message))
      if (found !== undefined) return found
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error('The connection ended')
      await this.#changed.promise
    }
  }

  /** What was pushed (no answers) since the connection began: action and body. */
  get pushes(): [unknown, unknown][] {
    return this.messages.filter(({ t, d }) => t === 'd' && !('r' in d)).map(({ d }) => [d['a'], d['b']])
  }

  /** The id of the session, from the greeting. */
  get session(): string {
    const [greeting] = this.messages.filter(({ t, d }) => t === 'c' && d['t'] === 'h').map(({ d }) => d['d'])
    return (greeting as { readonly s: string }).s
  }

  /** Data messages as short text in the order they came: `d` and `m` for pushes, `ok 3` for the answer to request 3. */
  get log(): string[] {
    const data = this.messages.filter(({ t }) => t === 'd')
    return data.map(({ d }) => ('r' in d ? `${(d['b'] as Reply).s} ${String(d['r'])}` : String(d['a'])))
  }

  async closed(): Promise<number> {
    if (this.socket.readyState !== WebSocket.CLOSED) await once(this.socket, 'close')
    return this.socket.readyState
  }

  #receive(frame: string): void {
    this.frames.push(frame)
    if (this.#left === 0 && /^\d{1,6}$/.test(frame)) {
      this.#left = Number(frame)
      return
    }
    this.#segments.push(frame)
    this.#left -= 1
    if (this.#left > 0) return
    this.messages.push(JSON.parse(this.#segments.join('')) as ServerMessage)
    this.#segments = []
    this.#left = 0
    this.#notify()
  }

  #notify(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers<void>()
  }
}

interface RawOptions {
  readonly namespace?: string
  readonly host?: string
  /** The session this client had before, as an SDK names it when it connects again. */
  readonly lastSession?: string
}

/** A connection that has been greeted. */
export async function connectRaw(
  server: { readonly port: number },
  { namespace = 'test', host, lastSession }: RawOptions = {},
): Promise<RawClient> {
  const earlier = lastSession === undefined ? '' : `&ls=${lastSession}`
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/.ws?v=5&ns=${namespace}${earlier}`, {
    headers: host === undefined ? {} : { host },
  })
  onTestFinished(() => socket.terminate())
  const client = new RawClient(socket)
  await once(socket, 'open')
  await client.waitFor(({ t, d }) => t === 'c' && d['t'] === 'h')
  return client
}
