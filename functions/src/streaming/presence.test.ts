import { expect, test } from 'vitest'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { createPresence } from './presence.ts'

function setUp() {
  const clock = manualClock()
  const notes: string[] = []
  const presence = createPresence({ clock, everyMs: 1_000, note: (uid) => void notes.push(uid) })
  return { clock, notes, presence }
}

test('whoever holds something is noted at once and then every so often, until they let go', () => {
  const { clock, notes, presence } = setUp()
  const open = new AbortController()
  presence.hold('ben', open.signal)
  expect(notes).toEqual(['ben'])
  clock.advance(3_000)
  expect(notes).toHaveLength(4)
  open.abort()
  clock.advance(5_000)
  expect(notes).toHaveLength(4)
  expect(clock.pending).toBe(0)
})

test('several things open are one person', () => {
  const { clock, notes, presence } = setUp()
  const [first, second] = [new AbortController(), new AbortController()]
  presence.hold('ben', first.signal)
  presence.hold('ben', second.signal)
  expect(notes).toHaveLength(1)
  first.abort()
  clock.advance(1_000)
  expect(notes).toHaveLength(2)
  second.abort()
  expect(clock.pending).toBe(0)
})

test('many requests in a moment are one note, and each person has their own', () => {
  const { clock, notes, presence } = setUp()
  for (let i = 0; i < 10; i += 1) presence.touch('ben')
  presence.touch('cleo')
  expect(notes).toEqual(['ben', 'cleo'])
  clock.advance(1_000)
  presence.touch('ben')
  expect(notes).toEqual(['ben', 'cleo', 'ben'])
})

test('what was closed before it was held is nobody', () => {
  const { clock, notes, presence } = setUp()
  presence.hold('ben', AbortSignal.abort())
  expect([notes, clock.pending]).toEqual([[], 0])
})
