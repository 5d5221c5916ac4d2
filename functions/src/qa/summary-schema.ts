import { z } from 'zod'
import { Timestamp } from '../platform/schema.ts'
import { AnswerSentiment, share } from './answer-schema.ts'

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

export const RegenerateSummaryRequest = z.object({
  focus_areas: z.array(z.string().trim().min(1).max(100)).max(10).nullish(),
  summary_style: SummaryStyle.default('concise'),
})
export type RegenerateSummaryRequest = z.output<typeof RegenerateSummaryRequest>
