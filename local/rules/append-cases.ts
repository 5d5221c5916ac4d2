import { serverTimestamp } from 'firebase/database'
import { actors, append, TIMESTAMP } from './fixture.ts'
import { everybodyElse, impossibleTimes, unusualTimes, type WriteCase } from './write-case.ts'

const long = (length: number): string => 'x'.repeat(length)

/** Appending messages to a conversation. */
export const appendCases: readonly WriteCase[] = [
  ['a message', 'ravi', append(), true],
  ['a message of one character', 'ravi', append({ content: '!' }), true],
  ['a message of 4,000 characters', 'ravi', append({ content: long(4_000) }), true],
  ['a message in Devanagari with emoji', 'ravi', append({ content: 'मदद 🆘 مساعدة' }), true],
  ['a message without sources', 'ravi', append({ sources: undefined }), true],
  ['a message into a call that an admin holds', 'ravi', append({}, 'conv_held'), true],
  [
    'a message with the time of the last message',
    'ravi',
    { ...append(), 'active_calls/call_ravi/last_message_at': serverTimestamp() },
    true,
  ],
  ['two messages at once', 'ravi', { ...append(), ...append({}, 'conv_ravi', 'msg_new2') }, true],
  ...everybodyElse.map((actor): WriteCase => [
    `a message in Ravi's name by ${actor}`,
    actor,
    append(),
    false,
  ]),
  ...everybodyElse
    .filter((actor) => actors[actor] !== null)
    .map((actor): WriteCase => [
      `a message in their own name by ${actor}`,
      actor,
      append({ sender_id: actors[actor]?.uid }),
      false,
    ]),
  ['a message into an ended call', 'ravi', append({}, 'conv_ended'), false],
  ["a message into a colleague's call", 'ravi', append({}, 'conv_meera'), false],
  ["a message into another company's call", 'ravi', append({}, 'conv_tom'), false],
  ['a message into no conversation', 'ravi', append({}, 'conv_none'), false],
  ...['assistant', 'admin', 'system', 'USER', '', undefined].map((role): WriteCase => [
    `a message with the role ${String(role)}`,
    'ravi',
    append({ role }),
    false,
  ]),
  ...['worker_meera', '', undefined].map((sender_id): WriteCase => [
    `a message from sender ${String(sender_id)}`,
    'ravi',
    append({ sender_id }),
    false,
  ]),
  ...[1_000, 4_102_444_800_000, TIMESTAMP, undefined].map((received_at): WriteCase => [
    `a message received at ${String(received_at)}`,
    'ravi',
    append({ received_at }),
    false,
  ]),
  ...['', long(4_001), 7, true, { text: 'x' }, undefined].map((content): WriteCase => [
    `a message whose content is ${JSON.stringify(content)?.slice(0, 20)}`,
    'ravi',
    append({ content }),
    false,
  ]),
  ...['yesterday', `2025-10-03T11:58:04.${'0'.repeat(40)}Z`, 1_759_473_484_000, undefined].map(
    (timestamp): WriteCase => [
      `a message with the timestamp ${String(timestamp)}`,
      'ravi',
      append({ timestamp }),
      false,
    ],
  ),
  ...impossibleTimes.map((timestamp): WriteCase => [
    `a message of ${timestamp}`,
    'ravi',
    append({ timestamp }),
    false,
  ]),
  ...unusualTimes.map((timestamp): WriteCase => [
    `a message of ${timestamp}`,
    'ravi',
    append({ timestamp }),
    true,
  ]),
  ['a message that claims a source', 'ravi', append({ sources: 'OSHA Safety Standards' }), false],
  ['a message with another field', 'ravi', append({ is_admin: true }), false],
  ['a message with a hostile id', 'ravi', append({}, 'conv_ravi', 'msg\u200Bnew'), false],
  ['a message with an endless id', 'ravi', append({}, 'conv_ravi', long(129)), false],
  ['a message over an existing one', 'ravi', append({}, 'conv_ravi', 'msg_old'), false],
  ['the removal of a message', 'ravi', { 'active_conversations/conv_ravi/messages/msg_old': null }, false],
  ['the removal of all messages', 'ravi', { 'active_conversations/conv_ravi/messages': null }, false],
  [
    'new words in an old message',
    'ravi',
    { 'active_conversations/conv_ravi/messages/msg_old/content': 'Never mind' },
    false,
  ],
  [
    'a good message beside a bad one',
    'ravi',
    { ...append(), ...append({ role: 'admin' }, 'conv_ravi', 'msg_bad') },
    false,
  ],
]
