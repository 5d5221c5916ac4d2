import type { Actor } from '../auth/actor.ts'
import { authorize } from '../conversations/authorize.ts'
import { readAccepted } from '../conversations/guarded-write.ts'
import type { Live } from '../conversations/live.ts'
import type { Deps } from '../deps.ts'
import { answered } from '../streaming/answered.ts'
import { finalSummaryDocument } from './ended/summarize-ended.ts'
import { readLiveSummary } from './read-live-summary.ts'
import { FinalSummaryRecord, type Summary } from './schema.ts'

/**
 * The summary of a conversation that the caller may read: the live one while its call is active, the final one
 * afterwards; null while there is none yet.
 *
 * @throws AppError as `authorize` does.
 */
export async function readSummary(
  deps: Deps,
  { directory }: Pick<Live, 'directory'>,
  actor: Actor,
  id: string,
): Promise<Summary | null> {
  const { conversationId, archived } = await authorize({ ...deps, directory }, actor, id, 'read', {
    strangers: 'learn-nothing',
    as: 'conversation.summary',
  })
  if (archived) return await readFinalSummary(deps, conversationId)
  return readLiveSummary(conversationId, await readAccepted(deps, `live_summaries/${conversationId}`))
}

/** @throws AppError `unavailable` when Firestore does not answer. */
export async function readFinalSummary(
  { firestore, clock, log }: Pick<Deps, 'firestore' | 'clock' | 'log'>,
  conversationId: string,
): Promise<Summary | null> {
  const document = await answered(finalSummaryDocument(firestore, conversationId).get(), clock)
  if (!document.exists) return null
  const record = FinalSummaryRecord.safeParse(document.data())
  if (!record.success) {
    log.error({ conversationId }, 'unreadable summary left out')
    return null
  }
  const { content, company_id: _, generated_at, ...rest } = record.data
  return { ...rest, ...content, is_final: true, generated_at: new Date(generated_at).toISOString() }
}
