import { z } from 'zod'
import { Timestamp } from '../platform/schema.ts'
import { Fact, PersonaBase, queryListOf } from '../prospects/schema.ts'

export const SessionStatus = z.enum(['pending', 'in_progress', 'completed', 'failed'])
export type SessionStatus = z.infer<typeof SessionStatus>

/** Where an answer stands towards what was asked. `unknown`: the person says that they do not know. */
export const AnswerSentiment = z.enum(['positive', 'neutral', 'negative', 'unknown'])
export type AnswerSentiment = z.infer<typeof AnswerSentiment>

/**
 * A question whose answer is known, asked of the same people to see whether they are themselves: the value of a field of
 * theirs, or an answer for each `lead_id`.
 */
export const ControlQuestion = z.object({
  question: z.string().trim().min(1).max(500),
  expected_field: z
    .enum(['age', 'occupation', 'gender', 'marital_status', 'education_level', 'annual_income', 'full_name'])
    .exactOptional(),
  expected: z.record(z.string().max(128), z.string().min(1).max(200)).exactOptional(),
})
export type ControlQuestion = z.infer<typeof ControlQuestion>

/** The most control questions of one session. */
export const MAX_CONTROL_QUESTIONS = 3
const MAX_CONTEXT_CHARACTERS = 10_000

/** Anything of the caller's own; kept with the session. `control_questions` is the only member that means something here. */
const Context = z
  .looseObject({ control_questions: z.array(ControlQuestion).max(MAX_CONTROL_QUESTIONS).exactOptional() })
  .refine((context) => JSON.stringify(context).length <= MAX_CONTEXT_CHARACTERS, {
    message: `may have ${MAX_CONTEXT_CHARACTERS} characters at most`,
  })

/** The most prospects of one session. */
export const MAX_PROSPECTS = 500

export const QuestionSubmitRequest = z.object({
  // Counted as people do: a pair of surrogates is one character.
  question: z
    .string()
    .max(4_000)
    .refine((text) => text.trim() !== '' && Array.from(text).length <= 2_000, {
      message: 'must have 1 to 2000 characters',
    }),
  /** Any text: an id that cannot exist is answered as one that does not. Named twice, a prospect is asked once. */
  prospect_ids: z.array(z.string().max(200)).min(1).max(MAX_PROSPECTS),
  image_base64: z.string().max(12_000_000).nullish(),
  image_mime_type: z.string().max(100).nullish(),
  context: Context.nullish(),
})
export type QuestionSubmitRequest = z.output<typeof QuestionSubmitRequest>

export const QuestionSubmitResponse = z.object({
  session_id: z.string(),
  status: SessionStatus,
  message: z.string(),
  created_at: Timestamp,
  total_prospects: z.int(),
  /** Seconds; from how fast this company's last sessions were answered. */
  estimated_completion_time: z.int().nullable(),
  simulated: z.literal(true),
})
export type QuestionSubmitResponse = z.infer<typeof QuestionSubmitResponse>

const share = z.number().min(0).max(1)

/** Something that an answer claims, with the facts that it rests on; empty where it rests on none. */
export const Claim = z.object({ text: z.string(), fact_ids: z.array(z.string()) })
export type Claim = z.infer<typeof Claim>

/** What the confidence is the product of; each is measured, none is what a model says of itself. */
export const ConfidenceParts = z.object({
  /** How much of the question something known about the person speaks of. */
  retrieval: share,
  /** How much of the answer cites facts that exist. */
  coverage: share,
  /** How alike the answers are when the person is asked again; null where that could not be done. */
  agreement: share.nullable(),
})
export type ConfidenceParts = z.infer<typeof ConfidenceParts>

/** Spec 5, and beside it what is needed to judge the answer. */
export const ProspectResponse = z.object({
  persona: PersonaBase,
  answer: z.string(),
  /** When it was taken in, to the µs; later for whatever came later. */
  answered_at: Timestamp,
  confidence_score: share.nullable(),
  sentiment: AnswerSentiment,
  claims: z.array(Claim),
  /** The facts that the claims cite. */
  facts: z.array(Fact),
  confidence_parts: ConfidenceParts,
  /** Nobody was asked: a model, or a retrieval of what the person once said, answered in their place. */
  simulated: z.literal(true),
  model: z.string(),
  /** Put together from the person's own statements, without a language model. */
  composed_offline: z.boolean(),
})
export type ProspectResponse = z.infer<typeof ProspectResponse>

