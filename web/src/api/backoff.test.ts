import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'

test.each([
  [1, 0, 250],
  [1, 1, 500],
  [2, 1, 1_000],
  [5, 0, 4_000],
  [6, 1, 15_000],
  [5_000, 1, 15_000],
])('waits, after %i failures and with chance %f, %i ms', (failures, chance, expected) => {
  expect(backoffMs(failures, { baseMs: 500, capMs: 15_000, random: () => chance })).toBe(expected)
})
