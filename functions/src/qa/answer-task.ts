import type { Deps } from '../deps.ts'
import { type Model, ModelError } from '../models/model.ts'
import { readProspect } from '../prospects/store.ts'
import { type Shared, createShared } from '../streaming/shared.ts'
import { type TaskHandler, defineTask } from '../tasks/task.ts'
import { askProspect } from './ask-prospect.ts'
import { type SessionAtWork, openSessionAtWork } from './session-at-work.ts'
import { claimAnswer } from './claim-answer.ts'
import { type Outcome, releaseClaim, saveOutcome } from './save-outcome.ts'
import { countOutcomes, sessionDocument } from './session-store.ts'
import type { StoredQuestion } from './stored-session.ts'
import { AnswerTask, queueAnswers, queueSummary } from './tasks.ts'

export type AnswerContext = Pick<Deps, 'firestore' | 'clock' | 'config' | 'log' | 'tasks'> & { model: Model }
type OneAnswer = Extract<AnswerTask, { lead_id: string }>

/** Between the answers of one session in one process the listener on its end is kept for so long, ms. */
const LINGER_MS = 5_000

/** Answers for one prospect, or queues a stretch of a session's prospects (`queueSession`). */
export function createAnswerTask(): TaskHandler<AnswerContext, AnswerTask> {
  let sessions: Shared<string, SessionAtWork> | undefined
  const sessionsOf = ({ firestore, clock, log }: AnswerContext) =>
    (sessions ??= createShared({
      open: (sessionId) => openSessionAtWork({ firestore, clock, log }, sessionId),
      close: (session) => session.stop(),
      lingerMs: LINGER_MS,
      clock,
    }))

  return defineTask({
    queue: 'answerAsProspect',
    data: AnswerTask,
    async run(context: AnswerContext, data: AnswerTask, { isLast }) {
      if (!('lead_id' in data)) return queueStretch(context, data)
      const { session_id, sweep } = data
      const held = sessionsOf(context).acquire(session_id)
      const session = held.value
      session.enter()
      let isIn = false
      try {
        isIn = await takeOne(context, data, session, isLast)
      } finally {
        // First, for it only lets the session linger: what follows may fail.
        held.release()
        if (session.leave(isIn)) await finishWhenAllAreIn(context, session, session_id, sweep)
      }
    },
  })
}

/**
 * Sees to one prospect. Also true when somebody else had: they may have been killed before they saw that all are in.
 *
 * @returns whether there is an answer, or a failure, now
 */
async function takeOne(
  context: AnswerContext,
  data: OneAnswer,
  session: SessionAtWork,
  isLast: boolean,
): Promise<boolean> {
  const { session_id, lead_id } = data
  const question = await session.question()
  if (question === null) return false
  const claim = await claimAnswer(context, session_id, lead_id)
  if (claim.kind === 'over') return false
  // Whoever is at it may have been killed: tried again, this finds an answer or a lease that has lapsed.
  if (claim.kind === 'busy') throw new Error('somebody else is at this answer')
  if (claim.kind === 'done') return true
  try {
    const outcome: Outcome | null =
      claim.kind === 'exhausted'
        ? { kind: 'failed', reason: 'gave-up' }
        : await answer(context, data, question, session, isLast)
    if (outcome === null) return false
    const { isFirst } = await saveOutcome(context, session_id, lead_id, outcome)
    if (isFirst) await session.begin()
    return true
  } catch (error) {
    if (claim.kind === 'claimed') await releaseClaim(context, session_id, lead_id, claim.leaseUntil)
    throw error
  }
}

async function finishWhenAllAreIn(
  context: AnswerContext,
  session: SessionAtWork,
  sessionId: string,
  sweep: number,
): Promise<void> {
  const question = await session.question()
  if (question === null || (await countOutcomes(context, sessionId)) < question.total_expected) return
  await queueSummary(context, sessionId, sweep)
}

/** Null when the session was cancelled meanwhile. Throws what another attempt could mend. */
async function answer(
  context: AnswerContext,
  { lead_id, session_id }: OneAnswer,
  question: StoredQuestion,
  atWork: SessionAtWork,
  isLast: boolean,
): Promise<Outcome | null> {
  const prospect = await readProspect(context, question.company_id, lead_id)
  if (prospect === null) return { kind: 'failed', reason: 'prospect-gone' }
  const { signal } = atWork
  const image = await atWork.image(question.image_id)
  try {
    return { kind: 'answered', ...(await askProspect(context, { prospect, question, image, signal })) }
  } catch (error) {
    if (signal.aborted) return null
    if (!(error instanceof ModelError)) throw error
    if (error.isTransient && !isLast) throw error
    const reason = error.isTransient ? 'model-unavailable' : 'model-refused'
    context.log.warn({ sessionId: session_id, leadId: lead_id, reason }, 'prospect failed for good')
    return { kind: 'failed', reason }
  }
}

async function queueStretch(
  context: AnswerContext,
  { session_id, first, count, sweep }: Extract<AnswerTask, { first: number }>,
): Promise<void> {
  const [session] = await context.firestore.getAll(sessionDocument(context.firestore, session_id), {
    fieldMask: ['prospect_ids', 'status', 'cancelled_at'],
  })
  if (!session?.exists || session.get('cancelled_at') !== null) return
  const ids = session.get('prospect_ids') as readonly string[]
  await queueAnswers(context, session_id, ids.slice(first, first + count), sweep)
}
