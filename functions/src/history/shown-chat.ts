import { z } from 'zod'
import { knowUser } from '../chats/know-user.ts'
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
  const name = (user: string) => knowUser(directory, chat.company_id, user)
  return {
    chat_id: chat.conversation_id,
    participants: await Promise.all(chat.participants.map(name)),
    total_messages: chat.message_count,
  }
}
