import { serverTimestamp } from 'firebase/database'
import { TIMESTAMP } from './fixture.ts'
import { everybodyElse, wrongCallFields, type WriteCase } from './write-case.ts'

/** Changing what is there already. */
export const changeCases: readonly WriteCase[] = [
  ...Object.entries({
    ...wrongCallFields,
    urgency: 'LOW',
    medium: 'Voice',
    mobile_no: '+1',
    timestamp: TIMESTAMP,
  }).map(([key, value]): WriteCase => [
    `a new ${key} of the own call`,
    'ravi',
    { [`active_calls/call_ravi/${key}`]: value },
    false,
  ]),
  ['a lower lease of a held call', 'ravi', { 'active_calls/call_held/takeover': 0 }, false],
  ['the removal of the holder', 'ravi', { 'active_calls/call_held/admin_id': null }, false],
  ['an ended call made active again', 'ravi', { 'active_calls/call_ended/status': 'ACTIVE' }, false],
  ['the removal of the own call', 'ravi', { 'active_calls/call_ravi': null }, false],
  ['the removal of the own conversation', 'ravi', { 'active_conversations/conv_ravi': null }, false],
  ['the removal of everything', 'ravi', { active_calls: null, active_conversations: null }, false],
  ...['call_id', 'worker_id', 'company_id'].map((key): WriteCase => [
    `a new ${key} of the own conversation`,
    'ravi',
    { [`active_conversations/conv_ravi/${key}`]: 'other' },
    false,
  ]),
  [
    'live_summary of the own conversation',
    'ravi',
    { 'active_conversations/conv_ravi/live_summary/text': 'x' },
    false,
  ],
  [
    'the time of the last message',
    'ravi',
    { 'active_calls/call_ravi/last_message_at': serverTimestamp() },
    true,
  ],
  ['a time of the last message in the past', 'ravi', { 'active_calls/call_ravi/last_message_at': 5 }, false],
  ['no time of the last message', 'ravi', { 'active_calls/call_ravi/last_message_at': null }, false],
  [
    'the time of the last message of an ended call',
    'ravi',
    { 'active_calls/call_ended/last_message_at': serverTimestamp() },
    false,
  ],
  ...everybodyElse.map((actor): WriteCase => [
    `the time of Ravi's last message by ${actor}`,
    actor,
    { 'active_calls/call_ravi/last_message_at': serverTimestamp() },
    false,
  ]),
  ...(['ravi', 'a manager of the company', 'nobody'] as const).map((actor): WriteCase => [
    `a path of no meaning by ${actor}`,
    actor,
    { 'notes/1': 'hello' },
    false,
  ]),
]
