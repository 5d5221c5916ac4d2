import type { CollectionReference, DocumentData, Query } from '@google-cloud/firestore'
import { FieldPath } from '@google-cloud/firestore'
import { describe, expect, test } from 'vitest'

import { fill, ids, idsOf } from '../testing/documents.ts'
import { useFirestore } from '../testing/use-firestore.ts'

const { collection } = useFirestore()

const having = (documents: Record<string, DocumentData>) => fill(collection(), documents)

const name = FieldPath.documentId()

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
