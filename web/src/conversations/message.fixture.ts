import type { Conversation, Message } from '@lifeline/functions/contract'

/** The `n`-th message of a test's conversation, received `n` seconds after its start. */
export function messageNumber(n: number, overrides: Partial<Message> = {}): Message {
  const at = new Date(Date.UTC(2025, 9, 3, 6, 28, n)).toISOString()
  return {
    message_id: `msg_${String(n).padStart(4, '0')}`,
    role: 'user',
    content: `message ${n}`,
    timestamp: '2025-10-03T11:58:04+05:30',
    sources: '',
    sender_id: 'worker_1',
    received_at: at,
    ...overrides,
  }
}

export const CONVERSATION: Conversation = {
  conversation_id: 'conv_1',
  call_id: 'call_1',
  worker_id: 'worker_1',
  mobile_no: '+919325590143',
  urgency: 'HIGH',
  status: 'ACTIVE',
  medium: 'Text',
  timestamp: '2025-10-03T11:58:04+05:30',
  messages: [messageNumber(1), messageNumber(2)],
  total_messages: 2,
  admin_id: null,
}
