import { ServerValue } from 'firebase-admin/database'
import type { Deps } from '../deps.ts'
import { withTimeout } from '../streaming/with-timeout.ts'
import { changeCall } from './change-call.ts'
import { parseCall } from './store.ts'

/** How long the database may take to say what somebody holds, ms. */
const READ_TIMEOUT_MS = 10_000

type NoteDeps = Pick<Deps, 'writes' | 'transactions' | 'clock' | 'config'>

/**
 * Notes on every call that an admin holds that they are there (`holder_seen_at`), unless another process has just done
 * so.
 *
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function noteHolder(deps: NoteDeps, uid: string): Promise<void> {
  const { writes, clock, config } = deps
  const held = writes.ref('active_calls').orderByChild('admin_id').equalTo(uid)
  const found = await withTimeout(held.get(), READ_TIMEOUT_MS, clock)
  const callIds: string[] = []
  const recent = clock.now() - (config.holderSeenSeconds * 1_000) / 2
  found.forEach((child) => {
    const call = parseCall(child.val())
    if (call?.status === 'ACTIVE' && (call.holder_seen_at ?? 0) < recent) callIds.push(child.key)
  })
  await Promise.all(
    callIds.map((callId) =>
      changeCall(
        deps,
        callId,
        (call) => call.admin_id === uid && call.status === 'ACTIVE',
        () => ({ holder_seen_at: ServerValue.TIMESTAMP, holder_missed_at: null }),
      ),
    ),
  )
}
