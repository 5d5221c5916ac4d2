import { z } from 'zod'
import { Timestamp } from '../platform/schema.ts'
import { PersonaBase, queryListOf } from '../prospects/schema.ts'
import { FailedProspect, ProspectResponse } from './answer-schema.ts'
import { SessionSummary } from './summary-schema.ts'

export const SessionStatus = z.enum(['pending', 'in_progress', 'completed', 'failed'])
export type SessionStatus = z.infer<typeof SessionStatus>

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
