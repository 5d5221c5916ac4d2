import { z } from 'zod'
import { Id, Timestamp } from '../platform/schema.ts'

export const Urgency = z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'])
export type Urgency = z.infer<typeof Urgency>

export const CallStatus = z.enum(['ACTIVE', 'ENDED'])
export type CallStatus = z.infer<typeof CallStatus>

/** `Voice` and `Text` are what our clients write; other devices name their own. */
export const Medium = z.string().min(1).max(40)

/** An offer to hand a call over; it stands until it is accepted, declined or withdrawn, or has lapsed. */
export const TransferRecord = z.object({ to: Id, by: Id, at: z.number(), lapses_at: z.number() })

/** How a call last lost its holder without another taking it: by somebody's act, or because the holder vanished. */
export const ReleaseRecord = z.object({
  from: Id,
  /** The lease that ended. */
  takeover: z.int().nonnegative(),
  reason: z.enum(['released', 'holder-lost']),
  at: z.number(),
  /** Who did it; absent when the server did. */
  by: Id.exactOptional(),
  /** When the conversation was told (`holder-lost` only). */
  told_at: z.number().exactOptional(),
})

/** `active_calls/{call_id}` as stored (DESIGN 2). Times ending in `_at` are server time, ms since 1970. */
export const CallRecord = z.object({
  conversation_id: Id,
  worker_id: Id,
  company_id: Id.exactOptional(),
  mobile_no: z.string().max(40).default(''),
  admin_id: Id.nullable().default(null),
  /** The lease number: rises by one at each takeover, so that an old holder's late writes can be refused. */
  takeover: z.int().nonnegative().default(0),
  urgency: Urgency,
  status: CallStatus,
  medium: Medium,
  timestamp: Timestamp,
  started_at: z.number().exactOptional(),
  last_message_at: z.number().exactOptional(),
  /** When the one who took it over did so, and when they were last known to be there. */
  taken_over_at: z.number().exactOptional(),
  holder_seen_at: z.number().exactOptional(),
  transfer: TransferRecord.exactOptional(),
  released: ReleaseRecord.exactOptional(),
  /** Who last changed the urgency, from what, and why. */
  urgency_changed: z.object({ from: Urgency, by: Id, at: z.number(), reason: z.string() }).exactOptional(),
  ended_at: z.number().exactOptional(),
  /** An admin or, for a call that its worker ended, the worker. */
  ended_by: Id.exactOptional(),
  end_reason: z.string().exactOptional(),
})
export type CallRecord = z.infer<typeof CallRecord>

/** A call as the API shows it. `started_at` and `last_message_at` are ISO 8601 in UTC, by the server's clock. */
export const Call = z.object({
  call_id: Id,
  conversation_id: Id,
  worker_id: Id,
  worker_name: z.string(),
  mobile_no: z.string(),
  company_id: Id,
  admin_id: Id.nullable(),
  takeover: z.int().nonnegative(),
  urgency: Urgency,
  status: CallStatus,
  medium: Medium,
  timestamp: Timestamp,
  started_at: Timestamp,
  last_message_at: Timestamp.nullable(),
})
export type Call = z.infer<typeof Call>

/** Most urgent first; within one urgency the longest-waiting first. */
export const CallsReply = z.object({
  success: z.literal(true),
  calls: z.array(Call),
  total: z.int().nonnegative(),
})

/** Events of `GET /api/calls/stream`, besides those of every stream (`heartbeat`, `reconnect`, `error`). */
export const CallsEvents = {
  initial: z.object({ calls: z.array(Call) }),
  call_added: Call,
  call_changed: Call,
  call_removed: z.object({ call_id: Id, conversation_id: Id }),
}

/** Filters of `GET /api/calls`; `mine`: held by the caller, `unassigned`: held by nobody. */
export const CallsQuery = z.object({
  urgency: Urgency.optional(),
  mine: z.enum(['true', 'false']).optional(),
  unassigned: z.enum(['true', 'false']).optional(),
})
export type CallsQuery = z.infer<typeof CallsQuery>
