import { formatSseEvent } from '../streaming/sse-format.ts'
import type { Call } from './schema.ts'

/** The call of spec 1 as the board shows it. */
export const callExample = {
  call_id: 'call_919325590143_20251003_115804',
  conversation_id: 'conv_919325590143_20251003_115804',
  worker_id: 'worker_919325590143',
  worker_name: 'Ravi Deshmukh',
  mobile_no: '+919325590143',
  company_id: 'c_acme',
  admin_id: null,
  admin_name: null,
  takeover: 0,
  urgency: 'CRITICAL',
  status: 'ACTIVE',
  medium: 'Voice',
  timestamp: '2025-10-03T11:58:04+05:30',
  started_at: '2025-10-03T06:28:04.250Z',
  last_message_at: '2025-10-03T06:28:04.900Z',
  worker_message_at: '2025-10-03T06:28:04.900Z',
  unanswered_at: '2025-10-03T06:28:04.900Z',
  last_words: { message_id: 'msg_002', role: 'assistant', text: 'Help is on the way. Are you injured?' },
  worker_words: { message_id: 'msg_001', text: 'The scaffold has collapsed' },
} satisfies Call

/** The same as lists and the board show it, with what nobody has read. */
export const listedCallExample = { ...callExample, unread_count: 1 } satisfies Call

/** The same after Ben took it over. */
export const heldCallExample = {
  ...callExample,
  admin_id: 'admin_ben',
  admin_name: 'Ben Okafor',
  takeover: 1,
  taken_over_at: '2025-10-03T06:28:10.000Z',
  holder_seen_at: '2025-10-03T06:28:10.000Z',
} satisfies Call

const example = (event: string, data: object) => formatSseEvent({ event, json: JSON.stringify(data) })

/** Events as they stand on the wire. */
export const callsStreamExample = [
  example('initial', { calls: [listedCallExample] }),
  example('typing', {
    call_id: callExample.call_id,
    conversation_id: callExample.conversation_id,
    typing: true,
    expires_in_ms: 6_000,
  }),
  example('call_changed', { ...heldCallExample, unread_count: 0 }),
  example('call_removed', { call_id: callExample.call_id, conversation_id: callExample.conversation_id }),
].join('')
