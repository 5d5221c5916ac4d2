import { knowUser } from '../chats/know-user.ts'
import type { Directory } from '../conversations/directory.ts'
import type { IndexedChat } from './chat-search.ts'
import type { Found, Indexed } from './message-index.ts'
import type { CallHit, ChatHit } from './schema.ts'
import { snippetOf } from './snippet.ts'

const shownOf = ({ message, terms }: Found<Indexed>) => {
  const { role, sender_id, received_at, content } = message.message
  return { message_id: message.id, role, sender_id, received_at, snippet: snippetOf(content, new Set(terms)) }
}

export async function showCallHit(found: Found, directory: Directory): Promise<CallHit> {
  const { conversationId, callId, call } = found.conversation
  const worker = await directory.worker(call.worker_id)
  const admin = call.admin_id === null ? null : await directory.admin(call.admin_id)
  return {
    kind: 'call',
    conversation_id: conversationId,
    call_id: callId,
    ...shownOf(found),
    worker_id: call.worker_id,
    worker_name: worker?.name || call.worker_id,
    admin_id: call.admin_id,
    admin_name: call.admin_id === null ? null : admin?.name || call.admin_id,
    urgency: call.urgency,
    status: call.status,
  }
}

export async function showChatHit(found: Found<IndexedChat>, directory: Directory): Promise<ChatHit> {
  const { conversationId, chat } = found.conversation
  const shown = shownOf(found)
  const { sender_id } = shown
  return {
    kind: 'chat',
    conversation_id: chat.conversation_id,
    chat_key: conversationId,
    ...shown,
    sender_name: sender_id && (await knowUser(directory, chat.company_id, sender_id)).name,
    participants: chat.participants,
    status: chat.status,
  }
}
