import { z } from 'zod'
import { Urgency } from '../calls/schema.ts'
import { Id, Timestamp } from '../platform/schema.ts'

export const TimelineKind = z.enum([
  'started',
  'taken-over',
  'released',
  'holder-lost',
  'transfer-offered',
  'transfer-dropped',
  'transfer-lapsed',
  'urgency-changed',
  'urgency-raised',
  'ended',
])
export type TimelineKind = z.infer<typeof TimelineKind>

const facts = {
  kind: TimelineKind,
  /** Who did it; absent when the server did. */
  by: Id.exactOptional(),
  /** Who held the call before, or lost it. */
  from: Id.exactOptional(),
  /** To whom it was offered. */
  to: Id.exactOptional(),
  /** The lease that began, or ended. */
  takeover: z.int().nonnegative().exactOptional(),
  urgency: Urgency.exactOptional(),
  urgency_before: Urgency.exactOptional(),
  /** What raised the urgency without a person: the worker's words, by themselves or as a model judged, or their duress word. */
  cause: z.enum(['words', 'model', 'duress']).exactOptional(),
  /** The worker's message that raised the urgency. */
  message_id: Id.exactOptional(),
  reason: z.string().max(1_000).exactOptional(),
}

/** `active_calls/{call_id}/timeline/{key}` as stored; keys are in order. `at`: server time, ms since 1970. */
export const TimelineRecord = z.object({ ...facts, at: z.number() })
export type TimelineRecord = z.infer<typeof TimelineRecord>

/** Something that happened to a call, as the API shows it; `by`, `from` and `to` are ids of `people`. */
export const TimelineEvent = z.object({ ...facts, at: Timestamp })
export type TimelineEvent = z.infer<typeof TimelineEvent>

/** `GET /api/conversation/{conversation_id}/timeline`; earliest first. `people`: names by id. */
export const TimelineReply = z.object({
  success: z.literal(true),
  timeline: z.array(TimelineEvent),
  people: z.record(z.string(), z.string()),
})
export type TimelineReply = z.infer<typeof TimelineReply>
