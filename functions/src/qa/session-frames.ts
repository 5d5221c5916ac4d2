import { type Frame, frameOf } from '../streaming/frame.ts'
import type { SessionSummary } from './summary-schema.ts'
import type { Answered } from './session-store.ts'
import { showProgress } from './show-session.ts'
import type { StoredSession } from './stored-session.ts'

type Counts = { responded: number; failed: number }

/** Ids go by the server's time of the write: none sorts before one that was sent earlier. */
const idOf = ({ savedAt, leadId }: Answered): string => `${savedAt}.${leadId}`

/** The id of a session's last event: whoever has it has all. */
export const LAST_EVENT_ID = 'end'

export function responseFrame(
  sessionId: string,
  session: StoredSession,
  answer: Answered,
  counts: Counts,
  now: number,
): Frame {
  const { response } = answer
  return frameOf(
    'response_received',
    {
      event_type: 'response_received',
      session_id: sessionId,
      timestamp: response.answered_at,
      new_response: response,
      progress: showProgress(session, counts, now),
      simulated: true,
    },
    idOf(answer),
  )
}

export const completedFrame = (
  sessionId: string,
  session: StoredSession,
  summary: SessionSummary,
  counts: Counts,
): Frame =>
  frameOf(
    'session_completed',
    {
      event_type: 'session_completed',
      ...ending(sessionId, session, counts),
      summary,
      data: { failed_prospects: session.failed_prospects },
    },
    LAST_EVENT_ID,
  )

export const failedFrame = (sessionId: string, session: StoredSession, counts: Counts): Frame =>
  frameOf(
    'session_failed',
    {
      event_type: 'session_failed',
      ...ending(sessionId, session, counts),
      data: {
        error_code: session.cancelled_at === null ? 'PROCESSING_ERROR' : 'CANCELLED',
        error_message: session.error_message,
        failed_prospects: session.failed_prospects,
      },
    },
    LAST_EVENT_ID,
  )

const ending = (sessionId: string, session: StoredSession, counts: Counts) => ({
  session_id: sessionId,
  timestamp: new Date(session.completed_at ?? session.updated_at).toISOString(),
  progress: showProgress(session, counts, session.updated_at),
  simulated: true,
})
