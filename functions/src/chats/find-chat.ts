import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { type ChatRecord, chatKey, isChatKey, readRecord } from './chat-record.ts'
import { type ChatViewer, decideChat } from './policy.ts'

export interface FoundChat {
  key: string
  record: ChatRecord
}

/**
 * The chat of this id that the caller may read; also by the key under which the index of conversations lists it.
 *
 * @throws AppError `not-found` for one that is not there or not theirs to see, `unavailable` when the database does
 * not answer.
 */
export async function findChat(
  deps: Pick<Deps, 'writes' | 'clock'>,
  viewer: ChatViewer,
  id: string,
): Promise<FoundChat> {
  if (!Id.safeParse(id).success) throw unknownChat()
  const keys = [chatKey(viewer.company_id, id), ...(isChatKey(id) ? [id] : [])]
  for (const key of keys) {
    const record = await readRecord(deps, key)
    if (record !== undefined && decideChat(viewer, record) === 'allow') return { key, record }
  }
  throw unknownChat()
}

export const unknownChat = (): AppError => new AppError('not-found', 'Conversation not found.')
