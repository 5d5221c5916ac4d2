import { frameOf } from './frame.ts'
import type { LiveStream } from './live-stream.ts'

/**
 * The part that one thing has in a socket's stream which carries many: it ends by itself, by `over`, and the socket
 * stays. `about` names the thing in `error` events.
 */
export function partOf(
  stream: Pick<LiveStream, 'send' | 'replay'>,
  over: AbortController,
  about: object,
): LiveStream {
  const isOpen = () => !over.signal.aborted
  return {
    closed: over.signal,
    send: (frame) => void (isOpen() && stream.send(frame)),
    replay: (frame) => void (isOpen() && stream.replay(frame)),
    end(frame) {
      if (isOpen()) stream.send(frame)
      over.abort()
    },
    fail(code, error) {
      if (isOpen()) stream.send(frameOf('error', { error, code, ...about }))
      over.abort()
    },
    // Those are the whole socket's business.
    reconnect: () => undefined,
    tick: () => undefined,
    drained: () => undefined,
  }
}
