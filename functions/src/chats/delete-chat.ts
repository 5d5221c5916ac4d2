import type { Deps } from '../deps.ts'
import { chatSummaryDocument } from '../summaries/chats/record.ts'
import { SummaryType } from '../summaries/schema.ts'
import { answered } from '../streaming/answered.ts'
import { chatDocument, readRecord } from './chat-record.ts'
import { type ChatViewer, decideDelete } from './policy.ts'

/**
 * Removes a chat with all that belongs to it, in both databases. What makes it a chat goes first, in one step: from then
 * on nobody finds it, no sweep comes to it, and whoever was about to add to it or to archive it is refused by the rules
 * and looks again. Whoever writes under its id afterwards begins another chat. May be repeated.
 *
 * @returns `refused` for who may only read it; `gone` when there is no such chat any more
 * @throws AppError `unavailable` when a database does not answer.
 */
export async function deleteChat(
  deps: Pick<Deps, 'writes' | 'firestore' | 'clock'>,
  viewer: ChatViewer,
  key: string,
): Promise<'deleted' | 'refused' | 'gone'> {
  const { writes, firestore, clock } = deps
  const record = await readRecord(deps, key)
  if (record === undefined) return 'gone'
  if (decideDelete(viewer, record) !== 'allow') return 'refused'
  await answered(
    writes.ref().update({
      [`active_chats/${key}`]: null,
      [`chat_messages/${key}`]: null,
      [`chat_message_ids/${key}`]: null,
    }),
    clock,
  )
  await answered(
    Promise.all([
      firestore.recursiveDelete(chatDocument(firestore, key)),
      ...SummaryType.options.map((type) => chatSummaryDocument(firestore, { key, type }).delete()),
    ]),
    clock,
  )
  return 'deleted'
}
