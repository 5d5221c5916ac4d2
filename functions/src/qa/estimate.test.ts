import { expect, test } from 'vitest'
import { estimateFrom } from './estimate.ts'

const took = (size: number, seconds: number) => ({ size, tookMs: seconds * 1_000 })

test('without a session to measure it on an estimate is assumed, and says so', () => {
  expect(estimateFrom([], 12, 0, 20)).toEqual({ seconds: 20, measured: null })
  expect(estimateFrom([], 500, 0, 20).seconds).toBe(200)
})

test('it is the median of the sessions nearest in size, and says which those were', () => {
  const small = [took(10, 8), took(12, 9), took(14, 30), took(11, 10), took(9, 7)]
  expect(estimateFrom([took(500, 120), ...small, took(400, 100)], 12, 0, 20)).toEqual({
    seconds: 9,
    measured: { sessions: 5, fewest: 9, most: 14 },
  })
})

test('a session of hundreds is not estimated by small ones where there are large ones', () => {
  const past = [took(3, 5), took(3, 5), took(3, 5), took(450, 180), took(500, 200), took(480, 200)]
  const { seconds, measured } = estimateFrom(past, 500, 0, 20)
  expect(seconds).toBeGreaterThan(100)
  expect(measured).toMatchObject({ most: 500 })
})

test('what is running comes first', () => {
  expect(estimateFrom([took(50, 10)], 50, 100, 20).seconds).toBe(30)
})
