import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { microsecondsOf } from './saved-time.ts'
import type { QuestionSession, ResponsesListResponse } from './session-schema.ts'
import { fetchOutcomes, readSession } from './session-store.ts'
import { showSession } from './show-session.ts'
import { isActive } from './stored-session.ts'

type ReadDeps = Pick<Deps, 'firestore' | 'clock'>

/** Spec 5, 3. @throws AppError as `readSession` does. */
export async function describeSession(
  deps: ReadDeps,
  actor: Actor,
  sessionId: string,
): Promise<QuestionSession> {
  const session = await readSession(deps, actor, sessionId, 'read')
  const outcomes = await fetchOutcomes(deps, sessionId, session.targets)
  return showSession(sessionId, session, { responded: outcomes.answers.length, outcomes })
}

/** Spec 5, 4. @throws AppError as `readSession` does. */
export async function listResponses(
  deps: ReadDeps,
  actor: Actor,
  sessionId: string,
  since: string | undefined,
): Promise<ResponsesListResponse> {
  const session = await readSession(deps, actor, sessionId, 'read')
  const { answers } = await fetchOutcomes(deps, sessionId, session.targets)
  const after = since === undefined ? -Infinity : microsecondsOf(since)
  return {
    session_id: sessionId,
    responses: answers
      .map(({ response }) => response)
      .filter(({ answered_at }) => microsecondsOf(answered_at) > after),
    total_responded: answers.length,
    total_expected: session.total_expected,
    is_complete: !isActive(session.status),
    summary: session.summary,
    simulated: true,
  }
}
