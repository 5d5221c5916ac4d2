import { expect, test } from 'vitest'
import { digestOfJson } from '../platform/canonical-json.ts'
import { link } from './chain.ts'
import { createRecentKeys } from './recent-keys.ts'
import { createRecentReadings } from './recent-readings.ts'

const entry = {
  id: 'e1',
  at: 1,
  actor: { uid: 'ben', role: 'agent' as const },
  action: 'conversation.read' as const,
  outcome: 'allowed' as const,
  reason: null,
  company_id: 'c_acme',
  conversation_id: 'conv_1',
  call_id: 'call_1',
  request_id: null,
  details: {},
}

test('an entry carries the digest of the one before it, and one over itself', () => {
  const first = link({ writer: 'w', sequence: 0, digest: null }, entry)
  const second = link(first, { ...entry, id: 'e2' })
  expect([first.sequence, first.previous, second.sequence]).toEqual([1, null, 2])
  expect(second.previous).toBe(first.digest)
  const { digest, ...rest } = second
  expect(digestOfJson(rest)).toBe(digest)
  expect(digestOfJson({ ...rest, outcome: 'denied' })).not.toBe(digest)
})

test('what was told before is known, until thousands of others were told', () => {
  const recent = createRecentKeys()
  expect([recent.add('a'), recent.add('a')]).toEqual([true, false])
  for (let each = 0; each < 5_000; each += 1) recent.add(`other ${each}`)
  expect(recent.add('a')).toBe(true)
})

test('a reading goes on until it has lasted long enough, and thousands of others push it out', () => {
  const readings = createRecentReadings()
  readings.begin('a', 1_000)
  expect([999, 1_000].map((now) => readings.isUnderWay('a', now))).toEqual([true, false])
  for (let each = 0; each < 20_000; each += 1) readings.begin(`other ${each}`, 1_000)
  expect(readings.isUnderWay('a', 0)).toBe(false)
  expect(readings.isUnderWay('other 0', 0)).toBe(true)
})
