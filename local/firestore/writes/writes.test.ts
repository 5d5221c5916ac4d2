import { status } from '@grpc/grpc-js'
import type { DocumentReference } from '@google-cloud/firestore'
import { FieldValue, Timestamp } from '@google-cloud/firestore'
import { describe, expect, test } from 'vitest'

import { useFirestore } from '../testing/use-firestore.ts'

const { collection, firestore } = useFirestore()

const dataOf = async (ref: DocumentReference) => (await ref.get()).data()

describe('set, update, create and delete', () => {
  test('set replaces the whole document', async () => {
    const ref = collection().doc('d')
    await ref.set({ a: 1, b: 2 })
    await ref.set({ c: 3 })
    expect(await dataOf(ref)).toEqual({ c: 3 })
  })

  test('set with merge keeps the other fields, those of maps too', async () => {
    const ref = collection().doc('d')
    await ref.set({ 'a.1': 'foo', nested: { 'b.1': 'bar' } })
    await ref.set({ 'a.2': 'foo', nested: { 'b.2': 'bar' } }, { merge: true })
    expect(await dataOf(ref)).toEqual({
      'a.1': 'foo',
      'a.2': 'foo',
      nested: { 'b.1': 'bar', 'b.2': 'bar' },
    })
  })

  test('set with named fields touches only those', async () => {
    const ref = collection().doc('d')
    await ref.set({ a: 1, b: { c: 1, d: 1 } })
    await ref.set({ a: 2, b: { c: 2, d: 2 } }, { mergeFields: ['b.d'] })
    expect(await dataOf(ref)).toEqual({ a: 1, b: { c: 1, d: 2 } })
  })

  test('fields come and go as each write says', async () => {
    const ref = collection().doc('d')
    const gone = FieldValue.delete()
    const steps: [() => Promise<unknown>, object | undefined][] = [
      [() => ref.create({}), {}],
      [() => ref.delete(), undefined],
      [() => ref.create({ a: { b: 'c' } }), { a: { b: 'c' } }],
      [() => ref.set({}, { merge: true }), { a: { b: 'c' } }],
      [() => ref.set({}), {}],
      [() => ref.set({ a: { b: 'c' } }), { a: { b: 'c' } }],
      [() => ref.set({ a: { d: 'e' } }, { merge: true }), { a: { b: 'c', d: 'e' } }],
      [() => ref.set({ a: { d: gone } }, { merge: true }), { a: { b: 'c' } }],
      [() => ref.set({ a: { b: gone } }, { merge: true }), { a: {} }],
      [() => ref.set({ a: { e: 'foo' } }, { merge: true }), { a: { e: 'foo' } }],
      [() => ref.set({ f: 'foo' }, { merge: true }), { a: { e: 'foo' }, f: 'foo' }],
      [() => ref.set({ f: { g: 'foo' } }, { merge: true }), { a: { e: 'foo' }, f: { g: 'foo' } }],
      [() => ref.update({ 'f.h': 'foo' }), { a: { e: 'foo' }, f: { g: 'foo', h: 'foo' } }],
      [() => ref.update({ 'f.g': gone }), { a: { e: 'foo' }, f: { h: 'foo' } }],
      [() => ref.update({ 'f.h': gone }), { a: { e: 'foo' }, f: {} }],
      [() => ref.update({ f: gone }), { a: { e: 'foo' } }],
      [() => ref.update({ 'i.j': {} }), { a: { e: 'foo' }, i: { j: {} } }],
      [() => ref.update({ 'i.j': { k: 'foo' } }), { a: { e: 'foo' }, i: { j: { k: 'foo' } } }],
      [() => ref.update({ 'i.j': { l: {} } }), { a: { e: 'foo' }, i: { j: { l: {} } } }],
      [() => ref.update({ i: gone }), { a: { e: 'foo' } }],
      [() => ref.update({ a: gone }), {}],
    ]
    for (const [step, expected] of steps) {
      await step()
      expect(await dataOf(ref)).toEqual(expected)
    }
  })

  test('a write that changes nothing leaves the update time as it was', async () => {
    const ref = collection().doc('d')
    const { writeTime } = await ref.set({ a: 1 })
    expect((await ref.set({ a: 1 })).writeTime).toEqual(writeTime)
    expect((await ref.get()).updateTime).toEqual(writeTime)
  })

  test('deleting what is not there is no error', async () => {
    await expect(collection().doc('nobody').delete()).resolves.toBeDefined()
  })
})

