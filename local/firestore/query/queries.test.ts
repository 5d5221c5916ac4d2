import type { CollectionReference, DocumentData, Query } from '@google-cloud/firestore'
import { FieldPath, Timestamp } from '@google-cloud/firestore'
import { describe, expect, test } from 'vitest'

import { fill, idsOf } from '../testing/documents.ts'
import { useFirestore } from '../testing/use-firestore.ts'

const { collection, firestore } = useFirestore()

const having = (documents: Record<string, DocumentData>) => fill(collection(), documents)

const name = FieldPath.documentId()

describe('operators', () => {
  const zips = {
    a: { zip: 98_101, tags: ['x', 'y'], n: { m: 1 } },
    b: { zip: 91_102, tags: ['y'], n: { m: 2 } },
    c: { zip: '98101', tags: [['nested']].flat(), n: { m: 3 } },
    d: { zip: [98_101], tags: 'x' },
    e: { zip: ['98101', { zip: 98_101 }], tags: [{ x: 1 }, null, NaN] },
    f: { zip: { code: 500 }, tags: [] },
    g: { zip: null },
    h: { zip: NaN },
    i: { other: 1 },
  }

  test.each<[string, (all: CollectionReference) => Query, string]>([
    ['== compares with the type', (all) => all.where('zip', '==', 98_101), 'a'],
    ['== of an array compares all of it', (all) => all.where('zip', '==', [98_101]), 'd'],
    ['== of a map compares all of it', (all) => all.where('zip', '==', { code: 500 }), 'f'],
    ['== null finds null', (all) => all.where('zip', '==', null), 'g'],
    ['== NaN finds NaN', (all) => all.where('zip', '==', NaN), 'h'],
    ['== reaches into maps', (all) => all.where('n.m', '==', 2), 'b'],
    [
      '!= leaves out null and what lacks the field, and sorts by it',
      (all) => all.where('zip', '!=', 98_101),
      'hbcdef',
    ],
    ['!= null finds all that is not null', (all) => all.where('zip', '!=', null), 'hbacdef'],
    ['!= NaN leaves null out, too', (all) => all.where('zip', '!=', NaN), 'bacdef'],
    ['< finds its own type only, and no NaN', (all) => all.where('zip', '<', 98_101), 'b'],
    ['<= takes the value in', (all) => all.where('zip', '<=', 98_101), 'ba'],
    ['> finds its own type only', (all) => all.where('zip', '>', 91_102), 'a'],
    ['>= takes the value in', (all) => all.where('zip', '>=', 91_102), 'ba'],
    ['> of text finds text only', (all) => all.where('zip', '>', ''), 'c'],
    ['two bounds make a range', (all) => all.where('n.m', '>', 1).where('n.m', '<', 3), 'b'],
    [
      'in finds any of the values, by name',
      (all) => all.where('zip', 'in', [91_102, 98_101, '98101']),
      'abc',
    ],
    ['in finds arrays as a whole', (all) => all.where('zip', 'in', [[98_101]]), 'd'],
    ['in never finds null or NaN', (all) => all.where('zip', 'in', [null, NaN, 98_101]), 'a'],
    [
      'not-in leaves out its values, null, and what lacks the field',
      (all) => all.where('zip', 'not-in', [98_101, NaN]),
      'bcdef',
    ],
    ['not-in with null finds nothing', (all) => all.where('zip', 'not-in', [null]), ''],
    ['array-contains looks into arrays only', (all) => all.where('tags', 'array-contains', 'x'), 'a'],
    ['array-contains finds maps', (all) => all.where('tags', 'array-contains', { x: 1 }), 'e'],
    [
      'array-contains-any finds each document once',
      (all) => all.where('tags', 'array-contains-any', ['x', 'y']),
      'ab',
    ],
    [
      'array-contains-any never finds null or NaN',
      (all) => all.where('tags', 'array-contains-any', [null, NaN]),
      '',
    ],
    ['an integer equals the same double', (all) => all.where('n.m', '==', 1.0), 'a'],
    ['contradicting tests find nothing', (all) => all.where('n.m', '==', 1).where('n.m', '==', 2), ''],
  ])('%s', async (_title, query, expected) => {
    expect((await idsOf(query(await having(zips)))).join('')).toBe(expected)
  })

  test.each<[string, (all: CollectionReference) => Query, string]>([
    ['==', (all) => all.where(name, '==', 'b'), 'b'],
    [
      '== of another document of the data',
      (all) => all.where(name, '==', 'b').where('zip', '==', 98_101),
      '',
    ],
    ['!=', (all) => all.where(name, '!=', 'b'), 'acdefghi'],
    ['in', (all) => all.where(name, 'in', ['c', all.doc('a'), 'z']), 'ac'],
    ['not-in', (all) => all.where(name, 'not-in', ['a', all.doc('b')]), 'cdefghi'],
    ['a range', (all) => all.where(name, '>', 'b').where(name, '<=', 'd'), 'cd'],
    ['an order', (all) => all.orderBy(name, 'desc').limit(2), 'ih'],
  ])('the id can be queried with %s', async (_title, query, expected) => {
    expect((await idsOf(query(await having(zips)))).join('')).toBe(expected)
  })
})

