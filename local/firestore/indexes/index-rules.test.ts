import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { status } from '@grpc/grpc-js'
import type { CollectionReference, Firestore, Query } from '@google-cloud/firestore'
import { AggregateField, FieldPath, Filter } from '@google-cloud/firestore'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { FirestoreServer } from '../server.ts'
import { startFirestoreServer } from '../server.ts'
import { connectTo } from '../testing/use-firestore.ts'
import { loadIndexRules } from './index-rules.ts'

const up = (fieldPath: string) => ({ fieldPath, order: 'ASCENDING' })
const down = (fieldPath: string) => ({ fieldPath, order: 'DESCENDING' })
const array = (fieldPath: string) => ({ fieldPath, arrayConfig: 'CONTAINS' })
const index = (fields: readonly object[], queryScope = 'COLLECTION') => ({
  collectionGroup: 'calls',
  queryScope,
  fields,
})

const file = {
  indexes: [
    index([up('company'), down('at')]),
    index([up('status'), down('at')]),
    index([array('tags'), up('company')]),
    index([up('company'), up('pages')]),
    index([up('x'), up('y')]),
    index([up('y'), up('__name__'), up('pages')]),
    index([up('company'), up('at')], 'COLLECTION_GROUP'),
    index([up('company'), { fieldPath: 'v', vectorConfig: { dimension: 2, flat: {} } }]),
  ],
  fieldOverrides: [
    {
      collectionGroup: 'calls',
      fieldPath: 'group',
      indexes: [
        { order: 'ASCENDING', queryScope: 'COLLECTION' },
        { order: 'ASCENDING', queryScope: 'COLLECTION_GROUP' },
      ],
    },
    { collectionGroup: 'calls', fieldPath: 'body', indexes: [] },
  ],
}

let folder: string
let server: FirestoreServer
let firestore: Firestore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firestore-indexes-'))
  const indexesFile = join(folder, 'firestore.indexes.json')
  await writeFile(indexesFile, JSON.stringify(file))
  server = await startFirestoreServer({ port: 0, indexesFile })
  firestore = connectTo(server.port)
})
afterAll(async () => {
  await firestore.terminate()
  await server.close()
  await rm(folder, { recursive: true })
})

type Run = (calls: CollectionReference, group: Query) => { get: () => Promise<unknown> }
const run = (query: Run) => query(firestore.collection('calls'), firestore.collectionGroup('calls')).get()
const id = FieldPath.documentId()
const sumOf = (query: Query, field: string) => query.aggregate({ s: AggregateField.sum(field) })

describe('production serves without a composite index', () => {
  test.each<[string, Run]>([
    ['a whole collection', (calls) => calls],
    ['a whole collection group', (_calls, group) => group],
    ['one equality', (calls) => calls.where('a', '==', 1)],
    ['many equalities', (calls) => calls.where('a', '==', 1).where('b', '==', 2).where('c.d', '==', null)],
    ['in with equality', (calls) => calls.where('a', 'in', [1, 2]).where('b', '==', 2)],
    [
      'or of equalities',
      (calls) => calls.where(Filter.or(Filter.where('a', '==', 1), Filter.where('b', '==', 1))),
    ],
    ['one range and its order', (calls) => calls.where('a', '>', 1).where('a', '<', 5).orderBy('a', 'desc')],
    ['one order', (calls) => calls.orderBy('a', 'desc').limit(3)],
    ['inequality', (calls) => calls.where('a', '!=', 1)],
    ['one array', (calls) => calls.where('a', 'array-contains', 1)],
    ['any of an array', (calls) => calls.where('a', 'array-contains-any', [1, 2])],
    ['ids', (calls) => calls.where(id, '>', 'a').orderBy(id)],
    ['equality and the order of ids', (calls) => calls.where('a', '==', 1).orderBy(id)],
    ['order by the field that has one value', (calls) => calls.where('a', '==', 1).orderBy('a')],
    ['a sum alone', (calls) => calls.aggregate({ s: AggregateField.sum('a') })],
    ['a sum with a cursor on its own field', (calls) => sumOf(calls.orderBy('b').startAfter(1), 'b')],
    ['a count of equalities', (calls) => calls.where('a', '==', 1).count()],
    ['a field with an override for groups', (_calls, group) => group.where('group', '==', 1)],
  ])('%s', async (_title, query) => {
    await expect(run(query)).resolves.toBeDefined()
  })
})

