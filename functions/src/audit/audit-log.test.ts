import { expect, test } from 'vitest'
import { digestOfJson } from '../platform/canonical-json.ts'
import { link } from './chain.ts'
import { createRecentKeys } from './recent-keys.ts'

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
