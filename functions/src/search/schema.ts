import { z } from 'zod'
import { CallStatus, MessageRole, Urgency } from '../calls/schema.ts'
import { Id, Timestamp } from '../platform/schema.ts'

/** Characters that a search may have; nobody remembers more of a message. */
export const SEARCH_MAX_LENGTH = 200
/** Hits of one page at most. */
const MAX_PAGE = 50

/** `GET /api/search/messages`. Every word has to be found; the filters narrow further. */
export const SearchQuery = z.object({
  q: z.string().trim().min(1).max(SEARCH_MAX_LENGTH),
  /** When the server had the message: from (inclusive) to (exclusive). */
  from: Timestamp.optional(),
  to: Timestamp.optional(),
  /** Whose call it is; of chats, those in which they wrote. */
  worker_id: Id.optional(),
  /** Who holds, or held, the call; of chats, those in which they wrote. */
  admin_id: Id.optional(),
  /** Chats have none: with it only calls are searched. */
  urgency: Urgency.optional(),
  status: CallStatus.optional(),
  conversation_id: Id.optional(),
  /** Only calls, or only chats (spec 2). */
  in: z.enum(['calls', 'chats']).optional(),
  sort: z.enum(['relevance', 'newest']).default('relevance'),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(20),
  /** `next_cursor` of the page before, with all else as it was. */
  cursor: z.string().max(200).optional(),
})
export type SearchQuery = z.infer<typeof SearchQuery>

/** Offsets in UTF-16 code units of `text`: start (inclusive), end (exclusive). In order, none over another. */
const Mark = z.object({ start: z.int().nonnegative(), end: z.int().positive() })
export type Mark = z.infer<typeof Mark>

/** A part of a message with what was found in it. Plain text: whoever shows it has to escape it. */
export const Snippet = z.object({
  text: z.string(),
  marks: z.array(Mark),
  /** There is more of the message before, and after. */
  cut_start: z.boolean(),
  cut_end: z.boolean(),
})
export type Snippet = z.infer<typeof Snippet>

const found = {
  message_id: Id,
  role: MessageRole,
  sender_id: Id.nullable(),
  received_at: Timestamp,
  snippet: Snippet,
  status: CallStatus,
}

/** A message of an emergency call. */
export const CallHit = z.object({
  kind: z.literal('call'),
  conversation_id: Id,
  call_id: Id,
  ...found,
  worker_id: Id,
  worker_name: z.string(),
  admin_id: Id.nullable(),
  admin_name: z.string().nullable(),
  urgency: Urgency,
})
export type CallHit = z.infer<typeof CallHit>

/** A message of a chat. `GET /chats/{chat_key}` shows it, and so does its own `conversation_id` there. */
export const ChatHit = z.object({
  kind: z.literal('chat'),
  conversation_id: Id,
  chat_key: Id,
  ...found,
  /** Who wrote the message: their id, unless they are of the company and known by name. */
  sender_name: z.string().nullable(),
  /** Everybody who wrote in it. */
  participants: z.array(Id),
})
export type ChatHit = z.infer<typeof ChatHit>

export const SearchHit = z.discriminatedUnion('kind', [CallHit, ChatHit])
export type SearchHit = z.infer<typeof SearchHit>

/**
 * What is missing from a search. `loading`: it is still being read, ask again in a moment; `limit`: there is more than one
 * process keeps. Everything from `since` on was searched; null: nothing yet.
 */
export const SearchGap = z.object({ reason: z.enum(['loading', 'limit']), since: Timestamp.nullable() })
export type SearchGap = z.infer<typeof SearchGap>

const searched = z.array(z.enum(['calls', 'chats']))

/**
 * What was searched. Active calls always are, whole; where older ones are missing `calls` says so by when they were
 * archived, and `chats` by when they were last written to.
 */
export const SearchCoverage = z.discriminatedUnion('complete', [
  z.object({ complete: z.literal(true), searched }),
  z.object({
    complete: z.literal(false),
    searched,
    calls: SearchGap.exactOptional(),
    chats: SearchGap.exactOptional(),
  }),
])
export type SearchCoverage = z.infer<typeof SearchCoverage>

export const SearchReply = z.object({
  success: z.literal(true),
  hits: z.array(SearchHit),
  /** All hits that the caller may see, on whatever page. */
  total: z.int().nonnegative(),
  next_cursor: z.string().nullable(),
  coverage: SearchCoverage,
})
export type SearchReply = z.infer<typeof SearchReply>
