import type { Actor } from '../../auth/actor.ts'
import type { Deps } from '../../deps.ts'
import { AppError } from '../../platform/errors.ts'
import { frameOf } from '../../streaming/frame.ts'
import { whenAborted } from '../../streaming/live-rooms.ts'
import type { LiveStream } from '../../streaming/live-stream.ts'
import { partOf } from '../../streaming/part-of-stream.ts'
import { errorOf } from '../errors.ts'
import { readSession } from '../session-store.ts'
import type { SessionRooms } from '../session-rooms.ts'
import { MAX_FOLLOWED, type QaSocketAction } from './schema.ts'

type Of<A extends QaSocketAction['action']> = Extract<QaSocketAction, { action: A }>

/** The sessions that one socket follows, all through its one stream. */
export interface Followed {
  /** Each that cannot be followed is refused by itself. */
  subscribe(action: Of<'subscribe'>): Promise<void>
  unsubscribe(action: Of<'unsubscribe'>): void
}

export function followSessions(
  deps: Pick<Deps, 'firestore' | 'clock' | 'log'>,
  rooms: SessionRooms,
  { actor, stream }: { actor: Actor; stream: LiveStream },
): Followed {
  const followed = new Map<string, AbortController>()
  whenAborted(stream.closed, () => {
    for (const over of followed.values()) over.abort()
  })

  /** Returns how to begin, so that what is followed is said before the first event of it. */
  async function prepare(sessionId: string, lastEventId: string | undefined): Promise<() => void> {
    if (followed.size >= MAX_FOLLOWED) {
      throw new AppError('too-many-requests', 'Too many sessions on one socket. Unsubscribe from one.')
    }
    const over = new AbortController()
    followed.set(sessionId, over)
    over.signal.addEventListener('abort', () => followed.delete(sessionId), { once: true })
    try {
      await readSession(deps, actor, sessionId, 'read')
      const room = await rooms.join(sessionId, over.signal)
      return () => room.enter(partOf(stream, over, { session_id: sessionId }), lastEventId)
    } catch (error) {
      over.abort()
      throw error
    }
  }

  return {
    async subscribe({ session_ids, last_event_ids, request_id }) {
      const named = request_id === undefined ? {} : { request_id }
      // Those that are followed already go on.
      const wanted = [...new Set(session_ids)].filter((sessionId) => !followed.has(sessionId))
      const prepared = await Promise.all(
        wanted.map(async (sessionId) => {
          try {
            return { sessionId, begin: await prepare(sessionId, last_event_ids?.[sessionId]) }
          } catch (error) {
            if (!(error instanceof AppError)) throw error
            const told = { action: 'subscribe', ...named, session_id: sessionId, ...errorOf(error) }
            stream.send(frameOf('refused', told))
            return null
          }
        }),
      )
      const opened = prepared.filter((each) => each !== null)
      stream.send(frameOf('subscribed', { session_ids: opened.map(({ sessionId }) => sessionId), ...named }))
      for (const { begin } of opened) begin()
    },
    unsubscribe({ session_ids, request_id }) {
      const left = session_ids.filter((sessionId) => followed.has(sessionId))
      for (const sessionId of left) followed.get(sessionId)?.abort()
      const named = request_id === undefined ? {} : { request_id }
      stream.send(frameOf('unsubscribed', { session_ids: left, ...named }))
    },
  }
}
