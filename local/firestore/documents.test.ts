import { Buffer } from 'node:buffer'

import { FieldPath, FieldValue, GeoPoint, Timestamp } from '@google-cloud/firestore'
import { describe, expect, test } from 'vitest'

import { useFirestore } from './testing/use-firestore.ts'

const { collection, connect, firestore } = useFirestore()

describe('reading', () => {
  test('a document that was never written does not exist, and says when that was so', async () => {
    const snapshot = await collection().doc('nobody').get()
    expect(snapshot.exists).toBe(false)
    expect(snapshot.readTime.toMillis()).toBeGreaterThan(0)
  })

  test('several documents come in the order they were asked for, missing ones among them', async () => {
    const calls = collection()
    await calls.doc('a').set({ n: 1 })
    await calls.doc('b').set({ n: 2 })
    const found = await firestore().getAll(calls.doc('b'), calls.doc('x'), calls.doc('a'), calls.doc('b'))
    expect(found.map(({ id, exists }) => [id, exists])).toEqual([
      ['b', true],
      ['x', false],
      ['a', true],
      ['b', true],
    ])
  })

  test('a field mask leaves the other fields out', async () => {
    const ref = collection().doc('d')
    await ref.set({ a: { b: 1, c: 2 }, d: 3 })
    const [found] = await firestore().getAll(ref, { fieldMask: ['a.c'] })
    expect(found?.data()).toEqual({ a: { c: 2 } })
  })

  test('a read answers with create and update times that rise with every write', async () => {
    const ref = collection().doc('d')
    await ref.set({ n: 1 })
    const first = await ref.get()
    await ref.set({ n: 2 })
    const second = await ref.get()
    expect(second.createTime).toEqual(first.createTime)
    expect(second.updateTime?.valueOf()).not.toBe(first.updateTime?.valueOf())
    expect((second.updateTime?.valueOf() ?? '') > (first.updateTime?.valueOf() ?? '')).toBe(true)
    expect(second.readTime.valueOf() >= (second.updateTime?.valueOf() ?? '')).toBe(true)
  })
})

describe('values', () => {
  const values = {
    text: 'a',
    emptyText: '',
    yes: true,
    no: false,
    integer: 10,
    large: 1_234_567_890_000,
    safest: Number.MAX_SAFE_INTEGER,
    negative: -7,
    double: 0.1,
    infinity: Infinity,
    minusInfinity: -Infinity,
    map: { foo: 'bar', '😀': '😜', empty: {} },
    moment: new Timestamp(479_978_400, 123_000_000),
    epoch: new Timestamp(0, 0),
    before: new Timestamp(-62_135_596_800, 0),
    list: ['foo', 42, { in: ['it'] }],
    emptyList: [],
    nothing: null,
    place: new GeoPoint(50.1430847, -122.947778),
    origin: new GeoPoint(0, 0),
    bytes: Buffer.from([0, 1, 255]),
    vector: FieldValue.vector([1, 2.5, -3]),
    emptyMap: {},
    constructor: 'c',
    toString: 's',
    hasOwnProperty: { valueOf: 1 },
  }

  test('of every type come back as they went in', async () => {
    const ref = collection().doc('d')
    await ref.set(values)
    expect((await ref.get()).data()).toEqual(values)
  })

  test('NaN and negative zero come back as they went in', async () => {
    const ref = collection().doc('d')
    await ref.set({ nan: NaN, zero: -0 })
    const data = (await ref.get()).data()
    expect(data?.['nan']).toBeNaN()
    expect(Object.is(data?.['zero'], -0)).toBe(true)
  })

  test('64-bit integers keep every digit', async () => {
    const ref = collection().doc('d')
    await ref.set({ most: 9_223_372_036_854_775_807n, least: -9_223_372_036_854_775_808n })
    const big = ref.firestore.collection(ref.parent.id)
    const found = await big.where('most', '==', 9_223_372_036_854_775_807n).get()
    expect(found.size).toBe(1)
    expect((await big.where('most', '==', 9_223_372_036_854_775_806n).get()).size).toBe(0)
    expect((await big.where('least', '<', -9_223_372_036_854_775_807n).get()).size).toBe(1)
  })

  test('big integers come back as such to a client that wants them', async () => {
    const ref = connect({ useBigInt: true }).doc(collection().doc('d').path)
    const n = BigInt(Number.MAX_SAFE_INTEGER) + 1n
    await ref.set({ n })
    expect((await ref.get()).get('n')).toBe(n)
  })

  test('references keep what they refer to', async () => {
    const ref = collection().doc('d')
    await ref.set({ to: firestore().doc('col1/ref1') })
    expect((await ref.get()).get('to')).toEqual(firestore().doc('col1/ref1'))
  })

  test('timestamps are kept to the microsecond', async () => {
    const ref = collection().doc('d')
    await ref.set({ at: new Timestamp(1, 123_456_789) })
    expect((await ref.get()).get('at')).toEqual(new Timestamp(1, 123_456_000))
  })

  test('field names may hold dots, backquotes and backslashes', async () => {
    const ref = collection().doc('d')
    await ref.set({ '!.\\`': { '!.\\`': 'value' } })
    await ref.update(new FieldPath('!.\\`', '!.\\`'), 'new-value')
    expect((await ref.get()).data()).toEqual({ '!.\\`': { '!.\\`': 'new-value' } })
  })

  test('ids may be in any script', async () => {
    const calls = collection().doc('доброеутро').collection('звонки')
    await calls.add({ n: 1 })
    expect((await calls.get()).size).toBe(1)
  })
})

