import { serverTimestamp } from 'firebase/database'
import { message, type ActorName } from './fixture.ts'
import { everybodyElse, type WriteCase } from './write-case.ts'

type Call = 'call_ravi' | 'call_held' | 'call_ended' | 'call_over' | 'call_meera' | 'call_tom' | 'call_none'

const typing = (call: Call, value: unknown = serverTimestamp(), company = 'c_acme') => ({
  [`boards/${company}/${call}/typing`]: value,
})
const seenTo = (overrides: Record<string, unknown> = {}, call: Call = 'call_ravi', company = 'c_acme') => ({
  [`boards/${company}/${call}/seen_to`]: { message_id: 'msg_old', received_at: 1_000, ...overrides },
})
const unread = (value: unknown, id = 'msg_older', call: Call = 'call_ravi', company = 'c_acme') => ({
  [`boards/${company}/${call}/unread/${id}`]: value,
})
const byNobodyElse = (what: string, write: Record<string, unknown>): WriteCase[] =>
  (['ravi', ...everybodyElse] as ActorName[]).map((actor) => [`${what} by ${actor}`, actor, write, false])

/** What the board of a company shows of a call besides the call: who is writing, and what nobody has read. */
export const boardCases: readonly WriteCase[] = [
  ['the own typing on the board', 'ravi', typing('call_ravi'), true],
  ['the own typing on the board while an admin holds the call', 'ravi', typing('call_held'), true],
  ['the own typing taken back from the board', 'ravi', typing('call_ravi', null), true],
  [
    'the own typing in the conversation and on the board at once',
    'ravi',
    { ...typing('call_ravi'), 'active_conversations/conv_ravi/typing/worker_ravi': serverTimestamp() },
    true,
  ],
  ['the own typing beside a mark on the board', 'ravi', { ...typing('call_ravi'), ...seenTo() }, false],
  ...(['call_ended', 'call_over', 'call_meera', 'call_tom', 'call_none'] as const).map((call): WriteCase => [
    `the own typing on the board in ${call}`,
    'ravi',
    typing(call),
    false,
  ]),
  [
    "the own typing on another company's board",
    'ravi',
    typing('call_ravi', serverTimestamp(), 'c_globex'),
    false,
  ],
  ["Tom's typing on Acme's board", 'tom', typing('call_tom'), false],
  ["Tom's typing on his own company's board", 'tom', typing('call_tom', serverTimestamp(), 'c_globex'), true],
  [
    'typing of who has moved, on the board of the new company',
    'ravi, moved to another company',
    typing('call_ravi', serverTimestamp(), 'c_globex'),
    false,
  ],
  ...([...everybodyElse, 'the API'] as ActorName[]).map((actor): WriteCase => [
    `Ravi's typing on the board by ${actor}`,
    actor,
    typing('call_ravi'),
    false,
  ]),
  ...[5, true, 'now', { at: 1 }, 4_102_444_800_000].map((value): WriteCase => [
    `typing on the board at ${JSON.stringify(value)}`,
    'ravi',
    typing('call_ravi', value),
    false,
  ]),
  ['all that the board shows of the own call', 'ravi', { 'boards/c_acme/call_ravi': null }, false],
  ['all of the board', 'ravi', { 'boards/c_acme': null }, false],
  ['another field on the board', 'ravi', { 'boards/c_acme/call_ravi/online': true }, false],
  ['another field on the board', 'the API', { 'boards/c_acme/call_ravi/online': true }, false],

  ['how far the team has seen', 'the API', seenTo(), true],
  ['how far the team has seen, the first time', 'the API', seenTo({}, 'call_held'), true],
  [
    'how far the team has seen with the mark of the holder',
    'the API',
    {
      ...seenTo({}, 'call_held'),
      'active_conversations/conv_held/seen/admin_ben': {
        message_id: 'msg_old',
        received_at: 1_000,
        seen_at: serverTimestamp(),
      },
    },
    true,
  ],
  [
    'how far the team has seen, earlier than before',
    'the API',
    seenTo({ message_id: 'msg_older', received_at: 400 }),
    false,
  ],
  [
    'how far the team has seen, an earlier id of the same time',
    'the API',
    seenTo({ message_id: 'msg_old', received_at: 500 }),
    false,
  ],
  ['how far the team has seen: no message', 'the API', seenTo({ message_id: 'msg_none' }), false],
  ['how far the team has seen: a number', 'the API', seenTo({ message_id: 7 }), false],
  ['how far the team has seen, without a time', 'the API', seenTo({ received_at: null }), false],
  ['how far the team has seen, with who', 'the API', seenTo({ by: 'admin_ava' }), false],
  ['how far the team has seen taken away', 'the API', { 'boards/c_acme/call_ravi/seen_to': null }, false],
  ...(['call_ended', 'call_over', 'call_none', 'call_tom'] as const).map((call): WriteCase => [
    `how far the team has seen of ${call}`,
    'the API',
    seenTo({}, call),
    false,
  ]),
  ["how far another company's team has seen", 'the API', seenTo({}, 'call_ravi', 'c_globex'), false],
  ...byNobodyElse('how far the team has seen', seenTo()),

  ['a message that nobody has read', 'the API', unread(500), true],
  ['a message that has been read', 'the API', unread(null, 'msg_old'), true],
  ['a message that is not there', 'the API', unread(500, 'msg_none'), false],
  ['a message that nobody has read, without a time', 'the API', unread('now'), false],
  ...(['call_ended', 'call_over', 'call_none', 'call_tom'] as const).map((call): WriteCase => [
    `a message of ${call} that nobody has read`,
    'the API',
    unread(500, 'msg_older', call),
    false,
  ]),
  [
    "a message on another company's board",
    'the API',
    unread(500, 'msg_older', 'call_ravi', 'c_globex'),
    false,
  ],
  [
    'an answer as a message that nobody has read',
    'the API',
    {
      'active_conversations/conv_held/messages/msg_new': message({
        role: 'admin',
        sender_id: 'admin_ben',
        lease: 3,
      }),
      ...unread(500, 'msg_new', 'call_held'),
    },
    false,
  ],
  ...byNobodyElse('a message that nobody has read', unread(500)),
  ...byNobodyElse('a message that has been read', unread(null, 'msg_old')),
]
