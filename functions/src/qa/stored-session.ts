import { z } from 'zod'
import { PersonaBase } from '../prospects/schema.ts'
import { FailedProspect, ProspectResponse } from './answer-schema.ts'
import { SessionStatus } from './session-schema.ts'
import { SessionSummary } from './summary-schema.ts'

const json = <S extends z.ZodType>(schema: S) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)

/**
 * `qa_sessions/{session_id}`. Written when it is made, when the first answer is in, and when it ends: never by each
 * answer, for a document takes about one write a second (DESIGN 8). Times are ms since 1970.
 */
export const StoredSession = z.object({
  company_id: z.string(),
  created_by: z.string(),
  question: z.string(),
  /** What the caller sent, as JSON. */
  context: json(z.record(z.string(), z.unknown())),
  image_id: z.string().nullable(),
  status: SessionStatus,
  created_at: z.number(),
  updated_at: z.number(),
  completed_at: z.number().nullable(),
  /** The people as they were when they were asked. */
  targets: z.array(PersonaBase),
  prospect_ids: z.array(z.string()),
  total_expected: z.int(),
  /** How many had answered when it ended; until then the answers themselves are counted. */
  total_responded: z.int(),
  failed_prospects: z.array(FailedProspect),
  summary: json(SessionSummary).nullable(),
  error_message: z.string().nullable(),
  cancelled_at: z.number().nullable(),
  /** How often the sweep has queued again what was lost; part of the names of the tasks. */
  sweeps: z.int(),
})
export type StoredSession = z.output<typeof StoredSession>

/** What a list shows of a session is all but the answers; what a worker needs to answer is this, and it never changes. */
export const StoredQuestion = StoredSession.pick({
  company_id: true,
  question: true,
  context: true,
  image_id: true,
  total_expected: true,
})
export type StoredQuestion = z.output<typeof StoredQuestion>
export const QUESTION_FIELDS = Object.keys(StoredQuestion.shape)

/** An answer as it is kept: without the person, who stands in the session, and the time, which is that of the write. */
export const StoredAnswer = ProspectResponse.omit({ persona: true, answered_at: true })
export type StoredAnswer = z.infer<typeof StoredAnswer>

/** What the panel is measured by, besides the answers. */
export const AnswerMeasure = z.object({
  /** How far the person's own answers are apart; null when they could be asked only once. */
  within_person: z.number().min(0).max(1).nullable(),
  /** For each control question that was asked: its place in the context, and whether the answer was right. */
  controls: z.array(z.object({ index: z.int(), right: z.boolean() })),
})
export type AnswerMeasure = z.infer<typeof AnswerMeasure>

/**
 * `qa_sessions/{session_id}/responses/{lead_id}`: `working` while somebody answers under a lease, then final. `closed` is
 * the mark under `CLOSING_MARK` that nothing more comes; written with the session's end, so that whoever follows the
 * answers sees it after the last of them.
 */
export const StoredOutcome = z.discriminatedUnion('state', [
  z.object({ state: z.literal('working'), attempts: z.int(), lease_until: z.number() }),
  z.object({ state: z.literal('answered'), answer: json(StoredAnswer), measure: json(AnswerMeasure) }),
  z.object({ state: z.literal('failed'), reason: FailedProspect.shape.reason }),
  z.object({ state: z.literal('closed') }),
])
export type StoredOutcome = z.output<typeof StoredOutcome>

/** An outcome without what was answered: whether somebody may, or has to, begin with it. */
export const StoredClaim = z.discriminatedUnion('state', [
  StoredOutcome.options[0],
  z.object({ state: z.enum(['answered', 'failed', 'closed']) }),
])
export type StoredClaim = z.output<typeof StoredClaim>
/** With `status` of the session, which is read in the same request. */
export const CLAIM_FIELDS = ['status', 'state', 'attempts', 'lease_until']

/** No lead can have it: ids begin with another sign. */
export const CLOSING_MARK = '~closed'
export const FINAL_STATES = ['answered', 'failed'] as const

export const isActive = (status: unknown): status is 'pending' | 'in_progress' =>
  status === 'pending' || status === 'in_progress'
