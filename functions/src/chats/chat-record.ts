import { createHash } from 'node:crypto'
import type { Firestore } from 'firebase-admin/firestore'
import { z } from 'zod'
import { readAccepted } from '../conversations/guarded-write.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'

/**
 * `active_chats/{chat_key}`: what is known of a chat besides its messages. It is written in one step with every change
 * to them, under a `rev` that rises by one, so that of two writers one is refused and looks again. Times ending in
 * `_at` are ms since 1970.
 */
export const ChatRecord = z.object({
  rev: z.int().positive(),
  conversation_id: Id,
  company_id: z.string(),
  users: z.array(Id),
  /** Messages so far. They are numbered from 0, and named by `messageIdAt`. */
  count: z.int().nonnegative(),
  /** The first so many of them lie in Firestore, the rest in `chat_messages/{chat_key}`. */
  archived: z.int().nonnegative(),
  started_at: z.number(),
  last_message_at: z.number(),
  last_message: z.string(),
  /** As it was given, and as a time to sort by. */
  last_timestamp: z.string(),
  last_written_at: z.number(),
  /** When the last message came; absent when all of them are archived. */
  active_at: z.number().exactOptional(),
  /** Since when the index in Firestore is behind. */
  index_due: z.number().exactOptional(),
})
export type ChatRecord = z.infer<typeof ChatRecord>

/** Users whose messages one chat may hold. */
export const CHAT_USERS_MAX = 100

/**
 * The name under which a chat is stored, in both databases. Ids of chats are chosen by whoever stores them, so they are
 * each company's own; and none can ever be that of an emergency call's conversation.
 */
export function chatKey(companyId: string, conversationId: string): string {
  const name = JSON.stringify([companyId, conversationId])
  return `chat_${createHash('sha256').update(name).digest('base64url').slice(0, 32)}`
}

/** @throws AppError `unavailable` when the database does not answer. */
export async function readRecord(
  deps: Pick<Deps, 'writes' | 'clock'>,
  key: string,
): Promise<ChatRecord | undefined> {
  const stored = await readAccepted(deps, `active_chats/${key}`)
  return stored === null ? undefined : ChatRecord.parse(stored)
}

/** Where a chat is indexed, and its archived messages lie (`messages/*`). */
export const chatDocument = (firestore: Firestore, key: string) => firestore.doc(`conversations/${key}`)
