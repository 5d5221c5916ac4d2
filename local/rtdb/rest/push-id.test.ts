import { expect, test } from 'vitest'

import { createPushIds } from './push-id.ts'

const zeros = () => 0

test('carries the time in its first eight characters', () => {
  const next = createPushIds(zeros)
  expect(next(0)).toBe('-'.repeat(20))
  expect(next(1)).toBe(`-------0${'-'.repeat(12)}`)
  expect(next(64)).toBe(`------0-${'-'.repeat(12)}`)
})

test('counts on within one millisecond, with carry', () => {
  const next = createPushIds((below) => below - 1)
  const first = next(5)
  expect(first).toBe(`-------4${'z'.repeat(12)}`)
  expect(createPushIds(zeros)(5) < first).toBe(true)
  const counting = createPushIds(zeros)
  const ids = Array.from({ length: 200 }, () => counting(5))
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(200)
})

test('does not go back with the clock', () => {
  const next = createPushIds(zeros)
  const before = next(1_000)
  expect(next(999) > before).toBe(true)
})
