import { readArchivedMessage } from '../conversations/archive.ts'
import type { Deps } from '../deps.ts'
import type { FoundConversation } from '../history/find-conversation.ts'
import { AppError } from '../platform/errors.ts'
import { answered } from '../streaming/answered.ts'

type EvidenceDeps = Pick<Deps, 'database' | 'firestore' | 'clock'>

/**
 * What shows an insight has to be there: an id that is no message of the conversation is made up.
 *
 * @throws AppError `invalid-input` that names the first such id, `unavailable` when a database does not answer.
 */
export async function checkEvidence(
  deps: EvidenceDeps,
  found: FoundConversation,
  evidence: readonly string[],
): Promise<void> {
  const known = await Promise.all(evidence.map((messageId) => isThere(deps, found.id, messageId)))
  const missing = known.indexOf(false)
  if (missing !== -1) {
    throw new AppError('invalid-input', `body.evidence.${missing}: is no message of this conversation`)
  }
}

/** Active or archived: while it is moved a message stands in both. */
async function isThere({ database, ...deps }: EvidenceDeps, id: string, messageId: string): Promise<boolean> {
  const active = database.ref(`active_conversations/${id}/messages/${messageId}/role`)
  if ((await answered(active.get(), deps.clock)).exists()) return true
  return (await readArchivedMessage(deps, id, messageId)) !== undefined
}
