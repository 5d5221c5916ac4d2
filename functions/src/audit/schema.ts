import { z } from 'zod'
import { Role } from '../auth/schema.ts'
import { Id, Timestamp } from '../platform/schema.ts'

/** What was done, or tried, with a conversation, a call or what belongs to them. A new kind of access adds its word. */
export const AuditAction = z.enum([
  'conversation.read',
  'conversation.stream',
  'conversation.subscribe',
  'conversation.timeline',
  'conversation.search',
  'conversation.list',
  'conversation.export',
  'conversation.summary',
  'conversation.insights',
  'conversation.create',
  'conversation.change',
  'conversation.delete',
  'insights.change',
  'conversation.seen',
  'conversation.typing',
  'media.read',
  'media.upload',
  'message.send',
  'call.take-over',
  'call.release',
  'call.end',
  'call.set-urgency',
  'call.raise-urgency',
  'call.lose-holder',
  'call.transfer',
  'call.accept-transfer',
  'call.decline-transfer',
  'call.lapse-transfer',
  'alarm.read',
  'alarm.raise',
  'alarm.acknowledge',
  'alarm.close',
  'procedure.change',
  'audit.read',
])
export type AuditAction = z.infer<typeof AuditAction>

/** `allowed`: something was shown. `done`: something was changed. `denied`: neither. */
export const AuditOutcome = z.enum(['allowed', 'done', 'denied'])
export type AuditOutcome = z.infer<typeof AuditOutcome>

/** Who did it: `system` is the server itself. */
export const AuditActor = z.object({ uid: Id, role: z.enum([...Role.options, 'system']) })
export type AuditActor = z.infer<typeof AuditActor>

/** What else is told: ids and numbers, never anybody's words. */
const Details = z.record(z.string().max(40), z.union([z.string().max(200), z.number(), z.boolean()]))

/**
 * `audit_log/{id}` as stored. `writer`, `sequence` and `previous` chain what one process has written: `digest` is taken
 * over the entry without itself, and `previous` is the digest of the same writer's entry before.
 */
export const AuditRecord = z.object({
  id: z.string(),
  /** ms since 1970. */
  at: z.number(),
  actor: AuditActor,
  action: AuditAction,
  outcome: AuditOutcome,
  /** Why it was denied. */
  reason: z.string().nullable(),
  /** Whose log it stands in: the conversation's company or, for what was denied to strangers, the caller's own. */
  company_id: Id,
  conversation_id: Id.nullable(),
  call_id: Id.nullable(),
  request_id: z.string().nullable(),
  details: Details,
  writer: z.string(),
  sequence: z.int().positive(),
  previous: z.string().nullable(),
  digest: z.string(),
})
export type AuditRecord = z.infer<typeof AuditRecord>

/** An entry as the API shows it. */
export const AuditEntry = AuditRecord.extend({
  at: Timestamp,
  actor: AuditActor.extend({ name: z.string() }),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** Filters of `GET /api/audit`; all of them have to fit. */
export const AuditQuery = z.object({
  conversation_id: Id.optional(),
  actor: Id.optional(),
  action: AuditAction.optional(),
  /** From this moment on, and before that one. */
  from: Timestamp.optional(),
  to: Timestamp.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})
export type AuditQuery = z.infer<typeof AuditQuery>

/** Latest first. `next_cursor` leads to what came before; null at the beginning of the log. */
export const AuditReply = z.object({
  success: z.literal(true),
  entries: z.array(AuditEntry),
  next_cursor: z.string().nullable(),
})
export type AuditReply = z.infer<typeof AuditReply>
