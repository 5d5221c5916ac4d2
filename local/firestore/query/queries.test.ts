import type { CollectionReference, DocumentData, Query, QuerySnapshot } from '@google-cloud/firestore'
import { FieldPath, Filter, Timestamp } from '@google-cloud/firestore'
import { describe, expect, test } from 'vitest'

import { useFirestore } from '../testing/use-firestore.ts'

const { collection, firestore } = useFirestore()

/** A new collection with these documents, by id. */
async function having(documents: Record<string, DocumentData>): Promise<CollectionReference> {
  const target = collection()
  const batch = firestore().batch()
  for (const [id, data] of Object.entries(documents)) batch.set(target.doc(id), data)
  await batch.commit()
  return target
}

const ids = (found: QuerySnapshot): string[] => found.docs.map(({ id }) => id)
const idsOf = async (query: Query): Promise<string[]> => ids(await query.get())

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

describe('cursors, limits and offsets', () => {
  const numbered = Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((id, index) => [id, { n: Math.floor(index / 2), m: index }]),
  )

  test.each<[string, (all: CollectionReference) => Query, string]>([
    ['startAt takes equals in', (all) => all.orderBy('n').startAt(1), 'cdef'],
    ['startAfter leaves equals out', (all) => all.orderBy('n').startAfter(1), 'ef'],
    ['endAt takes equals in', (all) => all.orderBy('n').endAt(1), 'abcd'],
    ['endBefore leaves equals out', (all) => all.orderBy('n').endBefore(1), 'ab'],
    ['startAt downwards', (all) => all.orderBy('n', 'desc').startAt(1), 'dcba'],
    ['startAfter downwards', (all) => all.orderBy('n', 'desc').startAfter(1), 'ba'],
    ['endAt downwards', (all) => all.orderBy('n', 'desc').endAt(1), 'fedc'],
    ['endBefore downwards', (all) => all.orderBy('n', 'desc').endBefore(1), 'fe'],
    ['two values', (all) => all.orderBy('n').orderBy('m', 'desc').startAfter(1, 3), 'cfe'],
    ['both ends', (all) => all.orderBy('m').startAt(1).endBefore(4), 'bcd'],
    ['ends that have crossed', (all) => all.orderBy('m').startAt(4).endAt(1), ''],
    ['a cursor inside a range', (all) => all.where('m', '>', 1).orderBy('m').startAfter(2), 'def'],
    ['a cursor of another type', (all) => all.orderBy('m').startAt('text'), ''],
    ['by id', (all) => all.orderBy(name).startAfter('b').endAt('d'), 'cd'],
    ['limit', (all) => all.orderBy('m').limit(2), 'ab'],
    ['limit beyond all there is', (all) => all.orderBy('m').limit(100), 'abcdef'],
    ['limit of nothing but a filter', (all) => all.where('n', '==', 1).limit(1), 'c'],
    ['limitToLast', (all) => all.orderBy('m').limitToLast(2), 'ef'],
    ['limitToLast between cursors', (all) => all.orderBy('m').startAt(1).endAt(3).limitToLast(5), 'bcd'],
    ['offset', (all) => all.orderBy('m').offset(4), 'ef'],
    ['offset beyond all there is', (all) => all.orderBy('m').offset(9), ''],
    ['offset and limit', (all) => all.orderBy('m', 'desc').offset(1).limit(2), 'ed'],
  ])('%s', async (_title, query, expected) => {
    expect((await idsOf(query(await having(numbered)))).join('')).toBe(expected)
  })

  test.each<[string, (all: CollectionReference) => Query, number]>([
    ['an order', (all) => all.orderBy('n').limit(2), 3],
    ['an order downwards', (all) => all.orderBy('n', 'desc').limit(2), 3],
    ['a range', (all) => all.where('m', '>=', 1).limit(2), 3],
    ['a plain collection', (all) => all.limit(4), 2],
    ['alternatives', (all) => all.where('n', 'in', [0, 2]).limit(3), 2],
  ])(
    'pages after the last document seen go through %s without gap or repeat',
    async (_title, page, pages) => {
      const query = page(await having(numbered))
      const seen: string[] = []
      let count = 0
      for (let found = await query.get(); !found.empty;) {
        count++
        seen.push(...ids(found))
        found = await query.startAfter(found.docs.at(-1)).get()
      }
      expect(count).toBe(pages)
      expect(new Set(seen).size).toBe(seen.length)
    },
  )

  test('select leaves the other fields out, or all of them', async () => {
    const all = await having({ a: { foo: 'bar', bar: { x: 1, y: 2 } } })
    expect((await all.select('bar.y').get()).docs[0]?.data()).toEqual({ bar: { y: 2 } })
    expect((await all.select().get()).docs[0]?.data()).toEqual({})
    expect((await all.select(name).get()).docs[0]?.id).toBe('a')
  })

  test('results can be streamed', async () => {
    const all = await having(numbered)
    const seen: string[] = []
    for await (const found of all.orderBy('m').stream()) {
      seen.push((found as unknown as { id: string }).id)
    }
    expect(seen.join('')).toBe('abcdef')
  })
})

