import { serverTimestamp } from 'firebase/database'
import { message, type ActorName } from './fixture.ts'
import { everybodyElse, type WriteCase } from './write-case.ts'

type Conversation = 'conv_ravi' | 'conv_held' | 'conv_ended' | 'conv_over' | 'conv_meera' | 'conv_tom'

const typing = (
  uid: string,
  value: unknown = serverTimestamp(),
  conversation: Conversation = 'conv_ravi',
) => ({
  [`active_conversations/${conversation}/typing/${uid}`]: value,
})
const presence = (uid: string, value: unknown, conversation: Conversation = 'conv_ravi') => ({
  [`active_conversations/${conversation}/presence/${uid}`]: value,
})
const mark = (overrides: Record<string, unknown> = {}) => ({
  message_id: 'msg_old',
  received_at: 1_000,
  seen_at: serverTimestamp(),
  ...overrides,
})
const seen = (
  uid: string,
  overrides?: Record<string, unknown>,
  conversation: Conversation = 'conv_ravi',
) => ({
  [`active_conversations/${conversation}/seen/${uid}`]: mark(overrides),
})
const teamSeen = (uid: string, overrides?: Record<string, unknown>, conversation = 'conv_ravi') => ({
  [`team_seen/${conversation}/${uid}`]: mark(overrides),
})
const answer = (overrides: Record<string, unknown> = {}, conversation: Conversation = 'conv_held') => ({
  [`active_conversations/${conversation}/messages/msg_new`]: message({
    role: 'admin',
    sender_id: 'admin_ben',
    lease: 3,
    ...overrides,
  }),
})

const me = 'worker_ravi'
const lastSeen = { last_seen: serverTimestamp() }
/** What Ravi may write of himself; nobody else may, and not where a call is over or not his. */
const own: Record<string, (conversation?: Conversation) => Record<string, unknown>> = {
  typing: (conversation) => typing(me, serverTimestamp(), conversation),
  'a mark of what was seen': (conversation) => seen(me, {}, conversation),
  presence: (conversation) => presence(me, lastSeen, conversation),
}

