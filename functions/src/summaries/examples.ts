import type { Summary } from './schema.ts'

export const summaryExample: Summary = {
  conversation_id: 'conv_919325590143_20251003_115804',
  lines: [{ text: 'Ravi says that there is smoke in hall 4.', evidence: ['msg_1'] }],
  done: [{ text: 'Ava: “I have called the fire brigade.”', evidence: ['msg_3'] }],
  open_questions: [{ text: 'Ravi: “How long will they need?”', evidence: ['msg_4'] }],
  action_items: [{ text: 'Ava asks Ravi to stay outside.', owner: 'Ravi', evidence: ['msg_3'] }],
  sentiment: 'negative',
  keywords: [{ keyword: 'smoke', evidence: ['msg_1'] }],
  model: 'lifeline-offline',
  is_fallback: false,
  is_final: false,
  covers_up_to: 'msg_4',
  covers_count: 4,
  generated_at: '2025-10-03T06:28:09.120Z',
}
