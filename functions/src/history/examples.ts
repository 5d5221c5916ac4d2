import type { ConversationsResponse } from './schema.ts'

export const bodyExample = {
  call_type: 'outbound',
  title: 'Follow-up with the site manager',
  persona: { name: 'Calm dispatcher', traits: ['patient', 'precise'] },
  profile: { name: 'Ravi Deshmukh', phone: '+919325590143' },
  participants: [{ name: 'Ravi Deshmukh', role: 'worker' }],
  metadata: { site: 'Tower B' },
} as const

const times = {
  started_at: '2025-10-03T07:10:00.000Z',
  ended_at: null,
  created_at: '2025-10-03T07:10:00.000Z',
  updated_at: '2025-10-03T07:10:00.000Z',
}

export const conversationExample = {
  ...bodyExample,
  persona: { name: 'Calm dispatcher', traits: ['patient', 'precise'] },
  participants: [{ name: 'Ravi Deshmukh', role: 'worker' }],
  id: 'conv_5f3b9c1e7a2d4f60b8c1d2e3f4a5b6c7',
  company_id: 'c_acme',
  agent_id: 'admin_ben',
  agent_name: 'Ben Okafor',
  status: 'ACTIVE',
  ...times,
  created_by: 'admin_ben',
} satisfies ConversationsResponse

export const callExample = {
  id: 'conv_919325590143_20251003_115804',
  call_type: 'emergency',
  company_id: 'c_acme',
  agent_id: 'admin_ben',
  agent_name: 'Ben Okafor',
  status: 'ENDED',
  started_at: '2025-10-03T06:28:04.000Z',
  ended_at: '2025-10-03T06:40:00.000Z',
  created_at: null,
  created_by: null,
  updated_at: null,
  call_id: 'call_919325590143_20251003_115804',
  worker_id: 'worker_919325590143',
  worker_name: 'Ravi Deshmukh',
  mobile_no: '+919325590143',
  urgency: 'CRITICAL',
  medium: 'Voice',
  total_messages: 2,
} satisfies ConversationsResponse
