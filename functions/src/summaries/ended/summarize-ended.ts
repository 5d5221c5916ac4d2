import type { DocumentReference, Transaction } from 'firebase-admin/firestore'
import { z } from 'zod'
import { ArchiveMark, conversationDocument, readArchivedMessages } from '../../conversations/archive.ts'
import { documentName } from '../../conversations/archived-message.ts'
import type { Directory } from '../../conversations/directory.ts'
import type { Deps } from '../../deps.ts'
import { insightsDocument } from '../../insights/insight-store.ts'
import { StoredInsights } from '../../insights/schema.ts'
import { Id } from '../../platform/schema.ts'
import { begin, finish } from '../../tasks/one-in-flight.ts'
import { defineTask } from '../../tasks/task.ts'
import { toTranscript } from '../read-transcript.ts'
import type { FinalSummaryRecord } from '../schema.ts'
import { summarize } from '../summarize.ts'
import { withInsightsOf } from './insights-of.ts'

export type EndedSummaryDeps = Pick<
  Deps,
  'firestore' | 'transactions' | 'clock' | 'log' | 'shutdown' | 'model'
> & {
  directory: Directory
}

/** Of the time that a task may take; what is left is for reading and writing, ms. */
const MODEL_MS = 90_000

/** What an archive has to say of itself before it can be summarized. */
const Archived = z.object({ company_id: Id, archive: ArchiveMark, summary_due: z.literal(true) })

/** Makes the final summary of a conversation, from all of its archive. However often it is delivered, it is paid once. */
export const summarizeEnded = defineTask({
  queue: 'summarizeEnded',
  data: z.object({ conversation_id: Id }),
  run: async (deps: EndedSummaryDeps, { conversation_id: conversationId }, { taskId: by }) => {
    const work = `final_summary_work/${conversationId}`
    // They may have been killed: tried again, this finds a summary, or that nobody is at it any more.
    if (!(await begin(deps, work, by))) throw new Error('somebody else is at this summary')
    try {
      await makeFinalSummary(deps, conversationId)
    } finally {
      await finish(deps, work, by)
    }
  },
})

export const finalSummaryDocument = (
  firestore: Deps['firestore'],
  conversationId: string,
): DocumentReference => firestore.collection('summaries').doc(documentName(conversationId))

/**
 * @returns `not-due`: there is one of this archive already, or no archive; `changed`: messages came in meanwhile, and it
 *   is still due
 * @throws when Firestore does not answer, and another attempt could help.
 */
export async function makeFinalSummary(
  deps: EndedSummaryDeps,
  conversationId: string,
): Promise<'written' | 'not-due' | 'changed'> {
  const { firestore, clock, log, directory, shutdown } = deps
  const index = conversationDocument(firestore, conversationId)
  const before = Archived.safeParse((await index.get()).data())
  if (!before.success) return 'not-due'
  const { company_id, archive } = before.data
  const messages = await readArchivedMessages(deps, conversationId)
  const last = messages.at(-1)
  const answer =
    last &&
    (await summarize(deps, await toTranscript(directory, messages), {
      type: 'detailed',
      signal: shutdown,
      deadlineMs: MODEL_MS,
    }))
  const record: FinalSummaryRecord | undefined = answer && {
    conversation_id: conversationId,
    company_id,
    content: answer.output,
    model: answer.model,
    is_fallback: answer.isFallback,
    covers_up_to: last.id,
    covers_count: messages.length,
    generated_at: clock.now(),
  }

  const outcome = await firestore.runTransaction(async (transaction: Transaction) => {
    const now = Archived.safeParse((await transaction.get(index)).data())
    if (!now.success) return 'not-due'
    if (now.data.archive.digest !== archive.digest) return 'changed'
    // A conversation without words has nothing to be summarized.
    if (record) {
      const reference = insightsDocument(firestore, conversationId)
      const insights = StoredInsights.safeParse((await transaction.get(reference)).data()).data
      transaction.set(finalSummaryDocument(firestore, conversationId), record)
      transaction.set(reference, {
        conversation_id: conversationId,
        insights: withInsightsOf(record.content, insights?.insights ?? []),
        created_at: insights?.created_at ?? record.generated_at,
        updated_at: record.generated_at,
      } satisfies StoredInsights)
    }
    transaction.update(index, { summary_due: false })
    return 'written'
  })
  log.info({ conversationId, outcome, model: answer?.model }, 'final summary')
  return outcome
}
