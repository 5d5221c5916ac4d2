import { expect, test } from 'vitest'
import { reconnectAt } from './deadline.ts'

const MINUTE = 60_000
test.each([
  ['the token lasts longer: after 12 minutes at the earliest', 60 * MINUTE, 0, 12 * MINUTE],
  ['the token lasts longer: after 15 minutes at the latest', 60 * MINUTE, 1, 15 * MINUTE],
  ['the token ends first: half a minute before that', 5 * MINUTE, 0, 4.5 * MINUTE],
  ['the token ends first: spread to 45 seconds before that', 5 * MINUTE, 1, 4.25 * MINUTE],
  ['the token is about to end: never, its expiry is told', MINUTE, 0, Infinity],
  ['the token has ended: never', -1, 0, Infinity],
])('%s', (_, lasts, random, expected) => {
  const now = 1_000_000
  expect(reconnectAt({ now, maxMs: 15 * MINUTE, expiresAt: now + lasts, random })).toBe(now + expected)
})