describe('preconditions', () => {
  const never = Timestamp.fromMillis(1_000)
  test.each<[string, (ref: DocumentReference) => Promise<unknown>, number, string]>([
    ['update of nothing', (ref) => ref.update({ a: 1 }), status.NOT_FOUND, 'No document to update'],
    [
      'delete of nothing that must exist',
      (ref) => ref.delete({ exists: true }),
      status.NOT_FOUND,
      'No document to update',
    ],
    [
      'create of what is there',
      async (ref) => {
        await ref.set({})
        await ref.create({})
      },
      status.ALREADY_EXISTS,
      'already exists',
    ],
    [
      'update of another version',
      async (ref) => {
        await ref.set({})
        await ref.update({ a: 1 }, { lastUpdateTime: never })
      },
      status.FAILED_PRECONDITION,
      'does not match the required base version',
    ],
    [
      'delete of another version',
      async (ref) => {
        await ref.set({})
        await ref.delete({ lastUpdateTime: never })
      },
      status.FAILED_PRECONDITION,
      'does not match the required base version',
    ],
    [
      'delete of a version of nothing',
      (ref) => ref.delete({ lastUpdateTime: never }),
      status.FAILED_PRECONDITION,
      'base version',
    ],
  ])('%s fails as in production', async (_title, act, code, message) => {
    await expect(act(collection().doc('d'))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    })
  })

  test('a write on the version that was read goes through', async () => {
    const ref = collection().doc('d')
    const { writeTime } = await ref.set({ a: 1 })
    await ref.update({ a: 2 }, { lastUpdateTime: writeTime })
    const { updateTime } = await ref.get()
    await ref.delete({ lastUpdateTime: updateTime ?? never })
    expect(await dataOf(ref)).toBeUndefined()
  })
})

describe('batches', () => {
  test('an empty batch commits', async () => {
    expect(await firestore().batch().commit()).toEqual([])
  })

  test('writes see those before them, and all share one time', async () => {
    const calls = collection()
    const batch = firestore().batch()
    batch.set(calls.doc('a'), { n: 1 }).update(calls.doc('a'), { n: 2 }).create(calls.doc('b'), {})
    batch.set(calls.doc('c'), {}).delete(calls.doc('c'))
    const results = await batch.commit()
    expect(results).toHaveLength(5)
    expect(results[0]?.writeTime).toEqual(results[2]?.writeTime)
    expect((await calls.get()).docs.map((found) => [found.id, found.data()])).toEqual([
      ['a', { n: 2 }],
      ['b', {}],
    ])
  })

  test('one write that cannot be done undoes all', async () => {
    const calls = collection()
    const batch = firestore().batch()
    batch.set(calls.doc('a'), {}).update(calls.doc('nobody'), { n: 1 }).set(calls.doc('b'), {})
    await expect(batch.commit()).rejects.toMatchObject({ code: status.NOT_FOUND })
    expect((await calls.get()).size).toBe(0)
  })
})

describe('bulk writer', () => {
  test('each write succeeds or fails by itself', async () => {
    const calls = collection()
    await calls.doc('a').set({ n: 1 })
    const writer = firestore().bulkWriter()
    writer.onWriteError(() => false)
    const outcomes = Promise.allSettled([
      writer.create(calls.doc('a'), {}),
      writer.set(calls.doc('b'), { n: 2 }),
      writer.update(calls.doc('c'), { n: 3 }),
      writer.delete(calls.doc('d')),
    ])
    await writer.close()
    expect((await outcomes).map((outcome) => outcome.status)).toEqual([
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect((await calls.get()).docs.map((found) => found.data())).toEqual([{ n: 1 }, { n: 2 }])
  })

  test('the result of a delete has no time of its own', async () => {
    const ref = collection().doc('d')
    await ref.set({})
    const writer = firestore().bulkWriter()
    const deleted = writer.delete(ref)
    await writer.close()
    expect((await deleted).writeTime).toEqual(new Timestamp(0, 0))
  })

  test('two writes to one document both happen', async () => {
    const ref = collection().doc('d')
    const writer = firestore().bulkWriter()
    void writer.set(ref, { a: 1 })
    void writer.set(ref, { b: FieldValue.increment(2) }, { merge: true })
    await writer.close()
    expect(await dataOf(ref)).toEqual({ a: 1, b: 2 })
  })

  test('a write that the server refuses is tried as often as the caller wants', async () => {
    const writer = firestore().bulkWriter()
    let attempts = 0
    writer.onWriteError((error) => {
      attempts = error.failedAttempts
      return error.failedAttempts < 2
    })
    const [[refused]] = await Promise.all([
      Promise.allSettled([writer.create(collection().doc('__doc__'), {})]),
      writer.close(),
    ])
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: status.INVALID_ARGUMENT } })
    expect(attempts).toBe(2)
  })
})
