import type { Progress, ProspectResponse, QuestionSession, SessionStatus } from '@lifeline/functions/contract'
import { FailedProspect, type SessionEvents } from '@lifeline/functions/contract'
import { z } from 'zod'
import type { StreamEvent } from '../api/read-stream.ts'

/** A session as it is known on this screen. */
export type LiveSession = {
  session: QuestionSession
  /** The server's own count; null until an event has brought one. */
  progress: Progress | null
  /** When that came, ms since 1970. */
  progressAt: number
}

export type SessionEvent = StreamEvent<typeof SessionEvents>

/** Whether answers or the summary may still come. */
export const isActive = (status: SessionStatus): boolean => status === 'pending' || status === 'in_progress'

/** A session as it was read. */
export const asRead = (session: QuestionSession): LiveSession => ({ session, progress: null, progressAt: 0 })

/** What is known after an event. An answer that is there already changes nothing: streams may repeat themselves. `now` in ms. */
export function afterEvent(known: LiveSession, event: SessionEvent, now: number): LiveSession {
  const { session } = known
  const { progress, timestamp } = event.data
  if (event.event === 'response_received') {
    const responses = withAnswer(session.responses, event.data.new_response)
    if (responses === session.responses) return known
    const status = session.status === 'pending' ? 'in_progress' : session.status
    return {
      progress,
      progressAt: now,
      session: { ...session, status, responses, total_responded: responses.length },
    }
  }
  const ended = {
    updated_at: timestamp,
    completed_at: timestamp,
    total_responded: progress.responded,
    failed_prospects: failedOf(event.data.data) ?? session.failed_prospects,
  }
  if (event.event === 'session_completed') {
    return {
      progress,
      progressAt: now,
      session: { ...session, ...ended, status: 'completed', summary: event.data.summary },
    }
  }
  const { error_code, error_message } = Ending.parse(event.data.data ?? {})
  return {
    progress,
    progressAt: now,
    session: {
      ...session,
      ...ended,
      status: 'failed',
      error_message: error_message ?? null,
      cancelled_at: error_code === 'CANCELLED' ? timestamp : null,
    },
  }
}

/** What is known after the whole session was read: it knows more, but an answer that came meanwhile is kept. */
export function afterSnapshot(known: LiveSession | undefined, snapshot: QuestionSession): LiveSession {
  if (known === undefined) return asRead(snapshot)
  // A snapshot that was taken before the end came by the stream.
  const isOlder = !isActive(known.session.status) && isActive(snapshot.status)
  const base = isOlder ? known.session : snapshot
  const responses = known.session.responses.reduce(withAnswer, snapshot.responses)
  const progress = isActive(base.status) ? known.progress : null
  return { ...known, progress, session: { ...base, responses, total_responded: responses.length } }
}

/** How far a session is, from its events or else from what was read; the time left runs on between events. `now` in ms. */
export function progressOf({ session, progress, progressAt }: LiveSession, now: number): Progress {
  const responded = Math.max(session.total_responded, progress?.responded ?? 0)
  const failed = Math.max(session.failed_prospects.length, progress?.failed ?? 0)
  const isOver = responded + failed >= session.total_expected || !isActive(session.status)
  const told = progress?.seconds_left ?? null
  const seconds_left = isOver ? 0 : told === null ? null : Math.max(0, told - (now - progressAt) / 1_000)
  return { responded, failed, total: session.total_expected, seconds_left }
}

const withAnswer = (answers: ProspectResponse[], answer: ProspectResponse): ProspectResponse[] =>
  answers.some(({ persona }) => persona.lead_id === answer.persona.lead_id) ? answers : [...answers, answer]

const Ending = z.object({ error_code: z.string().optional(), error_message: z.string().nullish() })

const failedOf = (data: Record<string, unknown> | undefined): FailedProspect[] | undefined =>
  z.array(FailedProspect).safeParse(data?.failed_prospects).data
