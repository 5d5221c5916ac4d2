import { z } from 'zod'
import { CallStatus, Medium, MessageRole, Urgency } from '../calls/schema.ts'
import { Attachment, OutgoingAttachment } from '../media/schema.ts'
import { Id, Timestamp } from '../platform/schema.ts'
import { Summary } from '../summaries/schema.ts'

/** Characters (UTF-16 code units, as the database's rules count them) that one message may hold. */
export const MESSAGE_MAX_LENGTH = 4_000

/**
 * `active_conversations/{id}/messages/{message_id}` as stored (DESIGN 2). `received_at` is the server's own
 * time in ms and decides the order; `timestamp` is what the device said.
 */
export const MessageRecord = z.object({
  role: MessageRole,
  content: z.string(),
  timestamp: Timestamp,
  received_at: z.number().exactOptional(),
  sender_id: Id.exactOptional(),
  sources: z.string().default(''),
  /** The takeover under which an admin said it. */
  lease: z.int().nonnegative().exactOptional(),
  /** An image, a recording or a place; what cannot be read is left out, never the message with its words. */
  attachment: Attachment.optional().catch(undefined),
})
export type MessageRecord = z.infer<typeof MessageRecord>

/** A message as spec 1 shows it, with who sent it and when the server had it (ISO 8601, UTC) added. */
export const Message = z.object({
  message_id: Id,
  role: MessageRole,
  content: z.string(),
  timestamp: Timestamp,
  sources: z.string(),
  sender_id: Id.nullable(),
  received_at: Timestamp,
  attachment: Attachment.exactOptional(),
})
export type Message = z.infer<typeof Message>

/** Spec 1, `GetConversationResponse.conversation`. */
export const Conversation = z.object({
  conversation_id: Id,
  call_id: Id,
  worker_id: Id,
  mobile_no: z.string(),
  urgency: Urgency,
  status: CallStatus,
  medium: Medium,
  timestamp: Timestamp,
  messages: z.array(Message),
  total_messages: z.int().nonnegative(),
  admin_id: Id.nullable(),
})
export type Conversation = z.infer<typeof Conversation>

export const GetConversationResponse = z.object({ success: z.literal(true), conversation: Conversation })
export type GetConversationResponse = z.infer<typeof GetConversationResponse>

/** Words to be sent: not only blanks, and no half characters, which the database would not give back as they were. */
const Content = z
  .string()
  .min(1)
  .max(MESSAGE_MAX_LENGTH)
  .refine((text) => text.trim() !== '', 'must not be blank')
  .refine((text) => text.isWellFormed(), 'holds half a character')

/** When the sender's device says that it was written, as the database's rules take it. */
const SentAt = Timestamp.max(40).regex(/T\d{2}:\d{2}:\d{2}/, 'has to name the second')

/** The sender's own name for a message, unique among those that they send in a conversation. */
export const MessageKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, 'may hold printable ASCII without blanks only')

/** `POST /api/conversation/{id}/messages`. `message_id` stands for the header `Idempotency-Key`. */
export const PostMessageBody = z.object({
  content: Content,
  timestamp: SentAt.exactOptional(),
  message_id: MessageKey.exactOptional(),
  /** The `takeover` number under which the sender holds the call; an old one is refused. */
  lease: z.int().nonnegative().exactOptional(),
  /** Media that the sender has uploaded for this conversation, by its `media_id`; or a place. */
  attachment: OutgoingAttachment.exactOptional(),
})
export type PostMessageBody = z.infer<typeof PostMessageBody>

export const PostMessageReply = z.object({ success: z.literal(true), message: Message })

/**
 * `active_conversations/{id}/check` as stored: the worker is asked once whether they are OK. `answer.proof` is what is
 * derived from a word that they typed (`alarms/duress-proof.ts`). Times are server time, ms since 1970.
 */
export const CheckRecord = z.object({
  id: Id,
  asked_at: z.number(),
  answer_by: z.number(),
  answer: z.object({ check_id: Id, at: z.number(), proof: z.string().exactOptional() }).exactOptional(),
})
export type CheckRecord = z.infer<typeof CheckRecord>

/** `active_conversations/{id}/seen/{uid}` and `team_seen/{id}/{uid}` as stored; times are server time, ms since 1970. */
export const SeenRecord = z.object({ message_id: Id, received_at: z.number(), seen_at: z.number() })
export type SeenRecord = z.infer<typeof SeenRecord>

/**
 * The last message that somebody has seen. `worker` and `admin` (who held the call) see each other's marks; that of a
 * `watcher` is for the team only.
 */
export const SeenMark = z.object({
  uid: Id,
  side: z.enum(['worker', 'admin', 'watcher']),
  message_id: Id,
  seen_at: Timestamp,
})
export type SeenMark = z.infer<typeof SeenMark>

/** `POST /api/conversation/{id}/seen`. */
export const SeenBody = z.object({ message_id: Id })
export const SeenReply = z.object({ success: z.literal(true), seen: SeenMark })

/** `POST /api/conversation/{id}/typing`. Said again every few seconds for as long as it lasts. */
export const TypingBody = z.object({ typing: z.boolean(), lease: z.int().nonnegative().exactOptional() })
export const TypingReply = z.object({ success: z.literal(true), typing: z.boolean() })

/** For how long one word of typing holds, ms. */
export const TYPING_LASTS_MS = 6_000

/**
 * Why a call is as urgent as it is: by the words of a message, of which `cues` speak of it (as a
 * language model judged, where `model` names one); by a person, with their reason;
 * or because the worker has given their duress word.
 */
export const UrgencyCause = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('words'),
    message_id: Id,
    cues: z.array(z.string()),
    model: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('person'), by: Id, reason: z.string() }),
  z.object({ kind: z.literal('duress') }),
])
export type UrgencyCause = z.infer<typeof UrgencyCause>

/** Changes of the call behind an open conversation; an addition to spec 1's events. */
export const CallState = Conversation.pick({
  conversation_id: true,
  call_id: true,
  urgency: true,
  status: true,
  admin_id: true,
}).extend({
  /** Absent while the call is as urgent as its worker began it. */
  urgency_cause: UrgencyCause.exactOptional(),
})

/** Events of `GET /api/conversation/{id}/stream` (spec 1), besides those of every stream. */
export const ConversationEvents = {
  initial: Conversation,
  new_messages: z.object({
    conversation_id: Id,
    messages: z.array(Message),
    total_messages: z.int().nonnegative(),
  }),
  call_changed: CallState,
  /** New marks; a stream begins with all there are. */
  seen: z.object({ conversation_id: Id, marks: z.array(SeenMark) }),
  /** `typing: true` holds for `expires_in_ms` and no longer, unless it is said again. */
  typing: z.object({
    conversation_id: Id,
    uid: Id,
    side: z.enum(['worker', 'admin']),
    typing: z.boolean(),
    expires_in_ms: z.int().nonnegative(),
  }),
  /** When somebody's device was last heard of, and how long ago that was as this was sent. Never "online". */
  presence: z.object({
    conversation_id: Id,
    uid: Id,
    last_contact_at: Timestamp,
    age_ms: z.int().nonnegative(),
  }),
  /** The summary that is current now; a stream begins with it where there is one. */
  summary: Summary,
  /** The worker is asked whether they are OK, or has answered; null: the question is settled. */
  check: z.object({
    conversation_id: Id,
    check: z
      .object({ check_id: Id, asked_at: Timestamp, answer_by: Timestamp, answered_at: Timestamp.nullable() })
      .nullable(),
  }),
  ended: z.object({ message: z.string(), conversation_id: Id }),
}
