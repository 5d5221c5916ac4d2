import { serverTimestamp } from 'firebase/database'
import { type ActorName } from './fixture.ts'
import { everybodyElse, type WriteCase } from './write-case.ts'

const PROOF = '0a'.repeat(32)
type Fields = Record<string, unknown>
const defined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** "I'm OK" as the worker's page writes it; `conv_held` and `conv_over` have a question. */
const answer = (overrides: Fields = {}, conversation = 'conv_held'): Fields => ({
  [`active_conversations/${conversation}/check/answer`]: defined({
    check_id: 'check_1000',
    at: serverTimestamp(),
    ...overrides,
  }),
})
/** The end of a call with a word. */
const endAsked = (overrides: Fields = {}, call = 'call_ravi'): Fields => ({
  [`active_calls/${call}/end_asked`]: defined({ at: serverTimestamp(), proof: PROOF, ...overrides }),
})
const others: ActorName[] = [...everybodyElse, 'the API']

/** Answering the question whether one is OK, and ending a call with a word. */
export const checkCases: readonly WriteCase[] = [
  ['the answer to the question that is asked', 'ravi', answer(), true],
  ['the answer with what a word was made into', 'ravi', answer({ proof: PROOF }), true],
  ['the answer to another question', 'ravi', answer({ check_id: 'check_999' }), false],
  ['an answer where nothing is asked', 'ravi', answer({}, 'conv_ravi'), false],
  ['an answer in an ended call', 'ravi', answer({}, 'conv_over'), false],
  ["an answer in a colleague's call", 'ravi', answer({}, 'conv_meera'), false],
  ...others.map((actor): WriteCase => [`the answer of ${actor} for Ravi`, actor, answer(), false]),
  ...[{ at: 1_000 }, { at: undefined }, { check_id: undefined }, { extra: true }].map(
    (overrides): WriteCase => [
      `an answer with ${JSON.stringify(overrides)}`,
      'ravi',
      answer(overrides),
      false,
    ],
  ),
  ...['', 'sunflower', PROOF.slice(1), `${PROOF}0`, PROOF.toUpperCase(), 7].flatMap((proof): WriteCase[] => [
    [`an answer with the proof ${proof}`, 'ravi', answer({ proof }), false],
    [`the end with the proof ${proof}`, 'ravi', endAsked({ proof }), false],
  ]),
  [
    'a question of one’s own',
    'ravi',
    { 'active_conversations/conv_ravi/check': { id: 'check_1', asked_at: 1, answer_by: 2 } },
    false,
  ],
  ['the question taken away', 'ravi', { 'active_conversations/conv_held/check': null }, false],
  ['the end of the own call with a word', 'ravi', endAsked(), true],
  ['the end of the own held call with a word', 'ravi', endAsked({}, 'call_held'), true],
  ['the end with a word of an ended call', 'ravi', endAsked({}, 'call_ended'), false],
  ["the end with a word of a colleague's call", 'ravi', endAsked({}, 'call_meera'), false],
  ['the end with a word of a call that is not there', 'ravi', endAsked({}, 'call_none'), false],
  ...others.map((actor): WriteCase => [
    `the end with a word of Ravi's call by ${actor}`,
    actor,
    endAsked(),
    false,
  ]),
  ...[{ at: 1_000 }, { at: undefined }, { proof: undefined }, { extra: 1 }].map((overrides): WriteCase => [
    `the end with ${JSON.stringify(overrides)}`,
    'ravi',
    endAsked(overrides),
    false,
  ]),
  ...['silence', 'alarmed'].map((field): WriteCase => [
    `${field} of the own call`,
    'ravi',
    { [`active_calls/call_ravi/${field}`]: { heard_at: 1 } },
    false,
  ]),
]
