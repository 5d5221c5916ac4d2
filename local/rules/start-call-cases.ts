import { actors, message, startOfCall, type ActorName } from './fixture.ts'
import {
  everybodyElse,
  impossibleTimes,
  unusualTimes,
  wrongCallFields,
  type WriteCase,
} from './write-case.ts'

const requiredCallFields = Object.keys(wrongCallFields).filter(
  (key) => !['admin_id', 'anything_else'].includes(key),
)

/** Starting a call: one write that creates it and its conversation. */
export const startCallCases: readonly WriteCase[] = [
  ...['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'].map((urgency): WriteCase => [
    `a call of ${urgency} urgency`,
    'ravi',
    startOfCall({ call: { urgency } }),
    true,
  ]),
  ['a voice call', 'ravi', startOfCall({ call: { medium: 'Voice' } }), true],
  ['a call from a phone without a number', 'ravi', startOfCall({ call: { mobile_no: '' } }), true],
  ['a call in UTC', 'ravi', startOfCall({ call: { timestamp: '2025-10-03T06:28:04.123Z' } }), true],
  [
    'a call with its first message',
    'ravi',
    startOfCall({ conversation: { messages: { msg_1: message() } } }),
    true,
  ],
  ...everybodyElse.map((actor): WriteCase => [
    `a call in Ravi's name by ${actor}`,
    actor,
    startOfCall(),
    false,
  ]),
  ...Object.entries(wrongCallFields).map(([key, value]): WriteCase => [
    `a call with a wrong ${key}`,
    'ravi',
    startOfCall({ call: { [key]: value } }),
    false,
  ]),
  ...requiredCallFields.map((key): WriteCase => [
    `a call without ${key}`,
    'ravi',
    startOfCall({ call: { [key]: undefined } }),
    false,
  ]),
  ['a call from the future', 'ravi', startOfCall({ call: { started_at: 4_102_444_800_000 } }), false],
  [
    'a call with an endless fraction of a second',
    'ravi',
    startOfCall({ call: { timestamp: `2025-10-03T11:58:04.${'0'.repeat(40)}Z` } }),
    false,
  ],
  ...impossibleTimes.map((timestamp): WriteCase => [
    `a call of ${timestamp}`,
    'ravi',
    startOfCall({ call: { timestamp } }),
    false,
  ]),
  ...unusualTimes.map((timestamp): WriteCase => [
    `a call of ${timestamp}`,
    'ravi',
    startOfCall({ call: { timestamp } }),
    true,
  ]),
  ['a call with a local time', 'ravi', startOfCall({ call: { timestamp: '2025-10-03T11:58:04' } }), false],
  ['a call with an endless medium', 'ravi', startOfCall({ call: { medium: 'x'.repeat(41) } }), false],
  ['a call with an endless number', 'ravi', startOfCall({ call: { mobile_no: '9'.repeat(41) } }), false],
  [
    'a call with a map for its urgency',
    'ravi',
    startOfCall({ call: { urgency: { CRITICAL: true } } }),
    false,
  ],
  ['a call with a hostile id', 'ravi', startOfCall({ callId: 'call_\u202Enew' }), false],
  ['a call with a spaced conversation id', 'ravi', startOfCall({ conversationId: 'conv new' }), false],
  ['a call with an endless id', 'ravi', startOfCall({ callId: 'x'.repeat(129) }), false],
  ['a call without its conversation', 'ravi', only(startOfCall(), 'active_calls/call_new'), false],
  ['a conversation without its call', 'ravi', only(startOfCall(), 'active_conversations/conv_new'), false],
  [
    'a conversation of an existing call',
    'ravi',
    only(startOfCall({ callId: 'call_ravi' }), 'active_conversations/conv_new'),
    false,
  ],
  ['a call over an existing one', 'ravi', startOfCall({ callId: 'call_ravi' }), false],
  ["a call over somebody else's", 'ravi', startOfCall({ callId: 'call_meera' }), false],
  [
    'a call that takes over an existing conversation',
    'ravi',
    only(startOfCall({ conversationId: 'conv_meera' }), 'active_calls/call_new'),
    false,
  ],
  ["a call over somebody else's conversation", 'ravi', startOfCall({ conversationId: 'conv_tom' }), false],
  ['a conversation of another call', 'ravi', startOfCall({ conversation: { call_id: 'call_meera' } }), false],
  [
    'a conversation of another worker',
    'ravi',
    startOfCall({ conversation: { worker_id: 'worker_meera' } }),
    false,
  ],
  [
    'a conversation of another company',
    'ravi',
    startOfCall({ conversation: { company_id: 'c_globex' } }),
    false,
  ],
  [
    'a conversation without its worker',
    'ravi',
    startOfCall({ conversation: { worker_id: undefined } }),
    false,
  ],
  ...['live_summary', 'typing', 'seen', 'presence'].map((key): WriteCase => [
    `a conversation with ${key}`,
    'ravi',
    startOfCall({ conversation: { [key]: { text: 'x' } } }),
    false,
  ]),
  [
    'a first message of the assistant',
    'ravi',
    startOfCall({ conversation: { messages: { msg_1: message({ role: 'assistant' }) } } }),
    false,
  ],
  [
    'a first message dated back',
    'ravi',
    startOfCall({ conversation: { messages: { msg_1: message({ received_at: 5 }) } } }),
    false,
  ],
  ['a call under the id of an archived one', 'ravi', startOfCall({ callId: 'call_archived' }), false],
  [
    'a call with the conversation of an archived one',
    'ravi',
    startOfCall({ conversationId: 'conv_archived' }),
    false,
  ],
  [
    'a call under the ids of an archived one',
    'ravi',
    startOfCall({ callId: 'call_archived', conversationId: 'conv_archived' }),
    false,
  ],
  [
    'a call that frees the ids of an archived one',
    'ravi',
    { ...startOfCall({ conversationId: 'conv_archived' }), 'archived_ids/conv_archived': null },
    false,
  ],
  ...(Object.keys(actors) as ActorName[]).map((actor): WriteCase => [
    `the id of a call to come, as archived, by ${actor}`,
    actor,
    { 'archived_ids/conv_to_come': true },
    false,
  ]),
  ['a call beside an unrelated write', 'ravi', { ...startOfCall(), 'somewhere/else': 1 }, false],
]

function only(write: Record<string, unknown>, path: string): Record<string, unknown> {
  return { [path]: write[path] }
}
