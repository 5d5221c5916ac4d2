import { expect, test } from 'vitest'
import {
  dropLapsedOffer,
  dropOffer,
  end,
  loseHolder,
  offer,
  release,
  setUrgency,
  takeOver,
} from '../calls/lifecycle.ts'
import { CallRecord } from '../calls/schema.ts'
import { MAX_EVENTS, readEvents, withEvents } from './call-events.ts'
import type { Act } from './change-call.ts'

const stored = {
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  urgency: 'HIGH',
  status: 'ACTIVE',
  medium: 'Voice',
  timestamp: '2025-10-03T11:58:04+05:30',
}
const held = { ...stored, admin_id: 'ben', takeover: 1, holder_seen_at: 1, holder_missed_at: 1 }
const offered = { ...held, transfer: { to: 'cleo', by: 'ben', at: 1, lapses_at: 5 } }

function eventsAfter(before: object, act: Act, by?: string): unknown[] {
  const call = CallRecord.parse(before)
  const patch = act(call)
  if (patch === null || typeof patch === 'string') return []
  const after = withEvents(before, call, patch, by)
  if (after === 'full') return ['full']
  const { timeline = {} } = after as { timeline?: Record<string, { at: unknown }> }
  return Object.entries(timeline).map(([key, { at: _at, ...event }]) => ({ key, ...event }))
}

test.each<[string, object, Act, string | undefined, object[]]>([
  ['a takeover', stored, takeOver('ben'), 'ben', [{ kind: 'taken-over', by: 'ben', takeover: 1 }]],
  ['a release', held, release('ava'), 'ava', [{ kind: 'released', by: 'ava', from: 'ben', takeover: 1 }]],
  [
    'a lost holder',
    held,
    loseHolder({ seen: 9, missed: 9 }),
    undefined,
    [{ kind: 'holder-lost', from: 'ben', takeover: 1 }],
  ],
  [
    'an offer',
    held,
    offer('ben', 'cleo', 9),
    'ben',
    [{ kind: 'transfer-offered', by: 'ben', to: 'cleo', takeover: 1 }],
  ],
  ['an offer declined', offered, dropOffer, 'cleo', [{ kind: 'transfer-dropped', by: 'cleo', to: 'cleo' }]],
  ['an offer lapsed', offered, dropLapsedOffer(9), undefined, [{ kind: 'transfer-lapsed', to: 'cleo' }]],
  [
    'an urgency with its reason',
    held,
    setUrgency('ben', 'LOW', 'A drill.'),
    'ben',
    [{ kind: 'urgency-changed', by: 'ben', urgency: 'LOW', urgency_before: 'HIGH', reason: 'A drill.' }],
  ],
  [
    'an urgency by the words of a message',
    held,
    () => ({
      urgency: 'CRITICAL',
      urgency_floor: { urgency: 'CRITICAL', message_id: 'msg_1', at: 1, cues: [] },
    }),
    undefined,
    [
      {
        kind: 'urgency-raised',
        urgency: 'CRITICAL',
        urgency_before: 'HIGH',
        cause: 'words',
        message_id: 'msg_1',
      },
    ],
  ],
  [
    'an urgency by what a model made of a message',
    held,
    () => ({
      urgency: 'CRITICAL',
      urgency_floor: { urgency: 'CRITICAL', message_id: 'msg_1', at: 1, cues: [], model: 'm' },
    }),
    undefined,
    [
      {
        kind: 'urgency-raised',
        urgency: 'CRITICAL',
        urgency_before: 'HIGH',
        cause: 'model',
        message_id: 'msg_1',
      },
    ],
  ],
  [
    'an urgency by the duress word, whatever was written before,',
    {
      ...held,
      alarmed: { silence_1: 1 },
      urgency_floor: { urgency: 'HIGH', message_id: 'msg_1', at: 1, cues: [] },
    },
    () => ({ urgency: 'CRITICAL', alarmed: { silence_1: 1, duress_message_msg_2: 2 } }),
    undefined,
    [{ kind: 'urgency-raised', urgency: 'CRITICAL', urgency_before: 'HIGH', cause: 'duress' }],
  ],
  [
    'the end',
    offered,
    end('ben', 'Safe.'),
    'ben',
    [{ kind: 'ended', by: 'ben', takeover: 1, reason: 'Safe.' }],
  ],
  ['nothing, when nothing changes', held, takeOver('ben'), 'ben', []],
])('%s goes into the history of the call', (_title, before, act, by, expected) => {
  const expectedEvents = expected.map((event) => ({ key: 'e00001', ...event }))
  expect(eventsAfter(before, act, by)).toEqual(expectedEvents)
})

test('what happened before stays, and what follows comes behind it', () => {
  const timeline = { e00001: { kind: 'taken-over', by: 'ava', takeover: 1, at: 5 } }
  expect(
    eventsAfter({ ...held, timeline }, release('ben'), 'ben').map((event) => (event as { key: string }).key),
  ).toEqual(['e00001', 'e00002'])
  expect(readEvents({ timeline: { ...timeline, e00002: 'nonsense' } })).toEqual([['e00001', timeline.e00001]])
})

test('a full history takes no more but the end', () => {
  const event = { kind: 'taken-over', at: 1 }
  const timeline = Object.fromEntries(Array.from({ length: MAX_EVENTS }, (_, n) => [`e${n}`, event]))
  expect(eventsAfter({ ...held, timeline }, setUrgency('ben', 'LOW', 'x'), 'ben')).toEqual(['full'])
  expect(eventsAfter({ ...held, timeline }, end('ben', undefined), 'ben')).toHaveLength(MAX_EVENTS + 1)
})
