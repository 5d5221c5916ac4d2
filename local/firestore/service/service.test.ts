import { once } from 'node:events'
import { connect } from 'node:net'

import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { RawClient } from '../testing/raw-client.ts'
import { rawClient } from '../testing/raw-client.ts'
import { useFirestore } from '../testing/use-firestore.ts'

const problems: unknown[] = []
const {
  collection,
  connect: connectClient,
  firestore,
  server,
} = useFirestore({ report: (error) => problems.push(error) })

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

describe('who is let in', () => {
  test.each(['', 'Bearer someone', 'owner', 'Bearer owner2', 'Basic b3duZXI='])(
    'not "%s"',
    async (authorization) => {
      const denied = { code: status.PERMISSION_DENIED }
      const reads = raw.call('GetDocument', { name: `${documents}/a/b` }, authorization)
      await expect(reads).rejects.toMatchObject(denied)
      const query = { parent: documents, structuredQuery: { from: [{ collectionId: 'a' }] } }
      await expect(raw.stream('RunQuery', query, authorization)).rejects.toMatchObject(denied)
      await expect(once(raw.duplex('Listen', authorization), 'end')).rejects.toMatchObject(denied)
      await expect(
        raw.call('Commit', { database, writes: [set('a/b')] }, authorization),
      ).rejects.toMatchObject(denied)
    },
  )

  test('nothing of one project or database is in another', async () => {
    const { path } = collection()
    await firestore().doc(`${path}/d`).set({ own: true })
    const others = [{ projectId: 'someone-else' }, { databaseId: 'second' }].map(connectClient)
    for (const other of others) {
      expect((await other.doc(`${path}/d`).get()).exists).toBe(false)
      expect((await other.collection(path).get()).size).toBe(0)
      expect((await other.collectionGroup(path).get()).size).toBe(0)
      await other.doc(`${path}/d`).set({ own: false })
    }
    expect((await firestore().doc(`${path}/d`).get()).data()).toEqual({ own: true })
  })

  test.each([
    [
      'a write',
      () =>
        raw.call('Commit', {
          database,
          writes: [{ update: { name: 'projects/x/databases/(default)/documents/a/b' } }],
        }),
    ],
    [
      'a read',
      () =>
        raw.stream('BatchGetDocuments', {
          database,
          documents: ['projects/x/databases/(default)/documents/a/b'],
        }),
    ],
  ])('%s cannot reach into another project', async (_title, act) => {
    await expect(act()).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
  })
})

describe('what is just allowed', () => {
  test('a document of one MiB, and names of objects as fields', async () => {
    const { path } = collection()
    const body = 'x'.repeat(1_048_576 - 200)
    await firestore().doc(`${path}/d`).set({ body, constructor: 1, prototype: 2, hasOwnProperty: 3 })
    expect((await firestore().doc(`${path}/d`).get()).get('constructor')).toBe(1)
    expect((await firestore().collection(path).where('prototype', '==', 2).get()).size).toBe(1)
    expect((await firestore().collection(path).where('toString', '!=', 2).get()).size).toBe(0)
  })

  test('maps nested to 20 levels', async () => {
    const ref = collection().doc('d')
    let value: object = { leaf: true }
    for (let level = 1; level < 20; level++) value = { a: value }
    await ref.set({ a: value })
    expect((await ref.get()).get('a')).toEqual(value)
  })
})

describe('calls that the SDK does not make', () => {
  test('create, update, read, list and delete single documents', async () => {
    const { path } = collection()
    const named = (id: string) => `${documents}/${path}/${id}`
    const fields = { a: text('x'), b: text('y') }
    const created = await raw.call('CreateDocument', {
      parent: documents,
      collectionId: path,
      documentId: 'd',
      document: { fields },
      mask: { fieldPaths: ['a'] },
    })
    expect(created['name']).toBe(named('d'))
    expect(Object.keys(created['fields'] as object)).toEqual(['a'])
    const again = { parent: documents, collectionId: path, documentId: 'd' }
    await expect(raw.call('CreateDocument', again)).rejects.toMatchObject({ code: status.ALREADY_EXISTS })
    const unnamed = await raw.call('CreateDocument', { parent: documents, collectionId: path })
    expect(unnamed['name']).toMatch(/\/[A-Za-z0-9]{20}$/)
    await raw.call('UpdateDocument', {
      document: { name: named('d'), fields: { a: text('z') } },
      updateMask: { fieldPaths: ['a'] },
    })
    const read = await raw.call('GetDocument', { name: named('d') })
    expect(read['fields']).toMatchObject({ a: text('z'), b: text('y') })
    const first = await raw.call('ListDocuments', { parent: documents, collectionId: path, pageSize: 1 })
    const rest = await raw.call('ListDocuments', {
      parent: documents,
      collectionId: path,
      pageToken: first['nextPageToken'],
    })
    expect([...(first['documents'] as []), ...(rest['documents'] as [])]).toHaveLength(2)
    await raw.call('DeleteDocument', { name: named('d') })
    await expect(raw.call('GetDocument', { name: named('d') })).rejects.toMatchObject({
      code: status.NOT_FOUND,
    })
  })

  test('collections are listed page by page', async () => {
    const { path } = collection()
    await commit(...['a', 'b', 'c'].map((id) => set(`${path}/d/${id}/x`)))
    const parent = `${documents}/${path}/d`
    const first = await raw.call('ListCollectionIds', { parent, pageSize: 2 })
    const rest = await raw.call('ListCollectionIds', {
      parent,
      pageSize: 2,
      pageToken: first['nextPageToken'],
    })
    expect([first['collectionIds'], rest['collectionIds']]).toEqual([['a', 'b'], ['c']])
  })
})

describe('clients that go away', () => {
  test('in the middle of a large answer or of a live query leave nothing behind', async () => {
    const { path } = collection()
    const body = text('x'.repeat(50_000))
    for (let part = 0; part < 3; part++) {
      await commit(...Array.from({ length: 100 }, (_, n) => set(`${path}/${part}-${n}`, { body })))
    }
    const structuredQuery = { from: [{ collectionId: path }] }
    const leaving = raw.duplex('Listen')
    leaving.on('error', () => undefined)
    leaving.write({ database, addTarget: { targetId: 1, query: { parent: documents, structuredQuery } } })
    await once(leaving, 'data')
    leaving.cancel()
    const reading = raw.open('RunQuery', { parent: documents, structuredQuery })
    reading.on('error', () => undefined)
    await once(reading, 'data')
    reading.cancel()
    await commit(set(`${path}/later`))
    expect((await firestore().collection(path).count().get()).data().count).toBe(301)
  })

  test('after half a greeting, or with another protocol, disturb nobody', async () => {
    for (const greeting of [
      'PRI * HT',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      '\u0000\u0001\u0002',
      'GET / HTTP/1.1\r\n',
    ]) {
      const socket = connect(server().port, '127.0.0.1')
      await once(socket, 'connect')
      socket.on('error', () => undefined)
      socket.write(greeting)
      socket.end()
      await once(socket.resume(), 'close')
    }
    expect((await collection().get()).size).toBe(0)
  })
})

test('none of this was the fault of the server', () => {
  expect(problems).toEqual([])
})
