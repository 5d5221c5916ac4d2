import type { AuditAction } from '../audit/schema.ts'

/**
 * What each route about a conversation or a call leaves in the audit log, by its name in `access-table.ts`: the entry of
 * whoever may, and the one of whoever is refused as the call of another. null: none, for the reason beside it.
 */
export const AUDITED: Readonly<Record<string, { allowed: string | null; denied: AuditAction | null }>> = {
  'GET /api/conversation/{conversation_id}': both('conversation.read', 'allowed'),
  'GET /api/conversation/{conversation_id}/stream': both('conversation.stream', 'allowed'),
  'GET /api/conversation/{conversation_id}/timeline': both('conversation.timeline', 'allowed'),
  'GET /api/conversation/{conversation_id}/export': both('conversation.export', 'allowed'),
  'GET /api/conversation/{conversation_id}/summary': both('conversation.summary', 'allowed'),
  'GET /chats/{conversation_id}/summary/stream': both('conversation.summary', 'allowed'),
  'POST /api/conversation/{conversation_id}/messages': both('message.send', 'done'),
  // Said every few seconds; what was seen stands in the conversation by itself.
  'POST /api/conversation/{conversation_id}/seen': { allowed: null, denied: 'conversation.seen' },
  'POST /api/conversation/{conversation_id}/typing': { allowed: null, denied: 'conversation.typing' },
  // The table sends no picture, so nothing is stored; `attachments` tests what is.
  'POST /api/conversation/{conversation_id}/attachments': { allowed: null, denied: 'media.upload' },
  'GET /api/conversation/{conversation_id}/attachments/{media_id}': both('media.read', 'allowed'),
  'POST /api/calls/{call_id}/takeover': { allowed: null, denied: 'call.take-over' },
  'POST /api/calls/{call_id}/release': both('call.release', 'done'),
  'POST /api/calls/{call_id}/end': both('call.end', 'done'),
  'PATCH /api/calls/{call_id}': both('call.set-urgency', 'done'),
  'POST /api/calls/{call_id}/transfer': both('call.transfer', 'done'),
  // The holder has accepted it already, and nobody has offered anything.
  'POST /api/calls/{call_id}/transfer/accept': { allowed: null, denied: 'call.accept-transfer' },
  'POST /api/calls/{call_id}/transfer/decline': {
    allowed: 'call.decline-transfer denied',
    denied: 'call.decline-transfer',
  },
  'GET /live-insights/{conversation_id}': both('conversation.insights', 'allowed'),
  'POST /live-insights/{conversation_id}': both('insights.change', 'done'),
  // There are none that could be changed or deleted.
  'PUT /live-insights/{conversation_id}': both('insights.change', 'denied'),
  'DELETE /live-insights/{conversation_id}': both('insights.change', 'denied'),
  'GET /conversations/{conversation_id}': both('conversation.read', 'allowed'),
  'PUT /conversations/{conversation_id}': both('conversation.change', 'done'),
  // A call is kept, whoever asks.
  'DELETE /conversations/{conversation_id}': both('conversation.delete', 'denied'),
  // The table's conversations are no chats; to chats they are unknown ids of their own.
  'GET /chats/{conversation_id}': both('conversation.read', 'denied'),
  'GET /chats/{conversation_id}/summary': both('conversation.summary', 'denied'),
  'POST /chats/summarize': both('conversation.summary', 'denied'),
}

/**
 * The same for each route about a chat: the entry of an agent of its company, which is still the only one when they ask
 * again, and the one of a worker who did not write in it.
 */
export const AUDITED_CHATS: typeof AUDITED = {
  'GET /chats/{conversation_id}': both('conversation.read', 'allowed'),
  'GET /chats/{conversation_id}/summary': both('conversation.summary', 'allowed'),
  'GET /chats/{conversation_id}/summary/stream': both('conversation.summary', 'allowed'),
  'POST /chats/summarize': both('conversation.summary', 'allowed'),
  'GET /users/{user_id}/chats': both('conversation.list', 'allowed'),
}

function both(action: AuditAction, outcome: 'allowed' | 'done' | 'denied') {
  return { allowed: `${action} ${outcome}`, denied: action }
}
