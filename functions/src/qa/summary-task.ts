import type { Deps } from '../deps.ts'
import type { Model } from '../models/model.ts'
import { type TaskHandler, defineTask } from '../tasks/task.ts'
import { endSession } from './end-session.ts'
import type { SessionSummary } from './summary-schema.ts'
import { fetchOutcomes, sessionDocument } from './session-store.ts'
import { StoredSession, isActive } from './stored-session.ts'
import { SummaryTask } from './tasks.ts'
import { writeSummary } from './write-summary.ts'

export type SummaryContext = Pick<Deps, 'firestore' | 'clock' | 'config' | 'log'> & { model: Model }

/** For all that the model is asked, ms: below what a delivery may take. */
const DEADLINE_MS = 150_000

/** Writes the summary when the last answer is in, and ends the session: once, whoever else was sent to do it. */
export const summarizeSession: TaskHandler<SummaryContext, SummaryTask> = defineTask({
  queue: 'summarizeSession',
  data: SummaryTask,
  async run(context: SummaryContext, { session_id }: SummaryTask) {
    const claimed = await claimSummary(context, session_id)
    if (claimed === 'over') return
    if (claimed === 'busy') throw new Error('somebody else is at this summary')
    try {
      await summarize(context, session_id, claimed)
    } catch (error) {
      // So that the next attempt need not wait until the claim lapses.
      await sessionDocument(context.firestore, session_id).update({ summarizing_until: 0 })
      throw error
    }
  },
})

function claimSummary(
  { firestore, clock, config }: SummaryContext,
  sessionId: string,
): Promise<StoredSession | 'over' | 'busy'> {
  const reference = sessionDocument(firestore, sessionId)
  return firestore.runTransaction(async (transaction) => {
    const document = await transaction.get(reference)
    if (!document.exists) return 'over'
    const session = StoredSession.parse(document.data())
    if (!isActive(session.status)) return 'over'
    const now = clock.now()
    if (Number(document.get('summarizing_until') ?? 0) > now) return 'busy'
    transaction.update(reference, { summarizing_until: now + config.qa.summaryLeaseSeconds * 1_000 })
    return session
  })
}

async function summarize(context: SummaryContext, sessionId: string, session: StoredSession): Promise<void> {
  const outcomes = await fetchOutcomes(context, sessionId, session.targets)
  const { answers, failed } = outcomes
  const reference = sessionDocument(context.firestore, sessionId)
  if (answers.length + failed.length < session.total_expected) {
    // It came too early; the last answer sends for it again, or the sweep does.
    await reference.update({ summarizing_until: 0 })
    return
  }
  const summary =
    answers.length === 0
      ? null
      : await writeSummary(
          context,
          { session, outcomes },
          { style: 'concise', focusAreas: [] },
          { deadlineMs: DEADLINE_MS, onFailure: 'offline' },
        )
  await end(context, sessionId, session, { summary, outcomes })
}

async function end(
  { firestore, clock }: SummaryContext,
  sessionId: string,
  session: StoredSession,
  {
    summary,
    outcomes,
  }: { summary: SessionSummary | null; outcomes: Awaited<ReturnType<typeof fetchOutcomes>> },
): Promise<void> {
  const now = clock.now()
  await firestore.runTransaction(async (transaction) => {
    const [header] = await transaction.getAll(sessionDocument(firestore, sessionId), {
      fieldMask: ['status'],
    })
    if (!isActive(header?.get('status'))) return
    endSession(firestore, transaction, sessionId, {
      status: summary === null ? 'failed' : 'completed',
      updated_at: now,
      completed_at: now,
      total_responded: outcomes.answers.length,
      failed_prospects: outcomes.failed,
      summary: summary === null ? null : JSON.stringify(summary),
      error_message: summary === null ? `PROCESSING_ERROR: ${sayNobody(session.total_expected)}` : null,
    })
  })
}

const sayNobody = (asked: number): string =>
  asked === 1 ? 'the prospect could not be asked' : `none of the ${asked} prospects could be asked`
