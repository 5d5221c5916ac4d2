import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { compareKeys, encodeText, invertKey } from './key-encoding.ts'
import { encodePath, encodeValue } from './order-key.ts'
import type { Value } from './value.ts'
import { doubleValue, integerValue } from './value.ts'

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const double = fc.double({ noNaN: true })

/** Exact order of an integer and a double, without rounding either. */
function compareExactly(integer: bigint, number: number): number {
  if (number === Infinity) return -1
  if (number === -Infinity) return 1
  const whole = BigInt(Math.trunc(number))
  if (integer !== whole) return integer < whole ? -1 : 1
  return Math.sign(Math.trunc(number) - number)
}

const order = (left: Value, right: Value) => compareKeys(encodeValue(left), encodeValue(right))

describe('keys sort as what they stand for', () => {
  test('integers', () => {
    fc.assert(
      fc.property(int64, int64, (left, right) => {
        expect(order(integerValue(left), integerValue(right))).toBe(left < right ? -1 : left > right ? 1 : 0)
      }),
    )
  })

  test('doubles', () => {
    fc.assert(
      fc.property(double, double, (left, right) => {
        expect(order(doubleValue(left), doubleValue(right))).toBe(left < right ? -1 : left > right ? 1 : 0)
      }),
    )
  })

  test('integers among doubles, to the last digit', () => {
    const near = int64.chain((integer) =>
      fc.tuple(fc.constant(integer), fc.oneof(double, fc.constant(Number(integer)))),
    )
    fc.assert(
      fc.property(near, ([integer, number]) => {
        expect(order(integerValue(integer), doubleValue(number))).toBe(compareExactly(integer, number) + 0)
      }),
    )
  })

  test('text, by its bytes', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(text, text, (left, right) => {
        const expected = Buffer.compare(Buffer.from(left), Buffer.from(right))
        expect(compareKeys(encodeText(left), encodeText(right))).toBe(expected)
      }),
    )
  })

  test('the other way round when inverted, even before what follows them', () => {
    const text = fc.string({ unit: 'binary', maxLength: 3 })
    fc.assert(
      fc.property(text, text, text, text, (left, right, after, other) => {
        const expected = Buffer.compare(Buffer.from(right), Buffer.from(left))
        fc.pre(expected !== 0)
        const keys = [
          invertKey(encodeText(left)) + encodeText(after),
          invertKey(encodeText(right)) + encodeText(other),
        ]
        expect(compareKeys(keys[0] ?? '', keys[1] ?? '')).toBe(expected)
      }),
    )
  })
})

test('numeric ids come before all others, in the order of their numbers', () => {
  const ids = ['__id-9223372036854775808__', '__id-1__', '__id2__', '__id10__', '0', 'A', '__idx__', 'a']
  const keys = ids.map((id) => encodePath(['c', id]))
  expect(keys.toSorted(compareKeys)).toEqual(keys)
})

test('no two ids share a key, not even a number and what only looks like it', () => {
  const ids = ['__id7__', '__id07__', '__id18446744073709551623__', '__id-0__', '__id0__']
  expect(new Set(ids.map((id) => encodePath(['c', id]))).size).toBe(ids.length)
})