describe('alternatives and several ranges', () => {
  const documents = {
    doc1: { a: 1, b: 0 },
    doc2: { b: 1 },
    doc3: { a: 3, b: 2 },
    doc4: { a: 1, b: 3 },
    doc5: { a: 1 },
    doc6: { a: 2 },
  }
  const where = Filter.where

  test.each<[string, (all: CollectionReference) => Query, number[]]>([
    [
      'either of two fields',
      (all) => all.where(Filter.or(where('a', '==', 1), where('b', '==', 1))),
      [1, 2, 4, 5],
    ],
    ['a limit', (all) => all.where(Filter.or(where('a', '==', 2), where('b', '==', 1))).limit(1), [2]],
    [
      'an order leaves out what lacks it',
      (all) => all.where(Filter.or(where('a', '==', 1), where('b', '==', 1))).orderBy('b'),
      [1, 2, 4],
    ],
    ['a range implies an order', (all) => all.where(Filter.or(where('a', '>', 2), where('b', '==', 1))), [3]],
    ['in within or', (all) => all.where(Filter.or(where('a', '==', 2), where('b', 'in', [2, 3]))), [3, 4, 6]],
    [
      'not-in within or',
      (all) => all.where(Filter.or(where('a', '==', 2), where('b', 'not-in', [2, 3]))),
      [1, 2],
    ],
    [
      'and of ors',
      (all) =>
        all.where(
          Filter.and(
            Filter.or(where('a', '==', 1), where('b', '==', 2)),
            Filter.or(where('a', '==', 3), where('b', '==', 3)),
          ),
        ),
      [3, 4],
    ],
    [
      'or of ands',
      (all) =>
        all.where(
          Filter.or(
            Filter.and(where('a', '==', 1), where('b', '==', 0)),
            Filter.and(where('a', '==', 3), where('b', '==', 2)),
          ),
        ),
      [1, 3],
    ],
    [
      'the last of an order',
      (all) =>
        all
          .where(Filter.or(where('a', '==', 1), where('b', '>', 0)))
          .orderBy('b')
          .limitToLast(2),
      [3, 4],
    ],
    ['ranges of two fields', (all) => all.where('a', '>=', 1).where('b', '>', 1), [4, 3]],
    [
      'ranges of two fields and an order',
      (all) => all.where('a', '>=', 1).where('b', '>=', 0).orderBy('b', 'desc'),
      [4, 3, 1],
    ],
    [
      'a range of the id, too',
      (all) => all.where('b', '>=', 0).where('a', '!=', 3).where(name, '<', 'doc4'),
      [1],
    ],
  ])('%s', async (_title, query, expected) => {
    expect(await idsOf(query(await having(documents)))).toEqual(expected.map((number) => `doc${number}`))
  })

  test('a snapshot as cursor agrees with the order that ranges imply', async () => {
    const all = await having({
      doc1: { key: 'a', sort: 0, 'v.w': 5 },
      doc2: { key: 'aa', sort: 4, 'v.w': 4 },
      doc3: { key: 'b', sort: 3, 'v.w': 3 },
      doc4: { key: 'b', sort: 2, 'v.w': 2 },
    })
    const query = all.where('sort', '>', 1).where('key', '!=', 'a').where(new FieldPath('v.w'), '>', 0)
    expect(await idsOf(query)).toEqual(['doc2', 'doc4', 'doc3'])
    expect(await idsOf(query.startAt(await all.doc('doc4').get()))).toEqual(['doc4', 'doc3'])
  })
})

describe('collection groups', () => {
  async function group(): Promise<string> {
    const id = `b${collection().id}`
    const paths = ['abc/123/ID/1', 'abc/123/ID/2', 'ID/3', 'ID/4', 'def/456/ID/5']
    const others = ['ID/virtual/nested/no', 'xID/no', 'IDx/no', 'abc/123/IDx/no', 'abc/123/xID/no', 'abc/ID']
    const batch = firestore().batch()
    for (const path of [...paths, ...others])
      batch.set(firestore().doc(path.replace('ID', id)), { x: 1, path })
    await batch.commit()
    return id
  }

  test('have the documents of every collection of that name', async () => {
    expect(await idsOf(firestore().collectionGroup(await group()))).toEqual(['1', '2', '3', '4', '5'])
  })

  test('can be filtered and ordered, and follow later writes', async () => {
    const id = await group()
    const query = firestore().collectionGroup(id).where('x', '==', 1).orderBy('path', 'desc').limit(2)
    expect(await idsOf(query)).toEqual(['5', '2'])
    await firestore().doc(`z/z/${id}/6`).set({ x: 1, path: 'z' })
    await firestore().doc(`def/456/${id}/5`).delete()
    expect(await idsOf(query)).toEqual(['6', '2'])
  })

  test('can be bounded by any path', async () => {
    const id = await group()
    const all = firestore().collectionGroup(id).orderBy(name)
    expect(await idsOf(all.startAt('abc/123').endAt(`${id}/3`))).toEqual(['1', '2', '3'])
    const ranged = firestore().collectionGroup(id).where(name, '>', 'abc/123').where(name, '<', 'abc/124')
    expect(await idsOf(ranged)).toEqual(['1', '2'])
  })

  test('can be partitioned into parts that together are the whole', async () => {
    const id = collection().id
    const batch = firestore().batch()
    for (let index = 0; index < 50; index++) batch.set(firestore().doc(`p/${index}/${id}/${index}`), {})
    await batch.commit()
    const seen: string[] = []
    let parts = 0
    for await (const part of firestore().collectionGroup(id).getPartitions(4)) {
      parts++
      seen.push(...(await idsOf(part.toQuery())))
    }
    expect(parts).toBe(4)
    expect(seen).toHaveLength(50)
    expect(new Set(seen).size).toBe(50)
  })
})