/** How far the panel's result can be trusted, measured on the panel itself. */
export const PanelQuality = z.object({
  /** Answers that count here: those of people who knew something to say. */
  n: z.int().nonnegative(),
  unknown: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  mean_confidence: share.nullable(),
  /** How much the answers differ: of their wording the mean distance of any two (0: all the same), of their sentiment the deviation. */
  spread: z.object({ wording: share, sentiment: z.number().min(0) }).nullable(),
  /** How many answers are nearly the same as another one. `alarm`: too many for people who differ. */
  near_identical: z.object({ count: z.int().nonnegative(), share, alarm: z.boolean() }),
  /** The distance between one person's own answers when asked again, beside that between people. */
  noise: z.object({ within_person: share, between_people: share, distinguishable: z.boolean() }).nullable(),
  /** Answers that go against the majority, in full. */
  dissent: z.array(
    z.object({
      lead_id: z.string(),
      full_name: z.string().nullable(),
      sentiment: AnswerSentiment,
      answer: z.string(),
    }),
  ),
  controls: z.object({
    asked: z.int().nonnegative(),
    right: z.int().nonnegative(),
    questions: z.array(
      z.object({ question: z.string(), asked: z.int().nonnegative(), right: z.int().nonnegative() }),
    ),
  }),
  /** `do-not-rely`: `reasons` says why. Nothing is ever better than `indicative`: nobody real was asked. */
  verdict: z.enum(['indicative', 'do-not-rely']),
  label: z.string(),
  reasons: z.array(z.string()),
})
export type PanelQuality = z.infer<typeof PanelQuality>

export const SummaryStyle = z.enum(['detailed', 'concise', 'bullet_points'])
export type SummaryStyle = z.infer<typeof SummaryStyle>

export const SessionSummary = z.object({
  summary_text: z.string(),
  key_insights: z.array(z.string()),
  /** How many answers of each sentiment. */
  sentiment_distribution: z.record(AnswerSentiment, z.int().nonnegative()),
  common_themes: z.array(z.string()),
  generated_at: Timestamp,
  /** The same insights and themes with whose answers they rest on. */
  evidence: z.object({
    insights: z.array(z.object({ text: z.string(), lead_ids: z.array(z.string()) })),
    themes: z.array(z.object({ theme: z.string(), lead_ids: z.array(z.string()) })),
  }),
  panel: PanelQuality,
  summary_style: SummaryStyle,
  focus_areas: z.array(z.string()),
  simulated: z.literal(true),
  model: z.string(),
  composed_offline: z.boolean(),
})
export type SessionSummary = z.infer<typeof SessionSummary>

/** Somebody whose answer failed for good. */
export const FailedProspect = z.object({
  lead_id: z.string(),
  full_name: z.string().nullable(),
  reason: z.enum(['model-refused', 'model-unavailable', 'prospect-gone', 'gave-up']),
})
export type FailedProspect = z.infer<typeof FailedProspect>

export const QuestionSession = z.object({
  session_id: z.string(),
  question: z.string(),
  image_url: z.string().nullable(),
  target_prospects: z.array(PersonaBase),
  status: SessionStatus,
  created_at: Timestamp,
  updated_at: Timestamp,
  completed_at: Timestamp.nullable(),
  /** In a list left empty: `total_responded` counts them, and the session's own page has them. */
  responses: z.array(ProspectResponse),
  summary: SessionSummary.nullable(),
  total_expected: z.int(),
  total_responded: z.int(),
  error_message: z.string().nullable(),
  created_by: z.string(),
  context: z.record(z.string(), z.unknown()),
  failed_prospects: z.array(FailedProspect),
  cancelled_at: Timestamp.nullable(),
  simulated: z.literal(true),
})
export type QuestionSession = z.infer<typeof QuestionSession>

