import { status } from '@grpc/grpc-js'
import type { Query, VectorQueryOptions } from '@google-cloud/firestore'
import { AggregateField, FieldValue } from '@google-cloud/firestore'
import { describe, expect, test } from 'vitest'

import { useFirestore } from '../testing/use-firestore.ts'

const { collection, firestore } = useFirestore()

async function having(documents: readonly object[]) {
  const target = collection()
  const batch = firestore().batch()
  for (const [index, data] of documents.entries()) batch.set(target.doc(`doc${index}`), data)
  await batch.commit()
  return target
}

describe('aggregations', () => {
  const books = [
    { author: 'a', pages: 100, year: 1980 },
    { author: 'b', pages: 50, year: 2020 },
    { author: 'b', pages: 150, year: 2021, note: 'x' },
    { author: 'd', pages: 50 },
  ]
  const count = () => AggregateField.count()
  const sum = (field: string) => AggregateField.sum(field)
  const average = (field: string) => AggregateField.average(field)

  test.each<[string, (all: Query) => Query, Parameters<Query['aggregate']>[0], object]>([
    ['count', (all) => all, { n: count() }, { n: 4 }],
    ['count with a filter', (all) => all.where('author', '==', 'b'), { n: count() }, { n: 2 }],
    ['count stops at a limit', (all) => all.limit(3), { n: count() }, { n: 3 }],
    ['count of nothing', (all) => all.where('author', '==', 'z'), { n: count() }, { n: 0 }],
    ['sum and average', (all) => all, { s: sum('pages'), a: average('pages') }, { s: 350, a: 87.5 }],
    [
      'sum of nothing',
      (all) => all.where('author', '==', 'z'),
      { s: sum('pages'), a: average('pages') },
      { s: 0, a: null },
    ],
    [
      'all together leave out what lacks a field',
      (all) => all,
      { n: count(), s: sum('pages'), y: average('year') },
      { n: 3, s: 300, y: 2007 },
    ],
    [
      'any alias',
      (all) => all,
      { 'with.dots': count(), '`a/b+[c]`\\': sum('pages'), ['0123456789'.repeat(300)]: count() },
      { 'with.dots': 4, '`a/b+[c]`\\': 350, ['0123456789'.repeat(300)]: 4 },
    ],
    [
      'a cursor and an offset',
      (all) => all.orderBy('pages').startAt(100).offset(1),
      { n: count() },
      { n: 1 },
    ],
    ['an order leaves out what lacks it', (all) => all.orderBy('year'), { n: count() }, { n: 3 }],
    ['alternatives', (all) => all.where('pages', 'in', [100, 150]), { s: sum('pages') }, { s: 250 }],
    ['text counts as nothing', (all) => all, { s: sum('note'), a: average('note') }, { s: 0, a: null }],
  ])('%s', async (_title, query, fields, expected) => {
    expect(
      (
        await query(await having(books))
          .aggregate(fields)
          .get()
      ).data(),
    ).toEqual(expected)
  })

  test.each<[string, readonly number[], number, number]>([
    ['doubles make a double', [1, 0.5], 1.5, 0.75],
    ['NaN makes NaN', [1, NaN], NaN, NaN],
    ['infinities stay', [1, Infinity], Infinity, Infinity],
    ['opposite infinities make NaN', [-Infinity, Infinity], NaN, NaN],
    ['negative numbers', [-1, -2, 6], 3, 1],
    [
      'a sum may pass through what is too large',
      [Number.MAX_SAFE_INTEGER, 1, -101],
      Number.MAX_SAFE_INTEGER - 100,
      (Number.MAX_SAFE_INTEGER - 100) / 3,
    ],
    ['too large a double is infinite', [Number.MAX_VALUE, Number.MAX_VALUE], Infinity, Infinity],
    ['the smallest double stays', [Number.MIN_VALUE], Number.MIN_VALUE, Number.MIN_VALUE],
  ])('%s', async (_title, numbers, total, mean) => {
    const all = await having(numbers.map((n) => ({ n })))
    const { s, a } = (await all.aggregate({ s: sum('n'), a: average('n') }).get()).data()
    expect([s, a]).toEqual([total, mean])
  })

  test('a sum too large for an integer becomes a double', async () => {
    const most = 9_223_372_036_854_775_807n
    const all = await having([{ n: most }, { n: most }])
    expect((await all.aggregate({ s: sum('n') }).get()).data().s).toBe(Number(most) * 2)
  })

  test('more than five at once are refused', async () => {
    const six = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`n${index}`, count()]))
    await expect(collection().aggregate(six).get()).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      message: expect.stringContaining('maximum number of aggregations') as string,
    })
  })

  test('can look at an earlier moment in a transaction', async () => {
    const all = await having(books)
    const { readTime } = await all.get()
    await all.doc('new').set({})
    const seen = await firestore().runTransaction(
      async (transaction) => (await transaction.get(all.count())).data().count,
      { readOnly: true, readTime },
    )
    expect(seen).toBe(4)
  })
})

