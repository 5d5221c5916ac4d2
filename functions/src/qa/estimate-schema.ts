import { z } from 'zod'
import { Timestamp } from '../platform/schema.ts'
import { MAX_CONTROL_QUESTIONS, MAX_PROSPECTS } from './question-schema.ts'

export const EstimateQuery = z.object({
  prospects: z.coerce.number().int().min(1).max(MAX_PROSPECTS),
  control_questions: z.coerce.number().int().min(0).max(MAX_CONTROL_QUESTIONS).default(0),
})
export type EstimateQuery = z.output<typeof EstimateQuery>

const allowance = z.object({ left: z.int().nonnegative(), limit: z.int().nonnegative() })

/** What a question would take before it is put. Nothing is kept or counted by looking. */
export const QuestionEstimate = z.object({
  estimated_completion_time: z.int(),
  /** What the time was measured on: completed sessions of the company, of so few to so many people; null: it is assumed. */
  measured_on: z.object({ sessions: z.int(), fewest_prospects: z.int(), most_prospects: z.int() }).nullable(),
  /** People of sessions that are running, who may come first. */
  prospects_ahead: z.int().nonnegative(),
  /** The language model that will be asked; null: none is set up, and answers are put together offline. */
  model: z.string().nullable(),
  /** How often it will be asked, when nothing has to be asked again; 0 without one. */
  model_calls: z.int().nonnegative(),
  /** Of today, for the caller and for their company. */
  questions: allowance,
  answers: allowance,
  resets_at: Timestamp,
})
export type QuestionEstimate = z.infer<typeof QuestionEstimate>
