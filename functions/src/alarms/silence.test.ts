import { describe, expect, test } from 'vitest'
import { CallRecord } from '../calls/schema.ts'
import { ask, hear, isLookDue, markAlarmed, silentSince, unassignedSince } from './silence.ts'

const SPANS = {
  silence: { CRITICAL: 60, HIGH: 120, MEDIUM: 300, LOW: 900 },
  answer: 45,
  unassigned: 90,
  escalate: 60,
}
const call = (rest: object = {}) =>
  CallRecord.parse({
    conversation_id: 'conv_1',
    worker_id: 'worker_1',
    urgency: 'CRITICAL',
    status: 'ACTIVE',
    medium: 'Text',
    timestamp: '2025-10-03T11:58:04+05:30',
    started_at: 1_000_000,
    ...rest,
  })

test('silence counts from the start of a call until the worker is heard of', () => {
  expect(silentSince(call())).toBe(1_000_000)
  expect(silentSince(call({ silence: { heard_at: 2_000_000 } }))).toBe(2_000_000)
})

describe('a look is due', () => {
  test.each([
    ['before the span', {}, 1_059_999, false],
    ['at the span', {}, 1_060_000, true],
    ['sooner than a less urgent call', { urgency: 'LOW' }, 1_060_000, false],
    ['never in an ended call', { status: 'ENDED' }, 9_000_000, false],
    [
      'always while a question is open',
      { silence: { heard_at: 1_000_000, asked_at: 1_060_000 } },
      1_060_001,
      true,
    ],
    ['not where the worker has ended it with a word', { end_asked: { at: 1 } }, 9_000_000, false],
  ])('%s', (_, rest, now, expected) => {
    expect(isLookDue(call(rest), now, SPANS)).toBe(expected)
  })
})

describe('asking', () => {
  test('happens once for a silence', () => {
    const asked = ask(1_000_000, 1_060_000)(call())
    expect(asked).toEqual({
      silence: { heard_at: 1_000_000, asked_at: 1_060_000, check_id: 'check_1000000' },
    })
    expect(ask(1_000_000, 1_060_001)(call(asked as object))).toBeNull()
  })
  test('does not happen when the worker was heard of meanwhile', () => {
    expect(ask(1_000_000, 1_060_000)(call({ silence: { heard_at: 1_050_000 } }))).toBeNull()
  })
})

test('who was heard of is not asked any more, and never goes back in time', () => {
  const asked = { silence: { heard_at: 1_000_000, asked_at: 1_060_000, check_id: 'check_1000000' } }
  expect(hear(1_061_000)(call(asked))).toEqual({ silence: { heard_at: 1_061_000 } })
  expect(hear(900_000)(call())).toBeNull()
})

test('a cause is marked once', () => {
  const marked = markAlarmed('silence_check_1', 5)(call())
  expect(marked).toEqual({ alarmed: { silence_check_1: 5 } })
  expect(markAlarmed('silence_check_1', 6)(call(marked as object))).toBeNull()
})

test.each([
  ['from its start', {}, 1_000_000],
  [
    'from when its holder was lost',
    { released: { from: 'b', takeover: 1, reason: 'released', at: 2_000_000 } },
    2_000_000,
  ],
  [
    'from when it became critical',
    { urgency_changed: { from: 'LOW', by: 'b', at: 3_000_000, reason: 'r' } },
    3_000_000,
  ],
  ['never while it is held', { admin_id: 'ben' }, undefined],
  ['never while it is not critical', { urgency: 'HIGH' }, undefined],
  ['never once it has ended', { status: 'ENDED' }, undefined],
])('a call counts as unassigned %s', (_, rest, expected) => {
  expect(unassignedSince(call(rest))).toBe(expected)
})