describe('vector searches', () => {
  const vectors = [
    { foo: 'bar' },
    { foo: 'xxx', embedding: FieldValue.vector([10, 10]) },
    { foo: 'bar', embedding: FieldValue.vector([1, 1]) },
    { foo: 'bar', embedding: FieldValue.vector([10, 0]) },
    { foo: 'bar', embedding: FieldValue.vector([20, 0]) },
    { foo: 'bar', embedding: FieldValue.vector([100, 100]) },
    { foo: 'bar', embedding: [10, 10] },
    { foo: 'bar', embedding: 'text' },
    { foo: 'bar', embedding: FieldValue.vector([10]) },
  ]
  const base = { vectorField: 'embedding', queryVector: [10, 10], limit: 3 }

  test.each<[string, VectorQueryOptions, string[]]>([
    ['the nearest', { ...base, distanceMeasure: 'EUCLIDEAN' }, ['doc3', 'doc2', 'doc4']],
    ['the greatest product', { ...base, distanceMeasure: 'DOT_PRODUCT' }, ['doc5', 'doc4', 'doc3']],
    ['those within a distance', { ...base, distanceMeasure: 'EUCLIDEAN', distanceThreshold: 11 }, ['doc3']],
    [
      'those of at least a product',
      { ...base, distanceMeasure: 'DOT_PRODUCT', distanceThreshold: 200 },
      ['doc5', 'doc4'],
    ],
    ['none in a field that is not there', { ...base, vectorField: 'nothing', distanceMeasure: 'COSINE' }, []],
  ])('find %s', async (_title, options, expected) => {
    const found = await (await having(vectors)).where('foo', '==', 'bar').findNearest(options).get()
    expect(found.docs.map(({ id }) => id)).toEqual(expected)
  })

  test('give the distance where it was asked for', async () => {
    const all = await having([
      { v: FieldValue.vector([0, 1]), far: 'text' },
      { v: FieldValue.vector([-1, 0]) },
    ])
    const search = { vectorField: 'v', queryVector: [1, 0], limit: 5, distanceResultField: 'far' }
    const found = await all.findNearest({ ...search, distanceMeasure: 'COSINE' }).get()
    expect(found.docs.map((document) => document.get('far') as number)).toEqual([1, 2])
    const selected = await all
      .select('far')
      .findNearest({ ...search, distanceMeasure: 'EUCLIDEAN' })
      .get()
    expect(selected.docs.map((document) => document.data())).toEqual([{ far: Math.SQRT2 }, { far: 2 }])
  })

  test('vectors sort by their dimension first, between arrays and maps', async () => {
    const values = [
      [100],
      FieldValue.vector([-Infinity]),
      FieldValue.vector([100]),
      FieldValue.vector([1, 2]),
      FieldValue.vector([2, 2]),
      FieldValue.vector([1, 2, 3]),
      { HELLO: 'WORLD' },
      { hello: 'world' },
    ]
    const all = await having(values.map((v) => ({ v })))
    const found = await all.orderBy('v').get()
    expect(found.docs.map(({ id }) => id)).toEqual(values.map((_, index) => `doc${index}`))
  })
})

describe('explanations', () => {
  test('of a plan name the indexes and run nothing', async () => {
    const all = await having([{ foo: 1 }])
    const { metrics, snapshot } = await all.where('foo', '>', 1).explain()
    expect(metrics.planSummary.indexesUsed).toEqual([
      { query_scope: 'Collection', properties: '(foo ASC, __name__ ASC)' },
    ])
    expect(metrics.executionStats).toBeNull()
    expect(snapshot).toBeNull()
  })

  test.each([
    [1, 2],
    [12_345, 0],
  ])('of a run come with its results (%i)', async (foo, size) => {
    const all = await having([{ foo: 1 }, { foo: 2 }, { foo: 1 }])
    const { metrics, snapshot } = await all.where('foo', '==', foo).explain({ analyze: true })
    expect(snapshot?.size).toBe(size)
    expect(metrics.executionStats?.resultsReturned).toBe(size)
    expect(metrics.executionStats?.readOperations).toBeGreaterThan(0)
    expect(metrics.executionStats?.executionDuration.nanoseconds).toBeGreaterThan(0)
  })

  test('of a count come with it', async () => {
    const all = await having([{ foo: 1 }, { foo: 2 }])
    const planned = await all.count().explain()
    expect(planned.snapshot).toBeNull()
    const ran = await all.where('foo', '<', 3).count().explain({ analyze: true })
    expect(ran.snapshot?.data().count).toBe(2)
    expect(ran.metrics.executionStats?.resultsReturned).toBe(1)
  })
})
