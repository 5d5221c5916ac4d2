/** The demo cast (documented in the README): two companies, their admins and workers, and the call of spec 1. */

export const DEMO_PROJECT = 'demo-lifeline'
export const DEMO_PASSWORD = 'lifeline-demo'
/** With it every worker of the cast warns in silence. */
export const DEMO_DURESS_WORD = 'sunflower'

export const companies = [
  { id: 'c_acme', name: 'Acme Construction' },
  { id: 'c_globex', name: 'Globex Energy' },
] as const

export const admins = [
  {
    id: 'admin_ava',
    email: 'ava@acme.example',
    name: 'Ava Lindqvist',
    role: 'manager',
    company_id: 'c_acme',
    manager_id: null,
  },
  {
    id: 'admin_ben',
    email: 'ben@acme.example',
    name: 'Ben Okafor',
    role: 'agent',
    company_id: 'c_acme',
    manager_id: 'admin_ava',
  },
  {
    id: 'admin_cleo',
    email: 'cleo@acme.example',
    name: 'Cleo Marchetti',
    role: 'agent',
    company_id: 'c_acme',
    manager_id: 'admin_ava',
  },
  {
    id: 'admin_gus',
    email: 'gus@globex.example',
    name: 'Gus Petersen',
    role: 'manager',
    company_id: 'c_globex',
    manager_id: null,
  },
] as const

export const workers = [
  { id: 'worker_919325590143', name: 'Ravi Deshmukh', mobile_no: '+919325590143', company_id: 'c_acme' },
  { id: 'worker_919325590144', name: 'Meera Kulkarni', mobile_no: '+919325590144', company_id: 'c_acme' },
  { id: 'worker_441632960001', name: 'Tom Hadley', mobile_no: '+441632960001', company_id: 'c_globex' },
] as const

export const workerEmail = (workerId: string): string => `${workerId}@workers.example`

/** The active call of spec 1 with its first two messages, unassigned. */
export const specCall = {
  call_id: 'call_919325590143_20251003_115804',
  conversation_id: 'conv_919325590143_20251003_115804',
  worker_id: 'worker_919325590143',
  company_id: 'c_acme',
  mobile_no: '+919325590143',
  urgency: 'CRITICAL',
  medium: 'Voice',
  timestamp: '2025-10-03T11:58:04+05:30',
  messages: {
    msg_919325590143_20251003_115804_0001: {
      role: 'user',
      content: 'My friend is falling from a floor, what should I do?',
      timestamp: '2025-10-03T11:58:04+05:30',
      sender_id: 'worker_919325590143',
      sources: '',
    },
    msg_919325590143_20251003_115804_0002: {
      role: 'assistant',
      content: 'Call for help now. Try to break their fall if safe. Clear the area.',
      timestamp: '2025-10-03T11:58:04+05:30',
      sender_id: 'assistant',
      sources: 'Emergency Procedures Manual, OSHA Safety Standards',
    },
  },
} as const
