import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Sink } from './outbox.ts'

/** One open WebSocket, as endpoints see it. */
export interface SocketConnection {
  readonly request: IncomingMessage
  /** Aborts when it has closed, whoever closed it. */
  readonly gone: AbortSignal
  /** True once a stream writes here, which then says its own goodbye. */
  isStreaming(): boolean
  /** Text messages in order; anything else has closed the socket by itself. Only one listener. */
  onText(listener: (text: string) => void): void
  /** Where a stream writes. `closeWith` says, once the stream ends, with which code and word the socket closes. */
  attach(
    onDrain: () => void,
    closeWith: () => { code: number; reason: string },
  ): { sink: Sink; gone: AbortSignal }
  /** Resolves when nothing that was written still waits in this process, or the socket has closed. */
  caughtUp(): Promise<void>
  /** Stops and goes on reading, so that a sender who is faster than we are waits. */
  pause(): void
  resume(): void
  close(code: number, reason: string): void
  terminate(): void
}

/** How long the other side may take to answer our close before the connection is cut, ms. */
const CLOSE_TIMEOUT_MS = 2_000
const UNSUPPORTED_DATA = 1003

/** @param raw the connection below, whose buffer says whether the reader keeps up */
export function openConnection(
  socket: WebSocket,
  raw: Duplex,
  request: IncomingMessage,
  after: (ms: number, run: () => void) => () => void,
): SocketConnection {
  const gone = new AbortController()
  let onText: ((text: string) => void) | undefined
  let isStreaming = false
  socket.once('close', () => gone.abort())
  // What a broken or hostile peer does wrong closes the socket; without this listener it would end the process.
  socket.on('error', () => undefined)
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) connection.close(UNSUPPORTED_DATA, 'text messages only')
    else if (socket.readyState === socket.OPEN) onText?.(data.toString('utf8'))
  })

  const connection: SocketConnection = {
    request,
    gone: gone.signal,
    isStreaming: () => isStreaming,
    onText(listener) {
      onText = listener
    },
    attach(onDrain, closeWith) {
      isStreaming = true
      raw.on('drain', onDrain)
      return {
        gone: gone.signal,
        sink: {
          write(bytes, endsEvent) {
            if (socket.readyState !== socket.OPEN) return true
            // Slices of one event are fragments of one message.
            socket.send(bytes, { binary: false, fin: endsEvent })
            return !raw.writableNeedDrain
          },
          end() {
            const { code, reason } = closeWith()
            connection.close(code, reason)
          },
          destroy: () => socket.terminate(),
        },
      }
    },
    async caughtUp() {
      while (raw.writableNeedDrain && !gone.signal.aborted) {
        const { promise, resolve } = Promise.withResolvers<void>()
        raw.once('drain', resolve)
        raw.once('close', resolve)
        await promise
        raw.off('drain', resolve)
        raw.off('close', resolve)
      }
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close(code, reason) {
      if (socket.readyState !== socket.OPEN) return
      socket.close(code, reason)
      // A paused socket would never hear the other side's answer.
      socket.resume()
      const cancel = after(CLOSE_TIMEOUT_MS, () => socket.terminate())
      gone.signal.addEventListener('abort', cancel, { once: true })
    },
    terminate: () => socket.terminate(),
  }
  return connection
}
