import { expect, test } from 'vitest'
import { CallRecord } from '../calls/schema.ts'
import { urgencyCause } from './urgency-cause.ts'

const stored = {
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  urgency: 'CRITICAL',
  status: 'ACTIVE',
  medium: 'Voice',
  timestamp: '2025-10-03T11:58:04+05:30',
}
const floor = (at: number, urgency = 'CRITICAL') => ({
  urgency_floor: {
    urgency,
    message_id: 'msg_1',
    at,
    cues: [0, 20].map((start) => ({ text: 'not breathing', start, end: start + 13, urgency })),
  },
})
const person = (at: number) => ({ urgency_changed: { from: 'HIGH', by: 'ben', at, reason: 'I saw it' } })
const duress = (at: number) => ({ alarmed: { duress_message_msg_2: at, silence_check_1: 99 } })

test.each<[string, object, object | undefined]>([
  ['its worker began it so', {}, undefined],
  ['words', floor(1), { kind: 'words' }],
  ['words of another urgency', floor(1, 'HIGH'), undefined],
  ['a person', person(1), { kind: 'person' }],
  ['duress', duress(1), { kind: 'duress' }],
  ['a person after words', { ...floor(1), ...person(2) }, { kind: 'person' }],
  ['words after a person', { ...floor(2), ...person(1) }, { kind: 'words' }],
  ['a person after duress', { ...duress(1), ...person(2) }, { kind: 'person' }],
  ['duress after all', { ...floor(1), ...person(2), ...duress(3) }, { kind: 'duress' }],
  ['words after duress', { ...duress(1), ...floor(2) }, { kind: 'words' }],
])('the urgency of a call is by %s', (_, facts, expected) => {
  const cause = urgencyCause(CallRecord.parse({ ...stored, ...facts }))
  expect(cause && { kind: cause.kind }).toEqual(expected)
})

test('each cause says what it rests on, and each cue once', () => {
  const causeOf = (facts: object) => urgencyCause(CallRecord.parse({ ...stored, ...facts }))
  expect(causeOf(floor(1))).toEqual({ kind: 'words', message_id: 'msg_1', cues: ['not breathing'] })
  const { urgency_floor } = floor(1)
  expect(causeOf({ urgency_floor: { ...urgency_floor, model: 'm' } })).toMatchObject({
    kind: 'words',
    model: 'm',
  })
  expect(causeOf(person(1))).toEqual({ kind: 'person', by: 'ben', reason: 'I saw it' })
})
