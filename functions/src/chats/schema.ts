import { z } from 'zod'
import { Id } from '../platform/schema.ts'

/** Messages that one `POST /chats` may bring. */
export const CHAT_BATCH_MAX = 500
/** Characters (UTF-16 code units) of one message. */
export const CHAT_CONTENT_MAX = 10_000
/** Characters of a message's metadata as JSON, and how deep it may be nested. */
export const CHAT_METADATA_MAX = 8_192
export const CHAT_METADATA_DEPTH = 20

/** Is this the key under which a chat is stored and listed? No call's conversation has such an id (the rules refuse it). */
export const isChatKey = (id: string): boolean => /^chat_[A-Za-z0-9_-]{32}$/.test(id)

/** The id of the message at this place, from 0. Ids sort as their messages stand in the chat. */
export const messageIdAt = (position: number): string => `msg_${String(position).padStart(10, '0')}`

/** The place of a message of a chat, from 0; undefined for an id that none has. */
export function chatPositionOf(messageId: string): number | undefined {
  const [, digits] = /^msg_(\d{10})$/.exec(messageId) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** Errors of the paths of spec 2. `code` is stable; the HTTP status says which kind it is. */
export const ChatErrorBody = z.object({
  detail: z.object({ error: z.string(), code: z.string(), timestamp: z.string() }),
})
export type ChatErrorBody = z.infer<typeof ChatErrorBody>

/** When a message was written: ISO 8601, with an offset or, as spec 2 shows it, without one. Given back as it came. */
export const ChatTimestamp = z.iso.datetime({ offset: true, local: true }).max(40)

/** Whether a time of a chat says in which zone it is meant. */
export const hasOffset = (timestamp: string): boolean => /(Z|[+-]\d{2}:?\d{2})$/i.test(timestamp)

/** A time of a chat, ms since 1970; one without an offset is taken for UTC. */
export const chatTimeOf = (timestamp: string): number =>
  Date.parse(hasOffset(timestamp) ? timestamp : `${timestamp}Z`)

/** JSON can nest deeper than a recursion could follow. */
function isShallow(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > CHAT_METADATA_DEPTH) return false
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return true
}

// Not `z.record`: it leaves `__proto__` out, and metadata comes back as it was given.
const DESCRIBED = { override: { type: 'object', additionalProperties: true } } as const
const Metadata = z
  .custom<Record<string, unknown>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'must be an object',
  )
  .meta(DESCRIBED)
  .refine(isShallow, `may be nested ${CHAT_METADATA_DEPTH} deep at most`)
  .meta(DESCRIBED)
  .refine(
    (value) => !isShallow(value) || JSON.stringify(value).length <= CHAT_METADATA_MAX,
    `may have ${CHAT_METADATA_MAX} characters as JSON at most`,
  )
  .meta(DESCRIBED)

const IncomingChatMessage = z.object({
  content: z
    .string()
    .min(1)
    .max(CHAT_CONTENT_MAX)
    .refine((text) => text.isWellFormed(), 'holds half a character'),
  timestamp: ChatTimestamp,
  metadata: Metadata.optional(),
  /** The sender's own name for the message: sent again by the same user, it is stored once. */
  client_message_id: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\x21-\x7e]+$/, 'may hold printable ASCII without blanks only')
    .optional(),
})
export type IncomingChatMessage = z.infer<typeof IncomingChatMessage>

/** `POST /chats` (spec 2). */
export const PostChatsBody = z.object({
  conversation_id: Id,
  user_id: Id,
  messages: z.array(IncomingChatMessage).min(1).max(CHAT_BATCH_MAX),
})
export type PostChatsBody = z.infer<typeof PostChatsBody>

/** `inserted_count`: what was not stored before. */
export const PostChatsReply = z.object({
  status: z.literal('success'),
  inserted_count: z.int().nonnegative(),
  conversation_id: Id,
})

/** A stored message as spec 2 shows it. `message_id` is ours and follows the order of the conversation. */
export const ChatMessage = z.object({
  content: z.string(),
  timestamp: z.string(),
  user_id: Id,
  message_id: Id,
  client_message_id: z.string().exactOptional(),
  metadata: Metadata.exactOptional(),
})
export type ChatMessage = z.infer<typeof ChatMessage>

const pageNumber = z.coerce.number().int().min(1).max(1_000_000)
const pageSize = z.coerce.number().int().min(1).max(100)

export const ChatPageQuery = z.object({ page: pageNumber.default(1), limit: pageSize.default(50) })
export type ChatPageQuery = z.infer<typeof ChatPageQuery>

/** `GET /chats/{conversation_id}` (spec 2). A page past the last one is empty. */
export const ChatPage = z.object({
  conversation_id: Id,
  messages: z.array(ChatMessage),
  page: z.int().positive(),
  total_pages: z.int().nonnegative(),
})
export type ChatPage = z.infer<typeof ChatPage>

const DateFilter = z.union([z.iso.date(), ChatTimestamp])

/** A date without a time stands for the whole day, in UTC; both ends are included. */
export const UserChatsQuery = z.object({
  page: pageNumber.max(10_000).default(1),
  limit: pageSize.default(10),
  start_date: DateFilter.optional(),
  end_date: DateFilter.optional(),
})
export type UserChatsQuery = z.infer<typeof UserChatsQuery>

/** `GET /users/{user_id}/chats` (spec 2), the latest first; a conversation's date is that of its last message. */
export const UserChats = z.object({
  user_id: Id,
  conversations: z.array(z.object({ conversation_id: Id, last_message: z.string(), timestamp: z.string() })),
  total_conversations: z.int().nonnegative(),
  page: z.int().positive(),
})
export type UserChats = z.infer<typeof UserChats>
