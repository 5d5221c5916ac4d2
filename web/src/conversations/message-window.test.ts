import { expect, test } from 'vitest'
import {
  afterGrowth,
  isWithin,
  windowAround,
  windowAtEnd,
  withEarlier,
  withLater,
  type MessageWindow,
} from './message-window.ts'

const COUNT = 5_000
const size = ({ from, to }: MessageWindow, count = COUNT) => (to ?? count) - from

test('a short conversation is drawn whole', () => {
  expect(windowAtEnd(20)).toEqual({ from: 0, to: null })
  expect(windowAround(3, 20)).toEqual({ from: 0, to: null })
})

test('whoever scrolls from the end to the beginning and back sees everything, and never much at once', () => {
  const seen = new Set<number>()
  let window = windowAtEnd(COUNT)
  const look = () => {
    expect(size(window)).toBeLessThanOrEqual(400)
    for (let index = window.from; index < (window.to ?? COUNT); index += 1) seen.add(index)
  }
  for (look(); window.from > 0; look()) window = withEarlier(window, COUNT)
  expect(seen.size).toBe(COUNT)
  expect(window.to).not.toBeNull()
  seen.clear()
  for (look(); window.to !== null; look()) window = withLater(window, COUNT)
  expect(seen.size).toBe(COUNT)
})

test.each([0, 40, 2_500, 4_999])('the message %i is within the window around it', (index) => {
  const window = windowAround(index, COUNT)
  expect(isWithin(window, index)).toBe(true)
  expect(isWithin(window, index - 1_000)).toBe(false)
})

test('a window at the end follows it, and lets the first ones go when they are many', () => {
  const window = windowAtEnd(COUNT)
  expect(afterGrowth(window, COUNT + 10)).toBe(window)
  expect(size(afterGrowth(window, COUNT + 1_000), COUNT + 1_000)).toBeLessThan(200)
  const further = windowAround(40, COUNT)
  expect(afterGrowth(further, COUNT + 1_000)).toBe(further)
})
