import { expect, test } from 'vitest'
import { isoOf, microsecondsOf } from './saved-time.ts'

test('a time keeps its microseconds on the way out and back', () => {
  const iso = isoOf({ seconds: 1_705_314_750, nanoseconds: 4_056_789 })
  expect(iso).toBe('2024-01-15T10:32:30.004056Z')
  expect(microsecondsOf(iso)).toBe(1_705_314_750_004_056)
})

test.each([
  ['2024-01-15T10:32:30Z', 1_705_314_750_000_000],
  ['2024-01-15T10:32:30.5Z', 1_705_314_750_500_000],
  ['2024-01-15T16:02:30.123456789+05:30', 1_705_314_750_123_456],
])('%s is read whatever its fraction and offset', (time, microseconds) => {
  expect(microsecondsOf(time)).toBe(microseconds)
})
