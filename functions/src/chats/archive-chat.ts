import type { Firestore, WriteBatch } from 'firebase-admin/firestore'
import { toArchived } from '../conversations/archived-message.ts'
import { readAccepted, writeGuarded } from '../conversations/guarded-write.ts'
import type { Deps } from '../deps.ts'
import { chatDocument, readRecord } from './chat-record.ts'
import { bringIndexUpToDate } from './index-chat.ts'
import { readActive } from './read-chat.ts'

export type ArchiveChatDeps = Pick<
  Deps,
  'writes' | 'guarded' | 'transactions' | 'firestore' | 'clock' | 'log'
>

/** Firestore takes 10 MiB at once; messages have some 20 KB at most. */
const BATCH = 300

/**
 * Moves the messages of a chat from the Realtime Database to Firestore. Its record stays, and says so: they are removed
 * in one step with saying it, and only if nothing came in the meantime. Every step may be repeated, by several at once
 * too. Whoever writes again goes on from there.
 *
 * @returns `moved` when somebody wrote while we copied; the chat is not idle then
 * @throws when a database does not answer, and another attempt could help.
 */
export async function archiveChat(
  deps: ArchiveChatDeps,
  key: string,
): Promise<'archived' | 'nothing' | 'moved'> {
  const record = await readRecord(deps, key)
  if (record === undefined || record.archived === record.count) return 'nothing'
  const { firestore } = deps
  const document = chatDocument(firestore, key)
  for (let from = record.archived; from < record.count; from += BATCH) {
    const messages = await readActive(deps, key, from, Math.min(from + BATCH, record.count))
    await inBatch(firestore, messages, (batch, [id, stored]) =>
      batch.set(document.collection('messages').doc(id), toArchived([id, stored])),
    )
  }
  const names = Object.entries((await readAccepted(deps, `chat_message_ids/${key}`)) ?? {})
  for (let from = 0; from < names.length; from += BATCH) {
    await inBatch(firestore, names.slice(from, from + BATCH), (batch, [hash, digest]) =>
      batch.set(document.collection('message_ids').doc(hash), { digest }),
    )
  }
  const { active_at: _a, ...rest } = record
  const outcome = await writeGuarded(deps, {
    [`active_chats/${key}`]: {
      ...rest,
      rev: record.rev + 1,
      archived: record.count,
      index_due: deps.clock.now(),
    },
    [`chat_messages/${key}`]: null,
    [`chat_message_ids/${key}`]: null,
  })
  if (outcome === 'refused') {
    // Deleted while we copied: nobody must find the copies, nor take new messages for ones that were sent before.
    if ((await readRecord(deps, key)) === undefined) await firestore.recursiveDelete(document)
    return 'moved'
  }
  await bringIndexUpToDate(deps, key)
  return 'archived'
}

async function inBatch<T>(
  firestore: Firestore,
  items: readonly T[],
  add: (batch: WriteBatch, item: T) => void,
): Promise<void> {
  const batch = firestore.batch()
  for (const item of items) add(batch, item)
  await batch.commit()
}
