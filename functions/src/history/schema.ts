import { z } from 'zod'
import { CallStatus, Urgency } from '../calls/schema.ts'
import { Id, Timestamp } from '../platform/schema.ts'

/** Spec 3, `CallTypes`. */
export const CallTypes = z.enum(['emergency', 'chat', 'inbound', 'outbound'])
export type CallTypes = z.infer<typeof CallTypes>

const text = (length: number) => z.string().trim().min(1).max(length)

/** Spec 3, `Persona`: whom the agent speaks as, or to. */
export const Persona = z.strictObject({
  name: text(100),
  role: text(100).exactOptional(),
  description: text(2_000).exactOptional(),
  traits: z.array(text(100)).max(20).exactOptional(),
})

/** Spec 3, `ProfileInfo`: what is known about the other side. */
export const ProfileInfo = z.strictObject({
  name: text(200).exactOptional(),
  email: z.email().max(254).exactOptional(),
  phone: text(40).exactOptional(),
  company: text(200).exactOptional(),
  notes: text(2_000).exactOptional(),
})

const Participant = z.strictObject({
  name: text(200),
  id: Id.exactOptional(),
  role: text(100).exactOptional(),
})

const Metadata = z
  .record(z.string().min(1).max(100), z.union([z.string().max(1_000), z.number(), z.boolean(), z.null()]))
  .refine((metadata) => Object.keys(metadata).length <= 50, 'may hold 50 entries at most')

/** Spec 3, `Conversation`: what a caller says about a conversation. Only its type has to be said. */
export const ConversationBody = z.strictObject({
  call_type: CallTypes,
  title: text(200).exactOptional(),
  /** Whose conversation it is; the caller's where it is left out. */
  agent_id: Id.exactOptional(),
  persona: Persona.exactOptional(),
  profile: ProfileInfo.exactOptional(),
  participants: z.array(Participant).max(50).exactOptional(),
  started_at: Timestamp.exactOptional(),
  /** Makes it an ended one. */
  ended_at: Timestamp.exactOptional(),
  metadata: Metadata.exactOptional(),
})
export type ConversationBody = z.infer<typeof ConversationBody>

/**
 * Spec 3, `ConversationsResponse`: what was said, echoed, with the server's own fields. Times are ISO 8601 in UTC.
 * An emergency call also has those of its call.
 */
export const ConversationsResponse = ConversationBody.extend({
  id: Id,
  company_id: Id,
  agent_id: Id.nullable(),
  agent_name: z.string().nullable(),
  status: CallStatus,
  started_at: Timestamp.nullable(),
  ended_at: Timestamp.nullable(),
  /** Null for conversations that were not made through this API. */
  created_at: Timestamp.nullable(),
  created_by: Id.nullable(),
  updated_at: Timestamp.nullable(),
  call_id: Id.exactOptional(),
  worker_id: Id.exactOptional(),
  worker_name: z.string().exactOptional(),
  mobile_no: z.string().exactOptional(),
  urgency: Urgency.exactOptional(),
  medium: z.string().exactOptional(),
  /** Of a chat (spec 2): the id under which it was stored. `GET /chats/` takes it as it takes `id`. */
  chat_id: Id.exactOptional(),
  /** Of a chat: everybody who wrote in it. */
  participants: z.array(Participant).exactOptional(),
  /** Of a chat all its messages, of others those in the archive. */
  total_messages: z.int().nonnegative().exactOptional(),
})
export type ConversationsResponse = z.infer<typeof ConversationsResponse>

/** Spec 3, `PageParams`. */
export const PageParams = z.object({
  totalItems: z.int().nonnegative(),
  totalPages: z.int().nonnegative(),
  page: z.int().positive(),
  size: z.int().positive(),
})

/** Spec 3, `ConversationsListResponse`; the latest started first. */
export const ConversationsListResponse = z.object({
  conversations: z.array(ConversationsResponse),
  pagination: PageParams,
})
export type ConversationsListResponse = z.infer<typeof ConversationsListResponse>

/** How far pages reach: beyond it narrow by time. */
export const MAX_LISTED = 10_000

/** `GET /conversations/user`. All from `worker_id` on is an addition to spec 3 and narrows further. */
export const ConversationsQuery = z
  .object({
    call_type: CallTypes,
    page: z.coerce.number().int().min(1).default(1),
    size: z.coerce.number().int().min(1).max(100).default(20),
    agent_id: Id.optional(),
    worker_id: Id.optional(),
    urgency: Urgency.optional(),
    status: CallStatus.optional(),
    /** When it started: from (inclusive) to (exclusive). */
    from: Timestamp.optional(),
    to: Timestamp.optional(),
    /** Also those of the company that nobody holds, or held: chats, which belong to everybody who works for it, are. */
    unassigned: z.enum(['true', 'false']).default('false'),
  })
  .refine(({ page, size }) => page * size <= MAX_LISTED, {
    path: ['page'],
    message: `reaches further than ${MAX_LISTED} conversations; narrow by time`,
  })
export type ConversationsQuery = z.infer<typeof ConversationsQuery>

/** Errors of specs 3 and 4: "a status code and a descriptive message". */
export const StatusErrorBody = z.object({ status_code: z.int(), message: z.string() })

/** What spec 3 and 4 answer when something was deleted. */
export const DeletedReply = z.object({ message: z.literal('success') })
