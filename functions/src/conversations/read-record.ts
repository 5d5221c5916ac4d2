import type { Deps } from '../deps.ts'
import { unavailable } from '../streaming/with-timeout.ts'
import { readArchivedRest } from './archive.ts'
import type { Authorized } from './authorize.ts'
import { readAccepted } from './guarded-write.ts'

/** What is kept of a conversation besides its messages, as it is stored. */
export interface StoredRecord {
  /** `active_calls/{call_id}`, with its history. */
  call: unknown
  /** `active_conversations/{id}/seen` and `team_seen/{id}`. */
  seen: unknown
  teamSeen: unknown
  /** ms since 1970; null while it is active. */
  archivedAt: number | null
}

/**
 * Reads what `found` was judged by, where that was found.
 *
 * @throws AppError `unavailable` when a database does not answer, or the conversation was archived in this very moment.
 */
export async function readRecord(
  deps: Pick<Deps, 'writes' | 'firestore' | 'clock'>,
  { conversationId, callId, archived }: Authorized,
): Promise<StoredRecord> {
  if (archived) {
    const kept = await readArchivedRest(deps, conversationId)
    if (kept === undefined) throw unavailable()
    const rest = (kept.rest ?? {}) as { seen?: unknown; team_seen?: unknown }
    return { call: kept.call, seen: rest.seen, teamSeen: rest.team_seen, archivedAt: kept.archivedAt }
  }
  const [call, seen, teamSeen] = await Promise.all([
    readAccepted(deps, `active_calls/${callId}`),
    readAccepted(deps, `active_conversations/${conversationId}/seen`),
    readAccepted(deps, `team_seen/${conversationId}`),
  ])
  if (call === null) throw unavailable()
  return { call, seen, teamSeen, archivedAt: null }
}
