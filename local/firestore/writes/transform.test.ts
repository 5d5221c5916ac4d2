import { FieldValue, Timestamp } from '@google-cloud/firestore'
import { describe, expect, test } from 'vitest'

import { useFirestore } from '../testing/use-firestore.ts'
import { parseTransform } from './transform.ts'

const { collection } = useFirestore()

describe('transforms through the SDK', () => {
  test('all server times of a write are the same moment, nested ones too', async () => {
    const ref = collection().doc('d')
    const now = FieldValue.serverTimestamp()
    await ref.set({ a: 'bar', b: { remove: 'bar' }, d: { keep: 'bar' }, f: now })
    const before = (await ref.get()).get('f') as Timestamp
    expect(before).toBeInstanceOf(Timestamp)
    await ref.update({ a: now, b: { c: now }, 'd.e': now })
    const at = (await ref.get()).get('a') as Timestamp
    expect((await ref.get()).data()).toEqual({ a: at, b: { c: at }, d: { e: at, keep: 'bar' }, f: before })
    expect(at.toMillis()).toBeGreaterThanOrEqual(before.toMillis())
  })

  test.each<[string, object, object, object]>([
    ['increment adds', { n: 1 }, { n: FieldValue.increment(2) }, { n: 3 }],
    ['increment of a double gives a double', { n: 1 }, { n: FieldValue.increment(0.5) }, { n: 1.5 }],
    ['increment of nothing sets', {}, { n: FieldValue.increment(2) }, { n: 2 }],
    ['increment of text replaces it', { n: 'x' }, { n: FieldValue.increment(2) }, { n: 2 }],
    ['increments reach into maps', { m: { n: 1 } }, { 'm.n': FieldValue.increment(1) }, { m: { n: 2 } }],
    [
      'union adds what is missing, in order and once',
      { a: ['x', 1], c: { d: ['x'] } },
      { a: FieldValue.arrayUnion('y', 'x', 1, 'y'), 'c.d': FieldValue.arrayUnion('z') },
      { a: ['x', 1, 'y'], c: { d: ['x', 'z'] } },
    ],
    ['union makes an array of anything else', { a: 'x' }, { a: FieldValue.arrayUnion('y') }, { a: ['y'] }],
    [
      'removal takes every equal element',
      { a: ['x', 'y', 'x', { k: 1 }] },
      { a: FieldValue.arrayRemove('x', { k: 1 }) },
      { a: ['y'] },
    ],
    ['removal from nothing leaves an empty array', {}, { a: FieldValue.arrayRemove('x') }, { a: [] }],
    [
      'several transforms and values go in one write',
      { n: 1, a: ['x'], s: 's' },
      { n: FieldValue.increment(1), a: FieldValue.arrayUnion('y'), s: FieldValue.delete(), t: 't' },
      { n: 2, a: ['x', 'y'], t: 't' },
    ],
  ])('%s', async (_title, before, update, after) => {
    const ref = collection().doc('d')
    await ref.set(before)
    await ref.update(update)
    expect((await ref.get()).data()).toEqual(after)
  })

  test('transforms can make a new document, alone or with merge', async () => {
    const calls = collection()
    await calls.doc('a').set({ n: FieldValue.increment(1), l: FieldValue.arrayUnion(1) })
    await calls.doc('b').set({ n: FieldValue.increment(1) }, { merge: true })
    expect((await calls.get()).docs.map((found) => found.data())).toEqual([{ n: 1, l: [1] }, { n: 1 }])
  })
})

describe('transforms that the SDK does not send', () => {
  const integer = (value: string) => ({ valueType: 'integerValue', integerValue: value }) as const
  const double = (value: number) => ({ valueType: 'doubleValue', doubleValue: value }) as const
  const most = '9223372036854775807'
  const least = '-9223372036854775808'

  test.each([
    ['increment', integer(most), integer('1'), integer(most)],
    ['increment', integer(least), integer('-1'), integer(least)],
    ['maximum', integer('1'), integer('2'), integer('2')],
    ['maximum', integer('2'), double(1.5), integer('2')],
    ['maximum', integer('1'), double(1), integer('1')],
    ['minimum', integer('1'), double(0.5), double(0.5)],
    ['minimum', double(0), integer('0'), double(0)],
    ['minimum', integer('1'), double(NaN), double(NaN)],
    ['maximum', double(NaN), integer('1'), double(NaN)],
  ] as const)('%s of %o and %o is %o', (transformType, present, operand, expected) => {
    const { apply } = parseTransform(['f'], { transformType, [transformType]: operand })
    expect(apply(present, 0)).toEqual({ value: expected, result: expected })
  })

  test.each(['increment', 'maximum', 'minimum'])('%s by text is refused', (transformType) => {
    const operand = { valueType: 'stringValue', stringValue: 'x' }
    expect(() => parseTransform(['f'], { transformType, [transformType]: operand })).toThrow(
      'must be a number',
    )
  })
})
