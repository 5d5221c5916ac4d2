import { describe, expect, test } from 'vitest'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { createBatchedCache } from './batched-cache.ts'

function setUp({ maxBatch = 100, maxEntries = 100 } = {}) {
  const clock = manualClock()
  const batches: string[][] = []
  const state: { failure: Error | undefined } = { failure: undefined }
  const cache = createBatchedCache<string>({
    clock,
    ttlMs: 1_000,
    maxBatch,
    maxEntries,
    async fetch(ids) {
      batches.push([...ids])
      if (state.failure) throw state.failure
      return new Map(ids.map((id) => [id, `${id}${batches.length}`]))
    },
  })
  return { cache, clock, batches, state }
}

test('what is asked for together is fetched together, each once', async () => {
  const { cache, batches } = setUp()
  expect(await Promise.all(['a', 'b', 'a'].map(async (id) => cache.find(id)))).toEqual(['a1', 'b1', 'a1'])
  expect(batches).toEqual([['a', 'b']])
})

test('what is known is at hand at once, until it is too old', async () => {
  const { cache, clock, batches } = setUp()
  await cache.find('a')
  clock.advance(999)
  expect(cache.find('a')).toBe('a1')
  clock.advance(1)
  expect(await cache.find('a')).toBe('a2')
  expect(batches).toHaveLength(2)
})

test('a large question is asked in parts', async () => {
  const { cache, batches } = setUp({ maxBatch: 2 })
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map(async (id) => cache.find(id)))
  expect(batches).toEqual([['a', 'b'], ['c', 'd'], ['e']])
})

describe('a failure', () => {
  test('reaches everybody who asked, and is not remembered', async () => {
    const { cache, state } = setUp()
    state.failure = new Error('away')
    const asked = await Promise.allSettled([cache.find('a'), cache.find('b')])
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    state.failure = undefined
    expect(await cache.find('a')).toBe('a2')
  })
})

test('the oldest are forgotten when there are too many', async () => {
  const { cache } = setUp({ maxEntries: 2 })
  for (const id of ['a', 'b', 'c']) await cache.find(id)
  expect(cache.find('c')).toBe('c3')
  expect(cache.find('a')).toBeInstanceOf(Promise)
})