describe('collections', () => {
  test('a document lists the collections below it by name', async () => {
    const parent = collection().doc('doc')
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
    await Promise.all(ids.toReversed().map((id) => parent.collection(id).doc('d').create({})))
    expect((await parent.listCollections()).map(({ id }) => id)).toEqual(ids)
  })

  test('a collection goes from the list with its last document', async () => {
    const parent = collection().doc('doc')
    await parent.collection('a').doc('d').set({})
    await parent.collection('b/d/c').doc('deep').set({})
    await parent.collection('a').doc('d').delete()
    expect((await parent.listCollections()).map(({ id }) => id)).toEqual(['b'])
    await parent.collection('b/d/c').doc('deep').delete()
    expect(await parent.listCollections()).toEqual([])
  })

  test('a listing has the documents that exist only as parents, too', async () => {
    const calls = collection()
    const batch = firestore().batch()
    batch.set(calls.doc('a'), {}).set(calls.doc('b/b/b'), {}).set(calls.doc('c'), {})
    await batch.commit()
    const listed = await firestore().getAll(...(await calls.listDocuments()))
    expect(listed.map(({ id, exists }) => [id, exists])).toEqual([
      ['a', true],
      ['b', false],
      ['c', true],
    ])
  })

  test('a listing has all of very many documents', async () => {
    const calls = collection()
    const writer = firestore().bulkWriter()
    const expected = Array.from({ length: 400 }, (_, n) => String(n).padStart(3, '0'))
    for (const id of expected) void writer.set(calls.doc(id), {})
    await writer.close()
    expect((await calls.listDocuments()).map(({ id }) => id)).toEqual(expected)
  })

  test('a document of an added id can be found under it', async () => {
    const ref = await collection().add({ foo: 'a' })
    expect(ref.id).toHaveLength(20)
    expect((await ref.get()).get('foo')).toBe('a')
  })

  test.each([
    ['a collection', (root: string) => firestore().collection(root), ['keep']],
    [
      'a nested collection',
      (root: string) => firestore().collection(`${root}/bob/children`),
      ['anna', 'bob', 'keep'],
    ],
    ['a document with all below it', (root: string) => firestore().doc(`${root}/bob`), ['anna', 'keep']],
  ])('%s can be deleted with all below it', async (_title, target, left) => {
    const root = collection()
    const other = firestore().collection(`${root.id}-other`)
    const writer = firestore().bulkWriter()
    const ids = [
      'anna',
      'bob',
      'bob/children/charlie',
      'bob/children/daniel',
      'bob/children/daniel/children/ernie',
    ]
    for (const id of ids) void writer.set(root.doc(id), { id })
    void writer.set(other.doc('keep'), {})
    await writer.close()
    const place = target(root.path)
    await firestore().recursiveDelete(place as ReturnType<typeof collection>)
    const rest = [...(await root.get()).docs, ...(await other.get()).docs]
    expect(rest.map(({ id }) => id)).toEqual(left)
    expect((await firestore().collection(`${root.path}/bob/children/daniel/children`).get()).size).toBe(0)
  })
})

test('a bundle of documents and queries can be built from what was read', async () => {
  const calls = collection()
  for (const n of [1, 2]) await calls.doc(`doc${n}`).set({ n })
  const bundle = firestore().bundle('test-bundle')
  bundle.add('last', await calls.orderBy('n').limitToLast(1).get()).add(await calls.doc('nobody').get())
  const built = bundle.build().toString()
  expect(built).toContain('"totalDocuments":2')
  expect(built).toContain('"queries":["last"]')
  expect(built).toContain('"exists":false')
})
