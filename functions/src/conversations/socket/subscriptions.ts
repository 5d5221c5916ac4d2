import type { Actor } from '../../auth/actor.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../platform/errors.ts'
import { whenAborted } from '../../streaming/live-rooms.ts'
import type { LiveStream } from '../../streaming/live-stream.ts'
import { partOf } from '../../streaming/part-of-stream.ts'
import { unavailable } from '../../streaming/with-timeout.ts'
import { type Entrant, enterConversation } from '../enter-conversation.ts'
import type { Live } from '../live.ts'

/** The conversations that one socket follows, all through its one stream. */
export interface Subscriptions {
  /**
   * Follows a conversation from `lastEventId` on. `onOpen` is called before its first event.
   *
   * @throws AppError as `authorize` does, `conflict` for one that is followed already, `too-many-requests`.
   */
  add(conversationId: string, lastEventId: string | undefined, onOpen: () => void): Promise<void>
  /** False when it was not followed. */
  remove(conversationId: string): boolean
}

/** More than anybody could read at once. */
const MAX_SUBSCRIPTIONS = 100

export function createSubscriptions(
  deps: Pick<Deps, 'database' | 'firestore' | 'clock' | 'log' | 'audit'>,
  { directory, rooms, health }: Pick<Live, 'directory' | 'rooms' | 'health'>,
  { actor, stream }: { actor: Actor; stream: LiveStream },
): Subscriptions {
  const followed = new Map<string, AbortController>()
  whenAborted(stream.closed, () => {
    for (const over of followed.values()) over.abort()
  })

  return {
    async add(id, lastEventId, onOpen) {
      if (followed.has(id)) {
        throw new AppError('conflict', 'This conversation is subscribed to already', {
          details: { reason: 'already-subscribed' },
        })
      }
      if (followed.size >= MAX_SUBSCRIPTIONS) {
        throw new AppError('too-many-requests', 'Too many conversations on one socket. Unsubscribe from one.')
      }
      const over = new AbortController()
      followed.set(id, over)
      over.signal.addEventListener('abort', () => followed.delete(id), { once: true })
      try {
        if (health.isLost()) throw unavailable()
        const entrant: Entrant = {
          actor,
          lastEventId,
          signal: over.signal,
          strangers: 'learn-nothing',
          as: 'conversation.subscribe',
        }
        await enterConversation(deps, { directory, rooms }, entrant, id, (conversationId) => {
          onOpen()
          return partOf(stream, over, { conversation_id: conversationId })
        })
      } catch (error) {
        over.abort()
        throw error
      }
    },
    remove(id) {
      const over = followed.get(id)
      over?.abort()
      return over !== undefined
    },
  }
}
