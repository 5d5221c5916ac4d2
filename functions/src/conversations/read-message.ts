import { nearestShowable } from '../platform/calendar.ts'
import { Id } from '../platform/schema.ts'
import { type Message, MessageRecord } from './schema.ts'

/** Our clock and the database's may differ by this much before a `received_at` counts as made up. */
const CLOCK_TOLERANCE_MS = 10_000

/** A stored message made ready to show. */
export type ReadMessage = {
  readonly id: string
  readonly message: Message
  /** The time that orders it, ms since 1970: the server's own, or the device's where there is none. */
  readonly at: number
  /** False when `at` is only the device's word, which nothing may be resumed from. */
  readonly dated: boolean
}

/**
 * Reads `active_conversations/{id}/messages/{message_id}`. Other back ends write there too: a message without a
 * believable `received_at` is placed by its `timestamp`. Undefined when it is no message at all.
 *
 * @param now the server's time, ms since 1970
 */
export function readMessage(messageId: string, stored: unknown, now: number): ReadMessage | undefined {
  const id = Id.safeParse(messageId)
  const record = MessageRecord.safeParse(stored)
  if (!id.success || !record.success) return undefined
  const { role, content, timestamp, sources, sender_id, received_at, attachment } = record.data
  // A time that lies ahead would push the cursor past messages still to come, and a resume would miss them.
  const dated = received_at !== undefined && received_at >= 0 && received_at <= now + CLOCK_TOLERANCE_MS
  const at = dated ? Math.trunc(received_at) : nearestShowable(Date.parse(timestamp))
  if (Number.isNaN(at)) return undefined
  const message: Message = {
    message_id: id.data,
    role,
    content,
    timestamp,
    sources,
    sender_id: sender_id ?? null,
    received_at: new Date(at).toISOString(),
    ...(attachment !== undefined && { attachment }),
  }
  return { id: id.data, at, dated, message }
}

type Placed = { readonly at: number; readonly id: string }

/** Order of a conversation: server time, then id by code unit. */
export function compareMessages(a: Placed, b: Placed): number {
  if (a.at !== b.at) return a.at - b.at
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}
