import { formatSseEvent } from '../streaming/sse-format.ts'
import type { GetConversationResponse, Message } from './schema.ts'

/** Spec 1's example of a snapshot, with the two fields that we add to each message. */
export const conversationExample = {
  success: true,
  conversation: {
    conversation_id: 'conv_919325590143_20251003_115804',
    call_id: 'call_919325590143_20251003_115804',
    worker_id: 'worker_919325590143',
    mobile_no: '+919325590143',
    urgency: 'CRITICAL',
    status: 'ACTIVE',
    medium: 'Voice',
    timestamp: '2025-10-03T11:58:04+05:30',
    messages: [
      {
        message_id: 'msg_919325590143_20251003_115804_0001',
        role: 'user',
        content: 'My friend is falling from a floor, what should I do?',
        timestamp: '2025-10-03T11:58:04+05:30',
        sources: '',
        sender_id: 'worker_919325590143',
        received_at: '2025-10-03T06:28:04.250Z',
      },
      {
        message_id: 'msg_919325590143_20251003_115804_0002',
        role: 'assistant',
        content: 'Call for help now. Try to break their fall if safe. Clear the area.',
        timestamp: '2025-10-03T11:58:04+05:30',
        sources: 'Emergency Procedures Manual, OSHA Safety Standards',
        sender_id: 'assistant',
        received_at: '2025-10-03T06:28:04.900Z',
      },
    ],
    total_messages: 2,
    admin_id: null,
  },
} satisfies GetConversationResponse

export const sentMessageExample = {
  message_id: 'msg_3q2-7wR0mV9sXl4cTgYdJk8nBhUaEoIf',
  role: 'admin',
  content: 'Are you safe where you are?',
  timestamp: '2025-10-03T06:28:30.000Z',
  sources: '',
  sender_id: 'admin_ben',
  received_at: '2025-10-03T06:28:30.120Z',
} satisfies Message

const { conversation_id } = conversationExample.conversation
const example = (event: string, data: object, id?: string) =>
  formatSseEvent({ event, json: JSON.stringify(data), id })

/** Spec 1's events, as they stand on the wire. */
export const conversationStreamExample = [
  example('initial', conversationExample.conversation, '1759472884900.msg_919325590143_20251003_115804_0002'),
  example(
    'new_messages',
    {
      conversation_id,
      messages: [
        {
          message_id: 'msg_919325590143_20251003_115804_0003',
          role: 'user',
          content: 'No, please be more clear.',
          timestamp: '2025-10-03T11:58:18+05:30',
          sources: '',
          sender_id: 'worker_919325590143',
          received_at: '2025-10-03T06:28:18.120Z',
        },
      ],
      total_messages: 3,
    },
    '1759472898120.msg_919325590143_20251003_115804_0003',
  ),
  example('heartbeat', { timestamp: '2025-10-03T06:30:00.000Z', status: 'connected' }),
  example('ended', { message: 'Conversation has ended', conversation_id }),
].join('')