describe('order', () => {
  test('mixed values sort by type, then by value', async () => {
    const values = [
      null,
      false,
      true,
      NaN,
      -Infinity,
      -9_007_199_254_740_993n,
      -1.5,
      -1n,
      0,
      1,
      1.5,
      9_007_199_254_740_992n,
      9_007_199_254_740_993n,
      Infinity,
      new Timestamp(-1, 0),
      new Timestamp(1, 1_000),
      '',
      'a',
      'a\u0000',
      'aa',
      'b',
      'é',
      '\uffee',
      '😀',
      Buffer.from([]),
      Buffer.from([0]),
      Buffer.from([0, 0]),
      Buffer.from([1]),
      firestore().doc('a/a'),
      firestore().doc('a/b'),
      firestore().doc('a/b/c/d'),
      firestore().doc('b/a'),
      [],
      [1],
      [1, 'x'],
      [2],
      {},
      { a: 1 },
      { a: 1, b: 1 },
      { a: 2 },
      { b: 0 },
    ]
    const documents = values.map((value, index) => [String(index).padStart(3, '0'), { value }] as const)
    const all = await having(Object.fromEntries(documents))
    const inOrder = documents.map(([id]) => id)
    expect(await idsOf(all.orderBy('value'))).toEqual(inOrder)
    expect(await idsOf(all.orderBy('value', 'desc'))).toEqual(inOrder.toReversed())
  })

  const people = {
    a: { last: 'x', first: 'q', age: 3 },
    b: { last: 'y', first: 'p', age: 1 },
    c: { last: 'x', first: 'p', age: 2 },
    d: { last: 'y', age: 1 },
    e: { last: 'y', first: 'p', age: 2 },
  }

  test.each<[string, (all: CollectionReference) => Query, string]>([
    ['two fields', (all) => all.orderBy('last').orderBy('first'), 'cabe'],
    ['two fields in different directions', (all) => all.orderBy('last', 'desc').orderBy('first'), 'beca'],
    [
      'the id decides, in the last direction',
      (all) => all.orderBy('last', 'desc').orderBy('first', 'desc'),
      'ebac',
    ],
    ['the id in a direction of its own', (all) => all.orderBy('last', 'desc').orderBy(name), 'bdeac'],
    ['a filter and another order', (all) => all.where('last', '==', 'y').orderBy('age', 'desc'), 'edb'],
    [
      'a range of another field, which comes next in the order',
      (all) => all.where('age', '>', 1).orderBy('last'),
      'cae',
    ],
    [
      'a range and the same order, downwards',
      (all) => all.where('age', '>=', 2).orderBy('age', 'desc'),
      'aec',
    ],
    ['in and an order', (all) => all.where('last', 'in', ['x', 'y']).orderBy('age').limit(3), 'bdc'],
    ['equality on the ordered field', (all) => all.where('last', '==', 'x').orderBy('last'), 'ac'],
  ])('%s', async (_title, query, expected) => {
    expect((await idsOf(query(await having(people)))).join('')).toBe(expected)
  })
})
