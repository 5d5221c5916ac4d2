import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import type { Guest } from './guest.ts'
import type { FinishReason, LiveStream } from './live-stream.ts'
import type { Presence } from './presence.ts'
import { SOCKET_CLOSE } from './schema.ts'
import type { SocketConnection } from './socket-connection.ts'
import type { StreamServer } from './stream-server.ts'

const CLOSE_BY_REASON: Record<FinishReason, number> = {
  deadline: SOCKET_CLOSE.deadline,
  shutdown: SOCKET_CLOSE.restart,
  'too-slow': SOCKET_CLOSE.tryAgain,
  unavailable: SOCKET_CLOSE.tryAgain,
  'token-expired': SOCKET_CLOSE.unauthenticated,
  'token-revoked': SOCKET_CLOSE.unauthenticated,
  'access-denied': SOCKET_CLOSE.forbidden,
  ended: SOCKET_CLOSE.ended,
}

/**
 * The stream that a socket carries; the socket closes with it, by a code that says why.
 *
 * @throws AppError when there is no place left.
 */
export function openSocketStream(
  { streams, presence }: { streams: StreamServer; presence: Pick<Presence, 'hold'> },
  connection: SocketConnection,
  actor: Actor | Guest,
): LiveStream {
  const release = streams.admit(actor.uid)
  connection.gone.addEventListener('abort', release, { once: true })
  if (connection.gone.aborted) release()
  if (actor.kind !== 'guest') presence.hold(actor.uid, connection.gone)
  let why: FinishReason = 'ended'
  return streams.openOver({
    actor,
    encode: (frame) => frame.socket(),
    onFinish: (reason) => (why = reason),
    attach: (onDrain) => connection.attach(onDrain, () => ({ code: CLOSE_BY_REASON[why], reason: why })),
  })
}

/** Only what we understand is told; the rest is ours to look up. */
export function toRefusal({ log }: Pick<Deps, 'log'>, error: unknown): AppError {
  if (error instanceof AppError) return error
  log.error({ err: error }, 'socket action failed')
  return new AppError('internal', 'Something went wrong here')
}

/** With what a socket is closed that was refused before it carried anything. */
export function closeCodeOf({ code }: AppError): number {
  switch (code) {
    case 'unauthenticated':
      return SOCKET_CLOSE.unauthenticated
    case 'forbidden':
      return SOCKET_CLOSE.forbidden
    case 'not-found':
      return SOCKET_CLOSE.notFound
    case 'too-many-requests':
      return SOCKET_CLOSE.tooMany
    case 'unavailable':
      return SOCKET_CLOSE.tryAgain
    default:
      return SOCKET_CLOSE.failed
  }
}
