import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Id } from '../platform/schema.ts'
import type { ChatViewer } from './policy.ts'
import { type ChatMessage, type IncomingChatMessage, hasOffset } from './schema.ts'

/**
 * A message of a chat as stored: that of a call (`MessageRecord`), so that whatever reads the one reads the other, and
 * what only chats have.
 */
const ChatMessageRecord = z.object({
  content: z.string(),
  timestamp: z.string(),
  sender_id: Id,
  /** As it was given, where it had no offset; `timestamp` then takes it for UTC. */
  local_timestamp: z.string().exactOptional(),
  /** JSON: the databases take neither every key nor every value. */
  metadata: z.string().exactOptional(),
  client_message_id: z.string().exactOptional(),
})

/** A message on its way in; `hash` and `digest` tell whether it was stored before, if its sender named it. */
export interface Incoming {
  given: IncomingChatMessage
  stored: Readonly<Record<string, unknown>>
  hash: string | undefined
  digest: string
}

export function toIncoming(viewer: ChatViewer, userId: string, given: IncomingChatMessage): Incoming {
  const { content, timestamp, metadata, client_message_id } = given
  const isLocal = !hasOffset(timestamp)
  const isColleague = viewer.uid === userId && viewer.role !== 'worker' && viewer.role !== 'anonymous'
  const stored = {
    role: isColleague ? 'admin' : 'user',
    content,
    timestamp: isLocal ? `${timestamp}Z` : timestamp,
    sender_id: userId,
    sources: '',
    // Whose token brought it; a company's staff may store what its users said.
    stored_by: viewer.uid,
    ...(isLocal && { local_timestamp: timestamp }),
    ...(metadata !== undefined && { metadata: JSON.stringify(metadata) }),
    ...(client_message_id !== undefined && { client_message_id }),
  }
  const digest = sha256(JSON.stringify([content, timestamp, stored.metadata ?? null])).slice(0, 22)
  const hash =
    client_message_id === undefined ? undefined : sha256(JSON.stringify([userId, client_message_id]))
  return { given, stored, hash, digest }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** @throws ZodError for what `toIncoming` has not made. */
export function showMessage(messageId: string, stored: unknown): ChatMessage {
  const record = ChatMessageRecord.parse(stored)
  return {
    content: record.content,
    timestamp: record.local_timestamp ?? record.timestamp,
    user_id: record.sender_id,
    message_id: messageId,
    ...(record.client_message_id !== undefined && { client_message_id: record.client_message_id }),
    ...(record.metadata !== undefined && { metadata: JSON.parse(record.metadata) }),
  }
}
