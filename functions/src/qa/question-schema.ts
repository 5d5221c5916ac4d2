import { z } from 'zod'
import { Timestamp } from '../platform/schema.ts'
import { SessionStatus } from './session-schema.ts'

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
