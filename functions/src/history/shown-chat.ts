import { z } from 'zod'
import { isChatKey } from '../chats/schema.ts'
import type { Directory } from '../conversations/directory.ts'
import { Id } from '../platform/schema.ts'
import type { ConversationsResponse } from './schema.ts'

/** What the index of conversations says of a chat besides what it says of all. */
const IndexedChat = z.object({
  conversation_id: Id,
  company_id: z.string(),
  /** Everybody who wrote in it. */
  participants: z.array(Id),
  message_count: z.int().nonnegative(),
})

/** What only chats (spec 2) have of a conversation: the id that they were stored under, and who wrote, by name. */
export async function shownChat(
  id: string,
  data: unknown,
  directory: Directory,
): Promise<Pick<ConversationsResponse, 'chat_id' | 'participants' | 'total_messages'>> {
  const chat = isChatKey(id) ? IndexedChat.safeParse(data).data : undefined
  if (chat === undefined) return {}
  const name = (user: string) => nameUser(directory, chat.company_id, user)
  return {
    chat_id: chat.conversation_id,
    participants: await Promise.all(chat.participants.map(name)),
    total_messages: chat.message_count,
  }
}

/** Users of chats are whoever a company says they are; only its workers and its staff are known by name. */
async function nameUser(directory: Directory, companyId: string, id: string) {
  const [worker, admin] = await Promise.all([directory.worker(id), directory.admin(id)])
  if (admin?.company_id === companyId) return { id, name: admin.name || id, role: 'dispatcher' }
  if (worker?.company_id === companyId) return { id, name: worker.name || id, role: 'worker' }
  return { id, name: id }
}
