import type { ChatSummary, ChatSummaryPending } from '../schema.ts'

export const chatSummaryExample: ChatSummary = {
  conversation_id: 'conv_12345',
  summary: 'The conversation began with greetings. john_doe asks to schedule a follow-up.',
  insights: {
    sentiment: 'positive',
    keywords: ['hello', 'meeting', 'project'],
    action_items: ['Schedule follow-up'],
  },
  generated_at: '2023-01-01T12:05:00.000Z',
  summary_type: 'brief',
  details: {
    lines: [
      { text: 'The conversation began with greetings.', evidence: ['msg_0000000000'] },
      { text: 'john_doe asks to schedule a follow-up.', evidence: ['msg_0000000003'] },
    ],
    done: [],
    open_questions: [],
    action_items: [{ text: 'Schedule follow-up', owner: null, evidence: ['msg_0000000003'] }],
    keywords: [
      { keyword: 'hello', evidence: ['msg_0000000000'] },
      { keyword: 'meeting', evidence: ['msg_0000000001'] },
      { keyword: 'project', evidence: ['msg_0000000002'] },
    ],
  },
  model: 'lifeline-offline',
  is_fallback: false,
  covers_up_to: 'msg_0000000003',
  covers_count: 4,
}

export const chatSummaryPendingExample: ChatSummaryPending = {
  conversation_id: 'conv_12345',
  summary_type: 'brief',
  status: 'pending',
  location: '/chats/conv_12345/summary?summary_type=brief',
}

/** A summary stream as a client sees it, shortened. */
export const summaryStreamExample = `event: watching
data: {"conversation_id":"conv_12345","kind":"chat"}

id: 4.1672574700000
event: summary
data: ${JSON.stringify(chatSummaryExample)}

event: ended
data: {"message":"Conversation has ended","conversation_id":"conv_12345"}

`
