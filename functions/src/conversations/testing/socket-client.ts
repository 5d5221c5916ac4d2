import { once } from 'node:events'
import { WebSocket } from 'ws'

export interface SocketEvent {
  event: string
  id?: string
  data: Record<string, unknown>
}

/** A client of `/ws/conversation` for tests: keeps every event and lets a test wait for the one it is about. */
export interface SocketClient {
  socket: WebSocket
  events: SocketEvent[]
  /** Sends an action, or whatever a hostile client would. */
  send(message: object | string | Buffer): void
  /** The first event, from the one after the last returned, that fits. Rejects when the socket closes before. */
  next(fits?: string | ((event: SocketEvent) => boolean)): Promise<SocketEvent>
  /** How the socket was closed. */
  closed: Promise<{ code: number; reason: string }>
}

export async function openSocket(url: string, headers: Record<string, string> = {}): Promise<SocketClient> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers })
  const events: SocketEvent[] = []
  const news = new EventTarget()
  let taken = 0
  let over: { code: number; reason: string } | undefined
  const closed = Promise.withResolvers<{ code: number; reason: string }>()
  socket.on('message', (data: Buffer) => {
    events.push(JSON.parse(data.toString('utf8')))
    news.dispatchEvent(new Event('news'))
  })
  socket.on('close', (code, reason) => {
    over = { code, reason: reason.toString() }
    closed.resolve(over)
    news.dispatchEvent(new Event('news'))
  })
  await once(socket, 'open')
  // Later errors end in 'close', and without a listener would end the test run.
  socket.on('error', () => undefined)
  return {
    socket,
    events,
    closed: closed.promise,
    send: (message) =>
      socket.send(
        typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message),
      ),
    async next(fits = () => true) {
      const matches = typeof fits === 'string' ? ({ event }: SocketEvent) => event === fits : fits
      for (;;) {
        while (taken < events.length) {
          const event = events[taken]
          taken += 1
          if (event !== undefined && matches(event)) return event
        }
        if (over !== undefined) throw new Error(`closed with ${over.code} ${over.reason}`)
        await once(news, 'news')
      }
    },
  }
}
