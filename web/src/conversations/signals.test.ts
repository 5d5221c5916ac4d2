import type { SeenMark } from '@lifeline/functions/contract'
import { describe, expect, test } from 'vitest'
import { messageNumber } from './message.fixture.ts'
import { applySignal, findSeen, NO_SIGNALS } from './signals.ts'

const mark = (message_id: string, uid = 'worker_1'): SeenMark => ({
  uid,
  side: 'worker',
  message_id,
  seen_at: '2025-10-03T07:00:00.000Z',
})
const about = { conversation_id: 'conv_1', uid: 'worker_1' }

describe('signals', () => {
  test('keep the latest mark of each', () => {
    const first = applySignal(
      NO_SIGNALS,
      { event: 'seen', data: { ...about, marks: [mark('msg_0001'), mark('msg_0001', 'admin_ava')] } },
      0,
    )
    const next = applySignal(first, { event: 'seen', data: { ...about, marks: [mark('msg_0002')] } }, 0)
    expect([...next.seen.values()].map(({ uid, message_id }) => [uid, message_id])).toEqual([
      ['worker_1', 'msg_0002'],
      ['admin_ava', 'msg_0001'],
    ])
  })

  test('know until when somebody is writing, and when they stopped', () => {
    const typing = { ...about, side: 'worker' as const, typing: true, expires_in_ms: 6_000 }
    const started = applySignal(NO_SIGNALS, { event: 'typing', data: typing }, 1_000)
    expect(started.typing.get('worker_1')).toBe(7_000)
    const stopped = { ...typing, typing: false, expires_in_ms: 0 }
    expect(applySignal(started, { event: 'typing', data: stopped }, 2_000).typing.get('worker_1')).toBe(0)
  })

  test('count the last contact back from the age that the server tells', () => {
    const data = { ...about, last_contact_at: '1999-01-01T00:00:00Z', age_ms: 90_000 }
    expect(applySignal(NO_SIGNALS, { event: 'presence', data }, 100_000).contact.get('worker_1')).toBe(10_000)
  })

  test.each([
    [undefined, undefined],
    [mark('msg_0001'), 'msg_0001'],
    [mark('msg_unknown'), undefined],
  ])('of %o cover the messages up to %s', (seen, expected) => {
    const messages = [1, 2, 3].map((n) => messageNumber(n))
    expect(findSeen(messages, seen)?.message_id).toBe(expected)
  })
})
