import { z } from 'zod'
import { Timestamp } from '../platform/schema.ts'
import { Fact, PersonaBase } from '../prospects/schema.ts'

/** Where an answer stands towards what was asked. `unknown`: the person says that they do not know. */
export const AnswerSentiment = z.enum(['positive', 'neutral', 'negative', 'unknown'])
export type AnswerSentiment = z.infer<typeof AnswerSentiment>

/** From 0 to 1. */
export const share = z.number().min(0).max(1)

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

/** Somebody whose answer failed for good. */
export const FailedProspect = z.object({
  lead_id: z.string(),
  full_name: z.string().nullable(),
  reason: z.enum(['model-refused', 'model-unavailable', 'prospect-gone', 'gave-up']),
})
export type FailedProspect = z.infer<typeof FailedProspect>
