import type { DocumentReference, Firestore } from 'firebase-admin/firestore'
import { z } from 'zod'
import type { ChatRecord } from '../../chats/chat-record.ts'
import { Id } from '../../platform/schema.ts'
import { summaryBody } from '../summary-body.ts'
import { type ChatSummary, SummaryContent, type SummaryType } from '../schema.ts'

/** A summary that was paid for. */
const Made = z.object({
  /** `SummaryContent` as JSON: a model may write what Firestore does not take. */
  content: z.string(),
  model: z.string(),
  is_fallback: z.boolean(),
  covers_up_to: Id,
  covers_count: z.int().positive(),
  generated_at: z.number(),
})
export type Made = z.infer<typeof Made>

/**
 * `summaries/{chat_key}.{summary_type}`. A chat only grows, so the number of its messages says which transcript is meant,
 * and a summary of more messages covers what was asked of fewer. Times are ms since 1970.
 */
const ChatSummaryRecord = z.object({
  company_id: z.string(),
  /** When the chat began: what was known of an earlier one of the same id is of no use. */
  started_at: z.number(),
  /** The most messages of which a summary was asked for. */
  asked_count: z.int().nonnegative(),
  /** Who is at it, of how many messages, and until when at most without a word. */
  work: z.object({ by: z.string(), count: z.int().positive(), until: z.number() }).nullable(),
  /** Tasks that have begun, or left it to the one at work. */
  attempts: z.int().nonnegative(),
  made: Made.nullable(),
})
export type ChatSummaryRecord = z.infer<typeof ChatSummaryRecord>

/** A summary of this type of all messages that the chat has at this moment. */
export interface Wanted {
  key: string
  type: SummaryType
  chat: Pick<ChatRecord, 'company_id' | 'started_at' | 'count'>
}

/** No conversation of a call has a name like this: `.` stands in no id. */
export const chatSummaryName = ({ key, type }: Pick<Wanted, 'key' | 'type'>): string => `${key}.${type}`

export const chatSummaryDocument = (
  firestore: Firestore,
  wanted: Pick<Wanted, 'key' | 'type'>,
): DocumentReference => firestore.collection('summaries').doc(chatSummaryName(wanted))

/** What is stored of this chat; where that is nothing, or nothing of use, the record to begin with. */
export function readChatSummary(stored: unknown, chat: Wanted['chat']): ChatSummaryRecord {
  const { success, data } = ChatSummaryRecord.safeParse(stored)
  if (success && data.started_at === chat.started_at) return data
  const { company_id, started_at } = chat
  return { company_id, started_at, asked_count: 0, work: null, attempts: 0, made: null }
}

export const covers = ({ made }: Pick<ChatSummaryRecord, 'made'>, count: number): boolean =>
  made !== null && made.covers_count >= count

/** @throws ZodError for what was not stored by us. */
export const contentOf = ({ content }: Made): SummaryContent => SummaryContent.parse(JSON.parse(content))

export const showMade = (conversationId: string, type: SummaryType, made: Made): ChatSummary =>
  summaryBody({ ...made, conversation_id: conversationId, content: contentOf(made) }, type)
