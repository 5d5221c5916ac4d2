import { expect, test } from 'vitest'
import { manualClock } from '../platform/testing/manual-clock.ts'
import type { Frame } from '../streaming/frame.ts'
import { createRoomSignals } from './room-signals.ts'
import type { Signals } from './signals.ts'

const NONE: Signals = { typing: new Map(), seen: new Map(), presence: new Map() }

function room({ isKnown } = { isKnown: true }) {
  const clock = manualClock()
  const sent: [string, unknown][] = []
  const send = (frame: Frame) => {
    const { conversation_id: _id, ...data } = JSON.parse(frame.json) as Record<string, unknown>
    sent.push([frame.event, data])
  }
  const signals = createRoomSignals({
    conversationId: 'c',
    clock,
    workerId: () => (isKnown ? 'w' : undefined),
    send,
  })
  const take = () => sent.splice(0)
  return { clock, signals, take, begin: () => (signals.begin({ send }), take()) }
}
const typing = (uid: string, side: string, left: number) => [
  'typing',
  { uid, side, typing: left > 0, expires_in_ms: left },
]

test('says for how long a word of typing still holds, to newcomers too, and nothing once it has lost its force', () => {
  const { clock, signals, take, begin } = room()
  const at = clock.now()
  signals.takeIn({
    ...NONE,
    typing: new Map([
      ['w', at],
      ['ben', at - 4_000],
      ['old', at - 6_000],
    ]),
  })
  expect(take()).toEqual([typing('w', 'worker', 6_000), typing('ben', 'admin', 2_000)])
  clock.advance(2_500)
  expect(begin()).toEqual([typing('w', 'worker', 3_500)])
  clock.advance(3_500)
  expect(begin()).toEqual([])
})

test('tells only what is different, and a word from a clock ahead of ours holds no longer than others', () => {
  const { clock, signals, take } = room()
  const at = clock.now() + 60_000
  signals.takeIn({ ...NONE, typing: new Map([['w', at]]) })
  expect(take()).toEqual([typing('w', 'worker', 6_000)])
  signals.takeIn({ ...NONE, typing: new Map([['w', at]]) })
  expect(take()).toEqual([])
  signals.takeIn(NONE)
  expect(take()).toEqual([typing('w', 'worker', 0)])
})

test('ages the last contact from when it is told', () => {
  const { clock, signals, take, begin } = room()
  const at = clock.now() - 1_000
  signals.takeIn({ ...NONE, presence: new Map([['w', at]]) })
  const last_contact_at = new Date(at).toISOString()
  expect(take()).toEqual([['presence', { uid: 'w', last_contact_at, age_ms: 1_000 }]])
  clock.advance(90_000)
  expect(begin()).toEqual([['presence', { uid: 'w', last_contact_at, age_ms: 91_000 }]])
})

test('keeps the marks of the two and those of watchers apart', () => {
  const { signals, take, begin } = room()
  const mark = { message_id: 'm', received_at: 1, seen_at: 2_000 }
  const told = (uid: string, side: string) => ({
    uid,
    side,
    message_id: 'm',
    seen_at: '1970-01-01T00:00:02.000Z',
  })
  signals.takeIn({
    ...NONE,
    seen: new Map([
      ['w', mark],
      ['ben', mark],
    ]),
  })
  expect(take()).toEqual([['seen', { marks: [told('w', 'worker'), told('ben', 'admin')] }]])
  signals.takeInTeam(new Map([['ava', mark]]))
  expect(take()).toEqual([['seen', { marks: [told('ava', 'watcher')] }]])
  signals.takeInTeam(new Map([['ava', mark]]))
  expect(take()).toEqual([])
  expect(begin()).toEqual([
    ['seen', { marks: [told('w', 'worker'), told('ben', 'admin'), told('ava', 'watcher')] }],
  ])
})

test('says nothing while nobody knows whose call it is', () => {
  const { signals, take, clock } = room({ isKnown: false })
  signals.takeIn({ ...NONE, typing: new Map([['w', clock.now()]]) })
  expect(take()).toEqual([])
})
