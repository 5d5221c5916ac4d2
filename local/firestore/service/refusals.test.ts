import { once } from 'node:events'

import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { RawClient } from '../testing/raw-client.ts'
import { rawClient } from '../testing/raw-client.ts'
import { useFirestore } from '../testing/use-firestore.ts'

const problems: unknown[] = []
const { firestore, server } = useFirestore({ report: (error) => problems.push(error) })

let raw: RawClient
beforeAll(() => {
  raw = rawClient(server().port)
})
afterAll(() => {
  raw.close()
})

const database = 'projects/demo-test/databases/(default)'
const documents = `${database}/documents`
const text = (stringValue: string) => ({ stringValue })
const set = (path: string, fields: object = {}) => ({ update: { name: `${documents}/${path}`, fields } })
const commit = (...writes: object[]) => raw.call('Commit', { database, writes })

describe('requests that are refused', () => {
  const deep = (levels: number): object =>
    levels === 0 ? text('x') : { mapValue: { fields: { a: deep(levels - 1) } } }
  const reserved = JSON.parse('{"__proto__":{"stringValue":"x"}}') as object
  const large = (bytes: number) => ({ body: text('x'.repeat(bytes)) })

  test.each<[string, object]>([
    ['a reserved document id', set('c/__doc__')],
    ['a numeric id that is not written as numbers are', set('c/__id07__')],
    ['a numeric id beyond 64 bits', set('c/__id9223372036854775808__')],
    ['a reserved collection id', set('__c__/d')],
    ['a numeric collection id', set('__id7__/d')],
    ['a dot as id', set('c/.')],
    ['two dots as id', set('c/..')],
    ['an empty id', set('c/')],
    ['a collection as document', set('c')],
    ['an id longer than 1,500 bytes', set(`c/${'é'.repeat(751)}`)],
    ['a reserved field name', set('c/d', reserved)],
    ['a reserved name in a map', set('c/d', { m: { mapValue: { fields: reserved } } })],
    ['an empty field name', set('c/d', { '': text('x') })],
    ['a field name longer than 1,500 bytes', set('c/d', { ['n'.repeat(1_501)]: text('x') })],
    ['a value without a type', set('c/d', { a: {} })],
    ['an array in an array', set('c/d', { a: { arrayValue: { values: [{ arrayValue: {} }] } } })],
    ['maps nested deeper than 20', set('c/d', { a: deep(21) })],
    ['a latitude beyond the pole', set('c/d', { a: { geoPointValue: { latitude: 91 } } })],
    ['a time after the year 9999', set('c/d', { a: { timestampValue: { seconds: '253402300800' } } })],
    ['a reference to a collection', set('c/d', { a: { referenceValue: `${documents}/c` } })],
    ['a document larger than 1 MiB', set('c/d', large(1_048_576))],
    ['a mask that names the id', { ...set('c/d'), updateMask: { fieldPaths: ['__name__'] } }],
    ['a mask that is no path', { ...set('c/d'), updateMask: { fieldPaths: ['a..b'] } }],
    ['a transform without type', { ...set('c/d'), updateTransforms: [{ fieldPath: 'a' }] }],
    ['a write without operation', {}],
  ])('%s', async (_title, write) => {
    await expect(commit(set('refused/before'), write)).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    })
    expect((await firestore().doc('refused/before').get()).exists).toBe(false)
  })

  test('a write to a document whose name is longer than a header, in any script', async () => {
    const long = Array.from({ length: 8 }, () => '😀'.repeat(370)).join('/')
    const write = { delete: `${documents}/${long}`, currentDocument: { exists: true } }
    await expect(commit(write)).rejects.toMatchObject({
      code: status.NOT_FOUND,
      details: expect.stringContaining('No document to update') as string,
    })
  })

  test('a request larger than 10 MiB', async () => {
    const writes = Array.from({ length: 11 }, (_, n) => set(`large/${n}`, large(1_000_000)))
    await expect(commit(...writes)).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      message: expect.stringContaining('payload size exceeds the limit') as string,
    })
  })

  test('bytes that are no message', async () => {
    const garbage = Buffer.from('ff0102fffffff7', 'hex')
    const refused = { code: status.INVALID_ARGUMENT }
    await expect(raw.call('Commit', garbage)).rejects.toMatchObject(refused)
    await expect(raw.stream('RunQuery', garbage)).rejects.toMatchObject(refused)
    const listening = raw.duplex('Listen')
    listening.write(garbage)
    await expect(once(listening, 'end')).rejects.toMatchObject(refused)
  })

  const from = [{ collectionId: 'c' }]
  const field = { fieldPath: 'a' }
  const filter = (fieldFilter: object) => ({ from, where: { fieldFilter } })
  const list = (length: number) => ({
    arrayValue: { values: Array.from({ length }, (_, n) => ({ integerValue: n })) },
  })
  test.each<[string, object]>([
    ['no collection', {}],
    ['two collections', { from: [...from, ...from] }],
    ['a reserved collection', { from: [{ collectionId: '__c__' }] }],
    ['an unnamed filter', { from, where: {} }],
    ['an operator that is none', filter({ field, op: 'OPERATOR_UNSPECIFIED', value: text('x') })],
    ['in with 31 values', filter({ field, op: 'IN', value: list(31) })],
    ['in with no values', filter({ field, op: 'IN', value: list(0) })],
    ['not-in with 11 values', filter({ field, op: 'NOT_IN', value: list(11) })],
    ['array-contains-any with 31 values', filter({ field, op: 'ARRAY_CONTAINS_ANY', value: list(31) })],
    [
      'more than 30 alternatives in all',
      {
        from,
        where: {
          compositeFilter: {
            op: 'AND',
            filters: [
              { fieldFilter: { field, op: 'IN', value: list(6) } },
              { fieldFilter: { field: { fieldPath: 'b' }, op: 'IN', value: list(6) } },
            ],
          },
        },
      },
    ],
    ['an id that is text', filter({ field: { fieldPath: '__name__' }, op: 'EQUAL', value: text('x') })],
    ['the same order twice', { from, orderBy: [{ field }, { field }] }],
    [
      'more cursor values than orders',
      { from, startAt: { values: [{ referenceValue: `${documents}/c/d` }, text('x')] } },
    ],
    ['a negative limit', { from, limit: { value: -1 } }],
    ['a negative offset', { from, offset: -1 }],
    ['a path that is none', { from, orderBy: [{ field: { fieldPath: '`a' } }] }],
  ])('a query with %s', async (_title, structuredQuery) => {
    const request = { parent: documents, structuredQuery }
    await expect(raw.stream('RunQuery', request)).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
  })

  test('a pipeline, which this server does not run', async () => {
    await expect(raw.stream('ExecutePipeline', { database })).rejects.toMatchObject({
      code: status.UNIMPLEMENTED,
    })
  })

  test.each<[string, string, object]>([
    ['a transaction that never was', 'Commit', { database, transaction: Buffer.from('nothing') }],
    ['a database without a name', 'Commit', { database: 'projects/x' }],
    ['a parent that is a collection', 'ListCollectionIds', { parent: `${documents}/c` }],
    ['a negative page', 'ListDocuments', { parent: documents, collectionId: 'c', pageSize: -1 }],
  ])('%s', async (_title, method, request) => {
    await expect(raw.call(method, request)).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
  })
})

test('none of this was the fault of the server', () => {
  expect(problems).toEqual([])
})
