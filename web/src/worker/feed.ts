import { Attachment, Id, MessageRecord, MessageRole, Timestamp } from '@lifeline/functions/contract'
import { z } from 'zod'
import { DELIVERY_STATUSES } from './delivery.ts'
import type { OutboxEntry } from './outbox.ts'
import { isAfter, type Place } from './signals.ts'

/** A message as the worker sees it. `at` in ms; `delivery` is `null` for what others wrote, `seen` by a dispatcher. */
export const FeedMessage = z.object({
  id: Id,
  role: MessageRole,
  content: z.string(),
  at: z.number(),
  sources: z.string(),
  delivery: z.enum([...DELIVERY_STATUSES, 'seen']).nullable(),
  attachment: Attachment.exactOptional(),
  /** What is still to be uploaded; its bytes are on this phone. */
  media: z.enum(['image', 'audio']).exactOptional(),
  /** By the clock of the device that wrote it. */
  timestamp: Timestamp.exactOptional(),
})
export type FeedMessage = z.infer<typeof FeedMessage>

/** The messages node of a conversation, in order. What does not parse is left out: an old page may meet a new server. */
export function readMessages(node: unknown, workerId: string): FeedMessage[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node)
    .flatMap(([id, value]): FeedMessage[] => {
      const parsed = MessageRecord.safeParse(value)
      if (!parsed.success) return []
      const { role, content, timestamp, received_at, sources, sender_id, attachment } = parsed.data
      const isOwn = role === 'user' && (sender_id === undefined || sender_id === workerId)
      return [
        {
          id,
          role,
          content,
          sources,
          at: received_at ?? Date.parse(timestamp),
          delivery: isOwn ? 'sent' : null,
          ...(attachment !== undefined && { attachment, timestamp }),
        },
      ]
    })
    .toSorted((a, b) => (isAfter(a, b) ? 1 : -1))
}

/**
 * Everything said in one conversation: what the database has, then what is on its way. The SDK shows a pending
 * write as if it were stored; only the outbox knows, so what is in it stands at the end with its true state. `seen` is
 * the last message that a dispatcher has seen.
 */
export function composeFeed(
  stored: readonly FeedMessage[],
  outbox: readonly OutboxEntry[],
  conversationId: string,
  seen: Place | null,
): FeedMessage[] {
  const storedIds = new Set(stored.map(({ id }) => id))
  const waiting = new Map<string, FeedMessage>()
  for (const { write, status } of outbox) {
    if (write.kind !== 'message' || write.conversation_id !== conversationId) continue
    const { message_id: id, content, timestamp } = write
    if (status === 'sent' && storedIds.has(id)) continue
    const { media, attachment } = write
    waiting.set(id, {
      id,
      role: 'user',
      content,
      at: Date.parse(timestamp),
      sources: '',
      delivery: status,
      ...(media !== undefined && { media }),
      ...(attachment !== undefined && { attachment, timestamp }),
    })
  }
  const isSeen = (message: FeedMessage) =>
    message.delivery === 'sent' && seen !== null && !isAfter(message, seen)
  return [
    ...stored
      .filter(({ id }) => !waiting.has(id))
      .map((message) => (isSeen(message) ? { ...message, delivery: 'seen' as const } : message)),
    ...waiting.values(),
  ]
}