describe('an index of the file serves', () => {
  test.each<[string, Run]>([
    ['equality and order', (calls) => calls.where('company', '==', 1).orderBy('at', 'desc')],
    ['in and order', (calls) => calls.where('company', 'in', [1, 2]).orderBy('at', 'desc')],
    [
      'equality and range',
      (calls) => calls.where('company', '==', 1).where('at', '<', 3).orderBy('at', 'desc'),
    ],
    [
      'two equalities and an order, by merging two',
      (calls) => calls.where('company', '==', 1).where('status', '==', 2).orderBy('at', 'desc'),
    ],
    ['an array and equality', (calls) => calls.where('tags', 'array-contains', 1).where('company', '==', 1)],
    [
      'a sum of equality',
      (calls) => calls.where('company', '==', 1).aggregate({ s: AggregateField.sum('pages') }),
    ],
    ['ranges of two fields', (calls) => calls.where('x', '>', 1).where('y', '>', 1)],
    ['a sum after an order and ids', (calls) => sumOf(calls.orderBy('y').orderBy(id), 'pages')],
    ['equality and order over a group', (_calls, group) => group.where('company', '==', 1).orderBy('at')],
    [
      'a vector search with equality',
      (calls) =>
        calls
          .where('company', '==', 1)
          .findNearest({ vectorField: 'v', queryVector: [1, 2], limit: 1, distanceMeasure: 'COSINE' }),
    ],
  ])('%s', async (_title, query) => {
    await expect(run(query)).resolves.toBeDefined()
  })
})

describe('a query without its index fails and names it', () => {
  test.each<[string, Run, object[], string?]>([
    ['equality and order', (calls) => calls.where('a', '==', 1).orderBy('b'), [up('a'), up('b')]],
    [
      'the other direction',
      (calls) => calls.where('company', '==', 1).orderBy('at', 'asc'),
      [up('company'), up('at')],
    ],
    ['equality and range', (calls) => calls.where('a', '==', 1).where('b', '!=', 2), [up('a'), up('b')]],
    ['ranges of two fields', (calls) => calls.where('b', '>', 1).where('a', '>', 1), [up('a'), up('b')]],
    ['two orders', (calls) => calls.orderBy('a').orderBy('b', 'desc'), [up('a'), down('b')]],
    [
      'one equality more than covered',
      (calls) => calls.where('company', '==', 1).where('z', '==', 1).orderBy('at', 'desc'),
      [up('company'), up('z'), down('at')],
    ],
    [
      'an array and an order',
      (calls) => calls.where('a', 'array-contains', 1).orderBy('b'),
      [array('a'), up('b')],
    ],
    [
      'an array and equality',
      (calls) => calls.where('a', 'array-contains', 1).where('b', '==', 1),
      [up('b'), array('a')],
    ],
    ['ids downwards', (calls) => calls.orderBy(id, 'desc'), [down('__name__')]],
    [
      'a sum of equality',
      (calls) => calls.where('a', '==', 1).aggregate({ s: AggregateField.average('b') }),
      [up('a'), up('b')],
    ],
    [
      'a sum in the order of ids',
      (calls) => sumOf(calls.orderBy(id).startAfter('x'), 'b'),
      [up('__name__'), up('b')],
    ],
    [
      'a sum of a field with one value in the order of ids',
      (calls) => sumOf(calls.where('b', '==', 1).orderBy(id), 'b'),
      [up('__name__'), up('b')],
    ],
    [
      'a sum after an order and ids',
      (calls) => sumOf(calls.orderBy('a').orderBy(id), 'b'),
      [up('a'), up('__name__'), up('b')],
    ],
    ['a field that the file exempts', (calls) => calls.where('body', '==', 'x'), [up('body')]],
    ['one field over a group', (_calls, group) => group.where('a', '==', 1), [up('a')], 'COLLECTION_GROUP'],
    ['an order over a group', (_calls, group) => group.orderBy('a', 'desc'), [down('a')], 'COLLECTION_GROUP'],
    [
      'another alternative',
      (calls) =>
        calls
          .where(Filter.or(Filter.where('company', '==', 1), Filter.where('z', '==', 1)))
          .orderBy('at', 'desc'),
      [up('z'), down('at')],
    ],
  ])('%s', async (_title, query, fields, queryScope) => {
    const wanted = JSON.stringify(index(fields, queryScope))
    await expect(run(query)).rejects.toMatchObject({
      code: status.FAILED_PRECONDITION,
      message: expect.stringContaining(wanted) as string,
    })
  })

  test('live, too', async () => {
    const query = firestore.collection('calls').where('a', '==', 1).orderBy('b')
    const failure = await new Promise<Error>((resolve) => query.onSnapshot(() => undefined, resolve))
    expect(failure.message).toContain('requires an index')
  })
})

test('a file that describes no indexes is refused', async () => {
  const path = join(folder, 'broken.json')
  await writeFile(
    path,
    JSON.stringify({ indexes: [{ collectionGroup: 'x', fields: [{ fieldPath: 'a', order: 'UP' }] }] }),
  )
  expect(() => loadIndexRules(path)).toThrow('does not describe Firestore indexes')
})
