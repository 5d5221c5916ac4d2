import { z } from 'zod'
import { Id, Timestamp } from '../platform/schema.ts'

export const SummaryType = z.enum(['brief', 'detailed'])
export type SummaryType = z.infer<typeof SummaryType>

const SummarySentiment = z.enum(['positive', 'neutral', 'negative'])

/** Ids of the messages that prove what is said; what none proves is not said. */
const Evidence = z.array(Id)

export const SummaryLine = z.object({ text: z.string(), evidence: Evidence })
export type SummaryLine = z.infer<typeof SummaryLine>

const SummaryKeyword = z.object({ keyword: z.string(), evidence: Evidence })

/** Something to be done; `owner`: whose it is, by name, where that is plain. */
export const SummaryAction = z.object({ text: z.string(), owner: z.string().nullable(), evidence: Evidence })
export type SummaryAction = z.infer<typeof SummaryAction>

/** What a model makes of a conversation; the shape that it is asked for. */
export const SummaryContent = z.object({
  /** What the conversation is about and how it stands, in order. */
  lines: z.array(SummaryLine),
  /** What has been done for the worker. */
  done: z.array(SummaryLine),
  /** What was asked and has not been answered. */
  open_questions: z.array(SummaryLine),
  action_items: z.array(SummaryAction),
  sentiment: SummarySentiment,
  keywords: z.array(SummaryKeyword),
})
export type SummaryContent = z.infer<typeof SummaryContent>

const made = {
  /** The model that made it; `lifeline-offline` without one. */
  model: z.string(),
  /** The model failed, and plain methods did its work. */
  is_fallback: z.boolean(),
}

/**
 * `live_summaries/{conversation_id}` as stored. It lies apart from the conversation, whose worker may read all of that.
 * The content is kept as JSON, for the database drops empty lists.
 */
export const LiveSummaryRecord = z.object({
  content: z.string(),
  ...made,
  /** The last message that is in it, and the server time (ms) of that message. */
  covers_up_to: Id,
  covers_at: z.number(),
  covers_count: z.int().positive(),
  updated_at: z.number(),
})
export type LiveSummaryRecord = z.infer<typeof LiveSummaryRecord>

/** A summary as the API and the streams show it; of an active call (`is_final: false`) or of one that has ended. */
export const Summary = z.object({
  conversation_id: Id,
  ...SummaryContent.shape,
  ...made,
  is_final: z.boolean(),
  covers_up_to: Id,
  covers_count: z.int().positive(),
  generated_at: Timestamp,
})
export type Summary = z.infer<typeof Summary>

export const SummaryReply = z.object({ success: z.literal(true), summary: Summary.nullable() })

/** `summaries/{conversation_id}` in Firestore: made of the whole transcript when a call has ended. */
export const FinalSummaryRecord = z.object({
  conversation_id: Id,
  company_id: Id,
  content: SummaryContent,
  ...made,
  covers_up_to: Id,
  covers_count: z.int().positive(),
  generated_at: z.number(),
})
export type FinalSummaryRecord = z.infer<typeof FinalSummaryRecord>

/** `POST /chats/summarize` (spec 2). */
export const SummarizeChatBody = z.object({
  conversation_id: Id,
  summary_type: SummaryType.default('brief'),
})

export const ChatSummaryQuery = z.object({ summary_type: SummaryType.default('brief') })

/** The summary of a chat as spec 2 shows it, with what proves it in `details`. */
export const ChatSummary = z.object({
  conversation_id: Id,
  summary: z.string(),
  insights: z.object({
    sentiment: SummarySentiment,
    keywords: z.array(z.string()),
    action_items: z.array(z.string()),
  }),
  generated_at: Timestamp,
  summary_type: SummaryType,
  /** The same line by line, each with the messages that prove it. */
  details: SummaryContent.omit({ sentiment: true }),
  ...made,
  /** The last message that is in it, and how many there are up to that one. */
  covers_up_to: Id,
  covers_count: z.int().positive(),
})
export type ChatSummary = z.infer<typeof ChatSummary>

/** It is not made yet: `location` answers with it once it is. */
export const ChatSummaryPending = z.object({
  conversation_id: Id,
  summary_type: SummaryType,
  status: z.literal('pending'),
  location: z.string(),
})
export type ChatSummaryPending = z.infer<typeof ChatSummaryPending>

/** Events of `/ws/summarize` and `GET /chats/{conversation_id}/summary/stream`, besides those of every stream. */
export const SummaryEvents = {
  /** The first one: the conversation is followed from now on. */
  watching: z.object({ conversation_id: Id, kind: z.enum(['chat', 'call']) }),
  /** The summary as it stands now; its event id names it. Said again only when it has changed. */
  summary: ChatSummary,
  ended: z.object({ message: z.string(), conversation_id: Id }),
}

/** The first and only message to `/ws/summarize`; `token` unless one came in the `Authorization` header. */
export const WatchSummaryMessage = z.object({
  /** Any text: an id that cannot exist is answered as one that does not. */
  conversation_id: z.string().min(1).max(256),
  token: z.string().min(1).max(4_096).exactOptional(),
  /** The `id` of the last event that the client has of this conversation. */
  last_event_id: z.string().max(256).exactOptional(),
})
