import { expect, test } from 'vitest'
import { manualClock } from './manual-clock.ts'

test('runs what falls due in its order and at its own time', () => {
  const clock = manualClock(1_000)
  const seen: [string, number][] = []
  clock.after(300, () => seen.push(['once', clock.now()]))
  const stop = clock.every(200, () => seen.push(['again', clock.now()]))
  clock.after(100, () => seen.push(['first', clock.now()]))()
  clock.advance(450)
  stop()
  clock.advance(1_000)
  expect(seen).toEqual([
    ['again', 1_200],
    ['once', 1_300],
    ['again', 1_400],
  ])
  expect(clock.now()).toBe(2_450)
  expect(clock.pending).toBe(0)
})
