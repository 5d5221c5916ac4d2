import { z } from 'zod'
import { CallStatus, Medium, Urgency } from '../calls/schema.ts'
import { Message, SeenMark } from '../conversations/schema.ts'
import { Id, Timestamp } from '../platform/schema.ts'
import { TimelineEvent } from '../timeline/schema.ts'

export const ExportFormat = z.enum(['json', 'pdf'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** `GET /api/conversation/{conversation_id}/export`. */
export const ExportQuery = z.object({ format: ExportFormat.default('json') })

const Digest = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * A conversation as it is handed on. Times are ISO 8601: `timestamp` is when the device says that something was written,
 * with the device's offset; everything else is the server's clock, in UTC.
 */
export const ConversationExport = z.object({
  format: z.literal('lifeline-conversation-export'),
  version: z.literal(1),
  conversation: z.object({
    conversation_id: Id,
    call_id: Id,
    company_id: Id,
    worker_id: Id,
    mobile_no: z.string(),
    admin_id: Id.nullable(),
    takeover: z.int().nonnegative(),
    urgency: Urgency,
    status: CallStatus,
    medium: Medium,
    timestamp: Timestamp,
    started_at: Timestamp.nullable(),
    ended_at: Timestamp.nullable(),
    ended_by: Id.nullable(),
    end_reason: z.string().nullable(),
    archived_at: Timestamp.nullable(),
  }),
  /** Names by the ids that stand elsewhere. */
  people: z.record(z.string(), z.string()),
  /** In the order in which the server received them. */
  messages: z.array(Message),
  /** How far each has read, and when they did. */
  deliveries: z.array(SeenMark),
  timeline: z.array(TimelineEvent),
  /** Of what messages carry: SHA-256 over the bytes; null when they are there no more. */
  attachments: z.array(z.object({ media_id: Id, message_id: Id, sha256: Digest.nullable() })),
  exported: z.object({ at: Timestamp, by: Id, name: z.string() }),
  digest: z.object({
    algorithm: z.literal('SHA-256'),
    canonicalization: z.literal('RFC 8785'),
    /** Over the canonical form of everything but `digest`. */
    whole: Digest,
    /** Over the same without `exported`: it stays for as long as the conversation does. */
    content: Digest,
  }),
})
export type ConversationExport = z.infer<typeof ConversationExport>

/** What `digest` is taken over. */
export type ExportedContent = Omit<ConversationExport, 'digest'>
