import { expect, test } from 'vitest'
import { createStreamLimits } from './stream-limits.ts'

test('a user may open so many streams and no more, until one is given back', () => {
  const limits = createStreamLimits({ perUser: 2, perProcess: 10 })
  const release = limits.admit('ava')
  limits.admit('ava')
  expect(() => limits.admit('ava')).toThrow(
    expect.objectContaining({ code: 'too-many-requests', status: 429 }),
  )
  expect(() => limits.admit('ben')).not.toThrow()
  release()
  expect(() => limits.admit('ava')).not.toThrow()
})

test('a full process sends everybody away with a time to come back', () => {
  const limits = createStreamLimits({ perUser: 2, perProcess: 1 })
  limits.admit('ava')
  expect(() => limits.admit('ben')).toThrow(
    expect.objectContaining({ code: 'unavailable', headers: { 'Retry-After': '5' } }),
  )
})

test('a place given back twice counts once', () => {
  const limits = createStreamLimits({ perUser: 2, perProcess: 10 })
  const release = limits.admit('ava')
  limits.admit('ava')
  release()
  release()
  expect(limits.open()).toBe(1)
})
