import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { type Model, ModelError } from '../models/model.ts'
import { answered } from '../streaming/answered.ts'
import { qaError } from './errors.ts'
import { takeQuota } from './quota.ts'
import type { RegenerateSummaryRequest, SessionSummary } from './summary-schema.ts'
import { fetchOutcomes, readSession, sessionDocument } from './session-store.ts'
import { isActive } from './stored-session.ts'
import { writeSummary } from './write-summary.ts'

/** For all that the model is asked, ms: below what a request may take (DESIGN 1). */
const DEADLINE_MS = 50_000

/**
 * Writes the summary of a session anew (spec 5, 6); it counts as a question of the caller's. When the model fails the
 * summary that there is stays.
 *
 * @throws AppError `SESSION_NOT_FOUND`, `SESSION_NOT_COMPLETED`, `QUOTA_EXCEEDED`, `PROCESSING_ERROR`.
 */
export async function regenerateSummary(
  deps: Pick<Deps, 'firestore' | 'clock' | 'config' | 'log'> & { model: Model },
  actor: Actor,
  sessionId: string,
  { focus_areas, summary_style }: RegenerateSummaryRequest,
): Promise<SessionSummary> {
  const { firestore, clock, log } = deps
  const session = await readSession(deps, actor, sessionId, 'change')
  const outcomes = isActive(session.status) ? null : await fetchOutcomes(deps, sessionId, session.targets)
  if (outcomes === null || outcomes.answers.length === 0) {
    throw qaError('SESSION_NOT_COMPLETED', 'conflict', 'There is nothing to summarize yet', {
      details: { status: session.status },
    })
  }
  await answered(
    firestore.runTransaction(async (transaction) => {
      const spend = await takeQuota(deps, transaction, actor, { questions: 1, answers: 0 })
      spend()
    }),
    clock,
  )
  try {
    const wanted = { style: summary_style, focusAreas: focus_areas ?? [] }
    const options = { deadlineMs: DEADLINE_MS, onFailure: 'throw' } as const
    const summary = await writeSummary(deps, { session, outcomes }, wanted, options)
    const changes = { summary: JSON.stringify(summary), updated_at: clock.now() }
    await answered(sessionDocument(firestore, sessionId).update(changes), clock)
    return summary
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    log.warn({ sessionId, isTransient: error.isTransient }, 'summary could not be regenerated')
    throw qaError(
      'PROCESSING_ERROR',
      'unavailable',
      'The summary could not be written. The last one is kept.',
      {
        cause: error,
        details: { session_id: sessionId, retryable: error.isTransient },
        headers: { 'Retry-After': '10' },
      },
    )
  }
}
