import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { answered } from '../streaming/answered.ts'
import { endSession } from './end-session.ts'
import { qaError } from './errors.ts'
import type { CancelSessionResponse } from './session-schema.ts'
import { readOutcomes, readSession, responsesOf, sessionDocument } from './session-store.ts'
import { FINAL_STATES, StoredSession, isActive } from './stored-session.ts'
import { dequeueAnswers } from './tasks.ts'

/**
 * Stops a session (spec 5, 5): what is answered by then stays, what has not begun never does. Cancelling again changes
 * nothing. From the moment of the transaction no worker begins with an answer, for they begin with one of their own that
 * looks at the session; taking the tasks out of the queue only spares the deliveries.
 *
 * @throws AppError `SESSION_NOT_FOUND`, `FORBIDDEN`, `SESSION_NOT_ACTIVE` for one that has ended by itself.
 */
export async function cancelSession(
  deps: Pick<Deps, 'firestore' | 'clock' | 'log' | 'tasks'>,
  actor: Actor,
  sessionId: string,
): Promise<CancelSessionResponse> {
  const { firestore, clock, log } = deps
  const { targets } = await readSession(deps, actor, sessionId, 'change')
  const now = clock.now()
  const reference = sessionDocument(firestore, sessionId)
  const final = responsesOf(firestore, sessionId).where('state', 'in', [...FINAL_STATES])
  const { session, outcomes } = await answered(
    firestore.runTransaction(async (transaction) => {
      const [document, ended] = await Promise.all([transaction.get(reference), transaction.get(final)])
      const session = StoredSession.parse(document.data())
      const outcomes = readOutcomes(ended, targets)
      if (isActive(session.status)) {
        endSession(firestore, transaction, sessionId, {
          status: 'failed',
          updated_at: now,
          completed_at: now,
          cancelled_at: now,
          total_responded: outcomes.answers.length,
          failed_prospects: outcomes.failed,
          error_message: `Cancelled after ${outcomes.answers.length} of ${session.total_expected} answers`,
        })
      }
      return { session, outcomes }
    }),
    clock,
  )
  if (!isActive(session.status) && session.cancelled_at === null) {
    throw qaError('SESSION_NOT_ACTIVE', 'conflict', 'The session has ended already', {
      details: { status: session.status },
    })
  }
  if (isActive(session.status)) {
    const over = new Set([
      ...outcomes.answers.map(({ leadId }) => leadId),
      ...outcomes.failed.map(({ lead_id }) => lead_id),
    ])
    const waiting = session.prospect_ids.filter((leadId) => !over.has(leadId))
    try {
      await dequeueAnswers(deps, sessionId, waiting, session.sweeps)
    } catch (error) {
      // They will be delivered, find the session cancelled, and end.
      log.warn({ sessionId, err: error }, 'tasks of a cancelled session are left in the queue')
    }
  }
  const kept = isActive(session.status) ? outcomes.answers.length : session.total_responded
  return {
    session_id: sessionId,
    status: 'failed',
    message: `Session cancelled; ${kept} of ${session.total_expected} answers are kept`,
    cancelled_at: new Date(session.cancelled_at ?? now).toISOString(),
  }
}
