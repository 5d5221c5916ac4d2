import { z } from 'zod'
import { Urgency } from '../calls/schema.ts'
import { Id, Timestamp } from '../platform/schema.ts'

/**
 * - `silence`: the worker was asked whether they are OK and has not answered.
 * - `holder-lost`: who held the call has vanished.
 * - `duress`: the worker has given their duress word. Nobody beside them may notice that it was understood.
 * - `unassigned`: a critical call has waited for too long for somebody to take it over.
 */
export const AlarmKind = z.enum(['silence', 'holder-lost', 'duress', 'unassigned'])
export type AlarmKind = z.infer<typeof AlarmKind>

/** `raised` ones repeat until somebody acknowledges them; `acknowledged` ones stay open until they get a verdict. */
export const AlarmState = z.enum(['raised', 'acknowledged', 'closed'])
export type AlarmState = z.infer<typeof AlarmState>

export const Verdict = z.enum(['worker-safe', 'help-sent', 'false-alarm', 'drill', 'other'])
export type Verdict = z.infer<typeof Verdict>

/** `holder`: for who holds the call and their manager; `company`: for every admin of the company. */
export const AlarmAudience = z.enum(['holder', 'company'])

/** How loud an alarm can get; each step is one escalation. */
export const MAX_ALARM_LEVEL = 3

/** What happened to an alarm; `by` is an admin, and absent where the server did it. */
const HistoryEntry = z.object({
  what: z.enum(['raised', 'escalated', 'holder-changed', 'worker-heard', 'acknowledged', 'closed']),
  at: z.number(),
  by: Id.exactOptional(),
})

const ActRecord = z.object({ by: Id, name: z.string(), at: z.number() })
const VerdictRecord = ActRecord.extend({ verdict: Verdict, note: z.string() })

/** Firestore `alarms/{alarm_id}` as stored. Times are ms since 1970. It outlives the call that it is about. */
export const AlarmRecord = z.object({
  company_id: Id,
  call_id: Id,
  conversation_id: Id,
  worker_id: Id,
  worker_name: z.string(),
  kind: AlarmKind,
  urgency: Urgency,
  /** Who held the call when the watch last looked. */
  holder_id: Id.nullable(),
  audience: AlarmAudience,
  level: z.int().min(1).max(MAX_ALARM_LEVEL),
  state: AlarmState,
  is_open: z.boolean(),
  raised_at: z.number(),
  escalated_at: z.number(),
  /** When the worker was last heard of before the alarm, and first after it. */
  silent_since: z.number().exactOptional(),
  heard_at: z.number().exactOptional(),
  /** When the worker's device was last heard of; says nothing about the worker. */
  last_contact_at: z.number().exactOptional(),
  acknowledged: ActRecord.nullable(),
  verdict: VerdictRecord.nullable(),
  history: z.array(HistoryEntry),
})
export type AlarmRecord = z.infer<typeof AlarmRecord>

/** An alarm as the API shows it. */
export const Alarm = AlarmRecord.omit({ is_open: true }).extend({
  alarm_id: Id,
  raised_at: Timestamp,
  escalated_at: Timestamp,
  silent_since: Timestamp.exactOptional(),
  heard_at: Timestamp.exactOptional(),
  last_contact_at: Timestamp.exactOptional(),
  acknowledged: ActRecord.extend({ at: Timestamp }).nullable(),
  verdict: VerdictRecord.extend({ at: Timestamp }).nullable(),
  history: z.array(HistoryEntry.extend({ at: Timestamp })),
})
export type Alarm = z.infer<typeof Alarm>

/** Filters of `GET /api/alarms`; all of them have to fit. */
export const AlarmsQuery = z.object({
  open: z.enum(['true', 'false']).optional(),
  kind: AlarmKind.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(300).optional(),
})
export type AlarmsQuery = z.infer<typeof AlarmsQuery>

/** Latest first. `next_cursor` leads to the earlier ones; null when there are none. */
export const AlarmsReply = z.object({
  success: z.literal(true),
  alarms: z.array(Alarm),
  next_cursor: z.string().nullable(),
})

export const AlarmReply = z.object({ success: z.literal(true), alarm: Alarm })
export const AcknowledgeBody = z.object({})
export const VerdictBody = z
  .object({ verdict: Verdict, note: z.string().trim().max(1_000).default('') })
  .refine(({ verdict, note }) => verdict !== 'other' || note !== '', {
    path: ['note'],
    message: 'has to say what it was',
  })
export type VerdictBody = z.infer<typeof VerdictBody>

/** Events of `GET /api/alarms/stream`, besides those of every stream. */
export const AlarmsEvents = {
  /** Every open alarm that the caller may see. */
  initial: z.object({ alarms: z.array(Alarm) }),
  alarm_raised: Alarm,
  alarm_changed: Alarm,
  /** It has got its verdict, or is no longer theirs to see. */
  alarm_removed: z.object({ alarm_id: Id }),
}

/** What is derived from a duress word (`duress-proof.ts`): 32 bytes in hex. The word itself never leaves the phone. */
export const DuressProof = z.string().regex(/^[0-9a-f]{64}$/, 'must be 32 bytes in hex')
export const DuressWordBody = z.object({ proof: DuressProof })
export const DuressWordReply = z.object({ success: z.literal(true) })

/** Firestore `duress_words/{worker_id}` as stored: a digest of the proof. */
export const DuressRecord = z.object({ digest: z.string(), set_at: z.number() })
