import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { memberName } from './index-chat.ts'
import { noteChat } from './note-chat.ts'
import { type ChatViewer, decideUser } from './policy.ts'
import { type UserChats, type UserChatsQuery, chatTimeOf } from './schema.ts'

const TIMEOUT_MS = 10_000
const DAY_MS = 86_400_000
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/

/**
 * The chats in which a user of the caller's own company has written (spec 2 "Get User History"). Each one shown stands in
 * the audit log, for its last words are told.
 *
 * @throws AppError `forbidden` for a worker who asks for somebody else's, `invalid-input` when the dates are the wrong
 * way round, `unavailable` when Firestore does not answer or the audit log can take no more.
 */
export async function readUserChats(
  { firestore, clock, audit }: Pick<Deps, 'firestore' | 'clock' | 'audit'>,
  viewer: ChatViewer,
  userId: string,
  { page, limit, start_date, end_date }: UserChatsQuery,
): Promise<UserChats> {
  const decision = decideUser(viewer, userId)
  if (decision !== 'allow') {
    noteChat(audit, viewer, { action: 'conversation.list', conversationId: null, decision })
    throw new AppError('forbidden', 'You may list conversations of your own only.')
  }
  const from = start_date === undefined ? undefined : startOf(start_date)
  const to = end_date === undefined ? undefined : endOf(end_date)
  if (from !== undefined && to !== undefined && from > to) {
    throw new AppError('invalid-input', 'query.start_date: must not be after end_date')
  }
  let query = firestore
    .collection('conversations')
    .where('members', 'array-contains', memberName(viewer.company_id, userId))
    .orderBy('last_written_at', 'desc')
  if (from !== undefined) query = query.where('last_written_at', '>=', from)
  if (to !== undefined) query = query.where('last_written_at', '<=', to)
  const ask = Promise.all([
    query.count().get(),
    query
      .offset((page - 1) * limit)
      .limit(limit)
      .select('conversation_id', 'last_message', 'last_timestamp')
      .get(),
  ])
  const [total, { docs }] = await withTimeout(ask, TIMEOUT_MS, clock).catch((error: unknown) => {
    throw unavailable(error)
  })
  for (const { id } of docs) {
    noteChat(audit, viewer, { action: 'conversation.list', conversationId: id, decision })
  }
  return {
    user_id: userId,
    conversations: docs.map((document) => ({
      conversation_id: String(document.get('conversation_id')),
      last_message: String(document.get('last_message')),
      timestamp: String(document.get('last_timestamp')),
    })),
    total_conversations: total.data().count,
    page,
  }
}

const startOf = (date: string): number => (DATE_ONLY.test(date) ? Date.parse(date) : chatTimeOf(date))
const endOf = (date: string): number =>
  DATE_ONLY.test(date) ? Date.parse(date) + DAY_MS - 1 : chatTimeOf(date)