export const SessionListQuery = z.object({
  status_filter: queryListOf(SessionStatus).exactOptional(),
  prospect_id: z.string().max(200).exactOptional(),
  date_from: Timestamp.exactOptional(),
  date_to: Timestamp.exactOptional(),
  search_query: z.string().trim().max(200).exactOptional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  page_size: z.coerce.number().int().min(1).max(100).default(20),
  sort_by: z.enum(['created_at', 'completed_at', 'status']).default('created_at'),
  sort_order: z.enum(['asc', 'desc']).default('desc'),
})
export type SessionListQuery = z.output<typeof SessionListQuery>

export const SessionListResponse = z.object({
  sessions: z.array(QuestionSession),
  total_count: z.int().nonnegative(),
  page: z.int(),
  page_size: z.int(),
  total_pages: z.int().nonnegative(),
  /** Of the whole company, whatever was filtered for. */
  active_sessions_count: z.int().nonnegative(),
  completed_sessions_count: z.int().nonnegative(),
  /** Older sessions than those looked at may fit as well; dates reach them. */
  is_partial: z.boolean(),
})
export type SessionListResponse = z.infer<typeof SessionListResponse>

export const ResponsesQuery = z.object({ since_timestamp: Timestamp.exactOptional() })

export const ResponsesListResponse = z.object({
  session_id: z.string(),
  responses: z.array(ProspectResponse),
  total_responded: z.int(),
  total_expected: z.int(),
  /** Nothing more will come: all have answered or failed and the summary is there, or the session has failed. */
  is_complete: z.boolean(),
  summary: SessionSummary.nullable(),
  simulated: z.literal(true),
})
export type ResponsesListResponse = z.infer<typeof ResponsesListResponse>

export const CancelSessionResponse = z.object({
  session_id: z.string(),
  status: SessionStatus,
  message: z.string(),
  cancelled_at: Timestamp,
})
export type CancelSessionResponse = z.infer<typeof CancelSessionResponse>

export const RegenerateSummaryRequest = z.object({
  focus_areas: z.array(z.string().trim().min(1).max(100)).max(10).nullish(),
  summary_style: SummaryStyle.default('concise'),
})
export type RegenerateSummaryRequest = z.output<typeof RegenerateSummaryRequest>

/** `seconds_left` from this session's own pace; null before the first answer. */
export const Progress = z.object({
  responded: z.int(),
  total: z.int(),
  failed: z.int(),
  seconds_left: z.int().nullable(),
})
export type Progress = z.infer<typeof Progress>

const notification = {
  session_id: z.string(),
  timestamp: Timestamp,
  data: z.record(z.string(), z.unknown()).exactOptional(),
  progress: Progress,
  simulated: z.literal(true),
}

/** Spec 5 `ResponseUpdateNotification`: the events of the stream and of the socket, by name. */
export const SessionEvents = {
  response_received: z.object({
    event_type: z.literal('response_received'),
    ...notification,
    new_response: ProspectResponse,
  }),
  session_completed: z.object({
    event_type: z.literal('session_completed'),
    ...notification,
    summary: SessionSummary,
  }),
  session_failed: z.object({ event_type: z.literal('session_failed'), ...notification }),
}

/** Errors of `/api/v1/qa/*` (spec 5 `APIError`). */
export const QaErrorCode = z.enum([
  'INVALID_PROSPECT_IDS',
  'SESSION_NOT_FOUND',
  'QUOTA_EXCEEDED',
  'PROCESSING_ERROR',
  'INVALID_REQUEST',
  'INVALID_IMAGE',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PROSPECT_NOT_FOUND',
  'IMAGE_NOT_FOUND',
  'SESSION_NOT_ACTIVE',
  'SESSION_NOT_COMPLETED',
  'METHOD_NOT_ALLOWED',
  'TOO_LARGE',
  'TOO_MANY_REQUESTS',
  'UNAVAILABLE',
])
export type QaErrorCode = z.infer<typeof QaErrorCode>

export const APIError = z.object({
  error_code: QaErrorCode,
  message: z.string(),
  details: z.record(z.string(), z.unknown()).nullable(),
  timestamp: Timestamp,
})
export type APIError = z.infer<typeof APIError>
