import type { Outcomes } from './session-store.ts'
import type { Progress } from './event-schema.ts'
import type { QuestionSession } from './session-schema.ts'
import { type StoredSession, isActive } from './stored-session.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms))

/** Where the picture of a session is served, to whoever may see the session. */
const imageUrl = (sessionId: string): string => `/api/v1/qa/sessions/${sessionId}/image`

/** A session as spec 5 shows it. `responded`: how many have answered by now. */
export function showSession(
  sessionId: string,
  session: StoredSession,
  { responded, outcomes }: { responded: number; outcomes?: Outcomes },
): QuestionSession {
  const latest = outcomes?.answers.at(-1)?.response.answered_at
  const updated = Math.max(session.updated_at, latest === undefined ? 0 : Date.parse(latest))
  return {
    session_id: sessionId,
    question: session.question,
    image_url: session.image_id === null ? null : imageUrl(sessionId),
    target_prospects: session.targets,
    status: session.status,
    created_at: iso(session.created_at),
    updated_at: iso(updated),
    completed_at: isoOrNull(session.completed_at),
    responses: outcomes?.answers.map(({ response }) => response) ?? [],
    summary: session.summary,
    total_expected: session.total_expected,
    total_responded: responded,
    error_message: session.error_message,
    created_by: session.created_by,
    context: session.context,
    failed_prospects: outcomes && isActive(session.status) ? outcomes.failed : session.failed_prospects,
    cancelled_at: isoOrNull(session.cancelled_at),
    simulated: true,
  }
}

/** How far a session is. What is left is taken to go on at the pace of what is done. */
export function showProgress(
  { created_at, total_expected, status }: Pick<StoredSession, 'created_at' | 'total_expected' | 'status'>,
  { responded, failed }: { responded: number; failed: number },
  now: number,
): Progress {
  const done = responded + failed
  const left = isActive(status) ? total_expected - done : 0
  const paceMs = done === 0 ? null : Math.max(0, now - created_at) / done
  return {
    responded,
    total: total_expected,
    failed,
    seconds_left: left === 0 ? 0 : paceMs === null ? null : Math.ceil((paceMs * left) / 1_000),
  }
}
