import type { CollectionReference, DocumentData, Query } from '@google-cloud/firestore'
import { FieldPath, Filter } from '@google-cloud/firestore'
import { describe, expect, test } from 'vitest'

import { fill, idsOf } from '../testing/documents.ts'
import { useFirestore } from '../testing/use-firestore.ts'

const { collection, firestore } = useFirestore()

const having = (documents: Record<string, DocumentData>) => fill(collection(), documents)

const name = FieldPath.documentId()

describe('alternatives and several ranges', () => {
  const documents = {
    doc1: { a: 1, b: 0 },
    doc2: { b: 1 },
    doc3: { a: 3, b: 2 },
    doc4: { a: 1, b: 3 },
    doc5: { a: 1 },
    doc6: { a: 2 },
  }
  const where = (...test: Parameters<typeof Filter.where>) => Filter.where(...test)

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
