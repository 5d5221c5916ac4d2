import { ServerValue } from 'firebase-admin/database'
import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { unavailable } from '../streaming/with-timeout.ts'
import { authorizeAct } from './authorize.ts'
import type { Directory } from './directory.ts'
import { writeGuarded } from './guarded-write.ts'

type TypingDeps = Pick<Deps, 'writes' | 'guarded' | 'firestore' | 'clock' | 'log' | 'audit'> & {
  directory: Directory
}

/** Says that somebody is writing, or is not any more. */
export type SetTyping = (
  actor: Pick<Actor, 'uid' | 'role' | 'company_id'>,
  conversationId: string,
  wanted: { typing: boolean; lease?: number | undefined },
) => Promise<void>

/** Of what is said again within this time nothing is written; a good part of `TYPING_LASTS_MS`, ms. */
const THROTTLE_MS = 2_000
const MAX_KEPT = 10_000

/**
 * Typing of admins, which only the holder of a call may show. Clients say it at every key; one word in
 * two seconds reaches the database.
 *
 * The function made throws AppError as `authorizeAct` does, and `unavailable` when the database does not answer.
 */
export function createSetTyping(deps: TypingDeps): SetTyping {
  const { clock } = deps
  const said = new Map<string, { typing: boolean; at: number }>()

  function remember(key: string, typing: boolean): void {
    // Deleting first moves the key to the end, so that the first key is the oldest.
    said.delete(key)
    said.set(key, { typing, at: clock.now() })
    const [oldest] = said.keys()
    if (said.size > MAX_KEPT && oldest !== undefined) said.delete(oldest)
  }

  return async (actor, id, { typing, lease }) => {
    const action = { action: 'write', lease, as: 'conversation.typing' } as const
    const { conversationId } = await authorizeAct(deps, actor, id, action)
    const key = JSON.stringify([conversationId, actor.uid])
    const last = said.get(key)
    if (last?.typing === typing && clock.now() - last.at < THROTTLE_MS) return
    const path = `active_conversations/${conversationId}/typing/${actor.uid}`
    const outcome = await writeGuarded(deps, { [path]: typing ? ServerValue.TIMESTAMP : null })
    if (outcome === 'written') {
      remember(key, typing)
      return
    }
    // The call has changed in between, and looking again says how.
    await authorizeAct(deps, actor, id, action)
    throw unavailable()
  }
}
