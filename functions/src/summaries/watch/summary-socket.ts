import type { Actor } from '../../auth/actor.ts'
import type { Live } from '../../conversations/live.ts'
import type { Deps } from '../../deps.ts'
import { bearerToken } from '../../platform/bearer.ts'
import { AppError } from '../../platform/errors.ts'
import { guestFrom } from '../../streaming/guest.ts'
import { SOCKET_CLOSE } from '../../streaming/schema.ts'
import type { SocketConnection } from '../../streaming/socket-connection.ts'
import type { SocketEndpoint } from '../../streaming/socket-server.ts'
import { closeCodeOf, openSocketStream, toRefusal } from '../../streaming/socket-stream.ts'
import { unavailable } from '../../streaming/with-timeout.ts'
import { WatchSummaryMessage } from '../schema.ts'
import { enterSummary } from './enter-summary.ts'
import type { SummaryFeeds } from './feeds.ts'

type SocketDeps = Pick<
  Deps,
  'config' | 'database' | 'writes' | 'firestore' | 'clock' | 'log' | 'audit' | 'verifyToken' | 'rateLimits'
>

/**
 * `/ws/summarize` (spec 2 "WebSocket Endpoint", DESIGN 4): one conversation a socket, from the rooms that SSE readers
 * share. The client says which, and who they are, in the first message; from then on only the server speaks.
 */
export function summarySocket(
  deps: SocketDeps,
  live: Pick<Live, 'directory' | 'rooms' | 'health' | 'streams' | 'presence'>,
  feeds: SummaryFeeds,
  { beginMs }: { beginMs: number } = { beginMs: 10_000 },
): SocketEndpoint {
  return (connection) => {
    let hasBegun = false
    const cancelDeadline = deps.clock.after(beginMs, () =>
      connection.close(SOCKET_CLOSE.authenticationTimeout, 'name a conversation first'),
    )
    connection.gone.addEventListener('abort', cancelDeadline, { once: true })
    connection.onText((text) => {
      if (hasBegun) return connection.close(SOCKET_CLOSE.malformed, 'one conversation a socket')
      hasBegun = true
      cancelDeadline()
      begin(text).catch((error: unknown) => {
        const refusal = toRefusal(deps, error)
        connection.close(closeCodeOf(refusal), refusal.code)
      })
    })

    async function begin(text: string): Promise<void> {
      const message = read(text)
      if (message === undefined) return connection.close(SOCKET_CLOSE.malformed, 'malformed message')
      const actor = await identify(deps, connection, message.token)
      const guest = guestFrom(connection.request.socket.remoteAddress)
      const who = actor === null ? { address: guest.uid } : { uid: actor.uid }
      await deps.rateLimits.take('chats', who)
      if (live.health.isLost()) throw unavailable()
      const { conversation_id, last_event_id: lastEventId } = message
      const reader = { actor, lastEventId, signal: connection.gone }
      await enterSummary(deps, live, feeds, reader, conversation_id, () =>
        openSocketStream(live, connection, actor ?? guest),
      )
    }
  }
}

/** Null: without a token, where that is allowed. A token that cannot be read is no absence of one. */
async function identify(
  { config, verifyToken }: Pick<Deps, 'config' | 'verifyToken'>,
  { request }: SocketConnection,
  given: string | undefined,
): Promise<Actor | null> {
  const token = bearerToken(request) ?? given
  if (token !== undefined) return await verifyToken(token)
  if (config.anonymousChats && request.headers.authorization === undefined) return null
  throw new AppError('unauthenticated', 'Send a bearer token')
}

function read(text: string) {
  try {
    return WatchSummaryMessage.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
