import { z } from 'zod'
import { Id, Timestamp } from '../platform/schema.ts'

/** A conversation has so many insights at most, so that they stay within one document. */
export const MAX_INSIGHTS = 200

/** Spec 4, `LiveInsight`. `evidence`: the messages of the conversation that show it. */
export const LiveInsight = z.strictObject({
  insight: z.string().trim().min(1).max(1_000),
  type: z.string().trim().min(1).max(60).exactOptional(),
  /** From 0 to 1. */
  confidence: z.number().min(0).max(1).exactOptional(),
  evidence: z.array(Id).max(10).exactOptional(),
})
export type LiveInsight = z.infer<typeof LiveInsight>

/** Spec 4, `LiveInsightsResponse`: all insights of a conversation, in the order in which they were added. */
export const LiveInsightsResponse = z.object({
  conversation_id: Id,
  insights: z.array(LiveInsight),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type LiveInsightsResponse = z.infer<typeof LiveInsightsResponse>

/** `live_insights/{conversation_id}` as stored; times are ms since 1970. */
export const StoredInsights = z.object({
  conversation_id: Id,
  insights: z.array(LiveInsight),
  created_at: z.number(),
  updated_at: z.number(),
})
export type StoredInsights = z.infer<typeof StoredInsights>
