import { FieldPath } from '@google-cloud/firestore'
import type { CollectionReference, Query, QuerySnapshot } from '@google-cloud/firestore'
import { expect, test } from 'vitest'

import { useFirestore } from '../testing/use-firestore.ts'
import { numberOfId } from './numeric-id.ts'

const { firestore, collection } = useFirestore()

const name = FieldPath.documentId()
const IN_ORDER = [
  '__id-9223372036854775808__',
  '__id-1__',
  '__id9__',
  '__id10__',
  '__id9223372036854775806__',
  '__id9223372036854775807__',
  '10',
  'A',
  '__id',
  '__id9_',
  '_id9__',
]

async function written(): Promise<CollectionReference> {
  const numbered = collection()
  const batch = firestore().batch()
  for (const id of IN_ORDER.toReversed()) batch.create(numbered.doc(id), { kind: 'numbered' })
  await batch.commit()
  return numbered
}

const idsOf = (snapshot: QuerySnapshot): string[] => snapshot.docs.map(({ id }) => id)

const heard = (query: Query): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const stop = query.onSnapshot((snapshot) => {
      stop()
      resolve(idsOf(snapshot))
    }, reject)
  })

test.each<[string, (numbered: CollectionReference) => Query, readonly string[]]>([
  ['a whole collection', (numbered) => numbered, IN_ORDER],
  ['a collection backwards', (numbered) => numbered.orderBy(name, 'desc'), IN_ORDER.toReversed()],
  ['equal values of a field', (numbered) => numbered.where('kind', '==', 'numbered'), IN_ORDER],
  [
    'a range of ids',
    (numbered) => numbered.where(name, '>', '__id9__').where(name, '<=', '10'),
    IN_ORDER.slice(3, 7),
  ],
  ['what comes after an id', (numbered) => numbered.orderBy(name).startAfter('__id10__'), IN_ORDER.slice(4)],
])('numeric ids come first, by their numbers: %s, read and listened to', async (_title, query, expected) => {
  const numbered = query(await written())
  expect(idsOf(await numbered.get())).toEqual(expected)
  expect(await heard(numbered)).toEqual(expected)
})

test('a listing has numeric ids first, and those that exist only as parents', async () => {
  const numbered = await written()
  await numbered.doc('__id11__').collection('below').doc('__id1__').create({})
  const listed = await numbered.listDocuments()
  expect(listed.map(({ id }) => id)).toEqual([...IN_ORDER.slice(0, 4), '__id11__', ...IN_ORDER.slice(4)])
})

test('a document of a numeric id is read, updated and deleted by it', async () => {
  const ref = (await written()).doc('__id9__')
  await ref.update({ kind: 'changed' })
  expect((await ref.get()).data()).toEqual({ kind: 'changed' })
  await ref.delete()
  expect((await ref.get()).exists).toBe(false)
})

test.each<[string, bigint | undefined]>([
  ['__id1__', 1n],
  ['__id-1__', -1n],
  ['__id9223372036854775807__', 2n ** 63n - 1n],
  ['__id9223372036854775808__', undefined],
  ['__id-9223372036854775808__', -(2n ** 63n)],
  ['__id-9223372036854775809__', undefined],
  ['__id07__', undefined],
  ['__id+7__', undefined],
  ['__id-0__', undefined],
  ['__id0__', undefined],
  ['__id__', undefined],
  ['__id7_', undefined],
  ['7', undefined],
])('the number of the id %s is %s', (id, number) => {
  expect(numberOfId(id)).toBe(number)
})