/** Typing, seen and presence, and what the API writes for the admin who holds the call. */
export const signalCases: readonly WriteCase[] = [
  ...Object.entries(own).flatMap(([what, write]): WriteCase[] => [
    [`the own ${what}`, 'ravi', write(), true],
    [`the own ${what} in a call that an admin holds`, 'ravi', write('conv_held'), true],
    ...everybodyElse.map((actor): WriteCase => [`Ravi's ${what} by ${actor}`, actor, write(), false]),
    [`Ravi's ${what} by the API`, 'the API', write(), false],
    ...(['conv_ended', 'conv_over', 'conv_meera', 'conv_tom'] as const).map((conversation): WriteCase => [
      `the own ${what} in ${conversation}`,
      'ravi',
      write(conversation),
      false,
    ]),
  ]),
  ['no typing any more', 'ravi', { ...typing(me), ...typing(me, null, 'conv_held') }, true],
  ...[5, true, 'now', { at: 1 }, 4_102_444_800_000].map((value): WriteCase => [
    `typing at ${JSON.stringify(value)}`,
    'ravi',
    typing(me, value),
    false,
  ]),
  ["the holder's typing by the worker", 'ravi', typing('admin_ben', serverTimestamp(), 'conv_held'), false],
  ["the holder's mark by the worker", 'ravi', seen('admin_ben', {}, 'conv_held'), false],
  ["the holder's presence by the worker", 'ravi', presence('admin_ben', lastSeen, 'conv_held'), false],
  ...[{ last_seen: 5 }, {}, true, { ...lastSeen, online: true }].map((value): WriteCase => [
    `presence of ${JSON.stringify(value)}`,
    'ravi',
    presence(me, value),
    false,
  ]),
  ['no presence any more', 'ravi', presence(me, null, 'conv_held'), false],

  ...Object.entries({
    'of no message': { message_id: 'msg_none' },
    'of a path': { message_id: 'msg_old/content' },
    'of a number': { message_id: 7 },
    'with the time of another message': { received_at: 1_001 },
    'without a time': { received_at: null },
    'seen in the past': { seen_at: 5 },
    'without when it was seen': { seen_at: null },
    'with another field': { by: 'admin_ben' },
  }).map(([how, overrides]): WriteCase => [`a mark ${how}`, 'ravi', seen(me, overrides), false]),
  ['a mark of an older message first', 'ravi', seen(me, { message_id: 'msg_older', received_at: 500 }), true],

  [
    'a mark of an older message than the last',
    'ravi',
    seen(me, { message_id: 'msg_older', received_at: 500 }, 'conv_held'),
    false,
  ],

  ...(['typing', 'seen', 'presence'] as const).map((key): WriteCase => [
    `all ${key} of a conversation`,
    'ravi',
    { [`active_conversations/conv_ravi/${key}`]: null },
    false,
  ]),

  ['typing of the holder', 'the API', typing('admin_ben', serverTimestamp(), 'conv_held'), true],
  ['a mark of the holder', 'the API', seen('admin_ben', {}, 'conv_held'), true],
  ['typing of an admin who watches', 'the API', typing('admin_ava', serverTimestamp(), 'conv_held'), false],
  ['a mark of an admin who watches', 'the API', seen('admin_ava', {}, 'conv_held'), false],
  ['typing where nobody holds the call', 'the API', typing('admin_ben'), false],
  ['a mark where nobody holds the call', 'the API', seen('admin_ben'), false],
  ['typing where the call is over', 'the API', typing('admin_ben', serverTimestamp(), 'conv_over'), false],
  ['a mark where the call is over', 'the API', seen('admin_ben', {}, 'conv_over'), false],

  ['a mark of the team', 'the API', teamSeen('admin_cleo'), true],
  ['the same mark of the team again', 'the API', teamSeen('admin_ava'), true],
  [
    'an older mark of the team',
    'the API',
    teamSeen('admin_ava', { message_id: 'msg_older', received_at: 500 }),
    false,
  ],
  ['a mark of the team of no message', 'the API', teamSeen('admin_cleo', { message_id: 'none' }), false],
  ['a mark of the team in no conversation', 'the API', teamSeen('admin_cleo', {}, 'conv_none'), false],
  ...(['ravi', ...everybodyElse] as ActorName[]).map((actor): WriteCase => [
    `a mark of the team by ${actor}`,
    actor,
    teamSeen('admin_cleo'),
    false,
  ]),

  ['an answer of the holder', 'the API', answer(), true],
  [
    'an answer with the time of the last message and no typing any more',
    'the API',
    {
      ...answer(),
      ...typing('admin_ben', null, 'conv_held'),
      'active_calls/call_held/last_message_at': serverTimestamp(),
    },
    true,
  ],
  ['an answer under an old lease', 'the API', answer({ lease: 2 }), false],
  ['an answer under a lease to come', 'the API', answer({ lease: 4 }), false],
  ['an answer without a lease', 'the API', answer({ lease: undefined }), false],
  ['an answer of somebody who does not hold the call', 'the API', answer({ sender_id: 'admin_ava' }), false],
  ['an answer of nobody', 'the API', answer({ sender_id: undefined }), false],
  ['an answer where nobody holds the call', 'the API', answer({ lease: 0 }, 'conv_ravi'), false],
  ['an answer where the call is over', 'the API', answer({}, 'conv_over'), false],
  ['an answer dated back', 'the API', answer({ received_at: 5 }), false],
  ['an answer in the words of the worker', 'the API', answer({ role: 'user' }), false],
  ['an answer of 4,001 characters', 'the API', answer({ content: 'x'.repeat(4_001) }), false],
  [
    'an answer over an existing message',
    'the API',
    { 'active_conversations/conv_held/messages/msg_old': message() },
    false,
  ],
  ['an answer by the worker', 'ravi', answer(), false],
  ['a message with a lease', 'ravi', answer({ role: 'user', sender_id: me }), false],
  ['a call of its own', 'the API', { 'active_calls/call_held/admin_id': 'admin_ava' }, false],
]
