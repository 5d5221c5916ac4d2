import { describe, expect, test } from 'vitest'
import {
  type LiveSession,
  type SessionEvent,
  afterEvent,
  afterSnapshot,
  asRead,
  progressOf,
} from './session-state.ts'
import { answerOf, sessionOf, summaryOf } from './session.fixture.ts'

const NOW = 1_750_000_100_000
const timestamp = '2025-06-15T15:08:20.000Z'

const answered = (leadId: string, responded: number, failed = 0): SessionEvent => ({
  event: 'response_received',
  data: {
    event_type: 'response_received',
    session_id: 'QS-1',
    timestamp,
    new_response: answerOf(leadId),
    progress: { responded, failed, total: 2, seconds_left: 2 - responded - failed },
    simulated: true,
  },
})
const completed: SessionEvent = {
  event: 'session_completed',
  data: {
    event_type: 'session_completed',
    session_id: 'QS-1',
    timestamp,
    summary: summaryOf(),
    progress: { responded: 1, failed: 1, total: 2, seconds_left: 0 },
    simulated: true,
    data: { failed_prospects: [{ lead_id: 'LEAD-2', full_name: 'Jo', reason: 'gave-up' }] },
  },
}
const failed = (data: Record<string, unknown>): SessionEvent => ({
  event: 'session_failed',
  data: {
    event_type: 'session_failed',
    session_id: 'QS-1',
    timestamp,
    progress: { responded: 1, failed: 0, total: 2, seconds_left: 0 },
    simulated: true,
    data,
  },
})

const after = (...events: SessionEvent[]): LiveSession =>
  events.reduce((known, event) => afterEvent(known, event, NOW), asRead(sessionOf()))

describe('a session that is followed', () => {
  test('begins with its first answer, and counts each answer once', () => {
    const once = after(answered('LEAD-1', 1))
    expect(once.session).toMatchObject({ status: 'in_progress', total_responded: 1 })
    expect(afterEvent(once, answered('LEAD-1', 1), NOW)).toBe(once)
    expect(after(answered('LEAD-1', 1), answered('LEAD-2', 2)).session.responses).toHaveLength(2)
  })

  test('ends with its summary and the names of those who failed', () => {
    const { session } = after(answered('LEAD-1', 1), completed)
    expect(session.status).toBe('completed')
    expect(session.summary?.summary_text).toBe('Two simulated people answered.')
    expect(session.failed_prospects).toEqual([{ lead_id: 'LEAD-2', full_name: 'Jo', reason: 'gave-up' }])
    expect(session.completed_at).toBe(timestamp)
  })

  test.each([
    ['CANCELLED', 'Cancelled after 1 of 2 answers', timestamp],
    ['PROCESSING_ERROR', 'The model failed', null],
  ])('that fails with %s keeps its answers and says why', (error_code, error_message, cancelled_at) => {
    const { session } = after(answered('LEAD-1', 1), failed({ error_code, error_message }))
    expect(session).toMatchObject({ status: 'failed', error_message, cancelled_at })
    expect(session.responses).toHaveLength(1)
  })
})

describe('a session that was read beside its stream', () => {
  test('keeps the answers that came meanwhile, and learns what only reading tells', () => {
    const known = after(answered('LEAD-1', 1, 1))
    const named = [{ lead_id: 'LEAD-2', full_name: 'Jo', reason: 'gave-up' as const }]
    const { session } = afterSnapshot(known, sessionOf({ status: 'in_progress', failed_prospects: named }))
    expect(session.responses.map(({ persona }) => persona.lead_id)).toEqual(['LEAD-1'])
    expect(session.failed_prospects).toEqual(named)
  })

  test('that was read before its end does not begin again', () => {
    const { session } = afterSnapshot(after(answered('LEAD-1', 1), completed), sessionOf())
    expect(session.status).toBe('completed')
    expect(session.summary).not.toBeNull()
  })

  test('shows a summary that was written anew', () => {
    const summary = summaryOf({ summary_text: 'Anew.' })
    const { session } = afterSnapshot(after(completed), sessionOf({ status: 'completed', summary }))
    expect(session.summary?.summary_text).toBe('Anew.')
  })
})

describe('progress', () => {
  test('lets the time run on between two events, and never below nothing', () => {
    const known = after(answered('LEAD-1', 1))
    expect(progressOf(known, NOW).seconds_left).toBe(1)
    expect(progressOf(known, NOW + 600).seconds_left).toBeCloseTo(0.4)
    expect(progressOf(known, NOW + 60_000).seconds_left).toBe(0)
  })

  test('is unknown before the first event and nothing after the end', () => {
    expect(progressOf(asRead(sessionOf()), NOW)).toEqual({
      responded: 0,
      failed: 0,
      total: 2,
      seconds_left: null,
    })
    expect(progressOf(after(answered('LEAD-1', 1), completed), NOW)).toEqual({
      responded: 1,
      failed: 1,
      total: 2,
      seconds_left: 0,
    })
  })
})
