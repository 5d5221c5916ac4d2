import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { nodeFromJson } from './json.ts'
import { compareKeys, compareValues, maxKey, minKey } from './order.ts'

test('keys sort as 32-bit integers first, then as text', () => {
  const sorted = [
    minKey,
    '-2147483648',
    '-5',
    '0',
    '1',
    '01',
    '001',
    '2',
    '10',
    '2147483647',
    '-',
    '-2147483649',
    '-N_push',
    '1.5',
    '2147483648',
    'A',
    '__proto__',
    'a',
    'a1',
    'b',
    'é',
    maxKey,
  ]
  expect(sorted.toReversed().toSorted(compareKeys)).toEqual(sorted)
})

test('no two different keys compare as equal, and the order is total', () => {
  const key = fc.oneof(fc.stringMatching(/^-?0{0,3}\d{0,11}$/), fc.string())
  fc.assert(
    fc.property(key, key, key, (a, b, c) => {
      expect(compareKeys(a, b) === 0).toBe(a === b)
      expect(Math.sign(compareKeys(a, b)) + Math.sign(compareKeys(b, a))).toBe(0)
      const [low, middle, high] = [a, b, c].toSorted(compareKeys) as [string, string, string]
      expect(
        [compareKeys(low, middle), compareKeys(middle, high), compareKeys(low, high)].every(
          (order) => order <= 0,
        ),
      ).toBe(true)
    }),
  )
})

test('values sort by kind and then by value, and maps are alike', () => {
  const sorted = [null, false, true, -3, 0, 2.5, 10, '', '10', '9', 'Z', 'a', { z: 1 }]
  const nodes = sorted.map((json) => nodeFromJson(json))
  expect(nodes.toReversed().toSorted(compareValues)).toEqual(nodes)
  expect(compareValues(nodeFromJson({ a: 1 }), nodeFromJson({ b: 2, c: 3 }))).toBe(0)
})
