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
  worker_id: Id.optional(),
  /** Who holds, or held, the call. */
  admin_id: Id.optional(),
  urgency: Urgency.optional(),
  status: CallStatus.optional(),
  conversation_id: Id.optional(),
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

export const SearchHit = z.object({
  conversation_id: Id,
  call_id: Id,
  message_id: Id,
  role: MessageRole,
  sender_id: Id.nullable(),
  received_at: Timestamp,
  snippet: Snippet,
  worker_id: Id,
  worker_name: z.string(),
  admin_id: Id.nullable(),
  admin_name: z.string().nullable(),
  urgency: Urgency,
  status: CallStatus,
})
export type SearchHit = z.infer<typeof SearchHit>

/** Whose messages are searched. Those of chats (spec 2) are not. */
const searched = z.array(z.enum(['calls']))

/**
 * What was searched. Active conversations always are, whole. `loading`: older archived ones are still being read, ask
 * again in a moment; `limit`: there are more than one process keeps. Everything archived from `archived_since` on was
 * searched; null: nothing of the archive yet.
 */
export const SearchCoverage = z.discriminatedUnion('complete', [
  z.object({ complete: z.literal(true), searched }),
  z.object({
    complete: z.literal(false),
    searched,
    reason: z.enum(['loading', 'limit']),
    archived_since: Timestamp.nullable(),
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
