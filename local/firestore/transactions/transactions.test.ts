import { status } from '@grpc/grpc-js'
import { describe, expect, test, vi } from 'vitest'

import { Clock } from '../store/clock.ts'
import { Database } from '../store/database.ts'
import { useFirestore } from '../testing/use-firestore.ts'
import { parseWrite } from '../writes/parse-write.ts'
import { Transactions } from './transactions.ts'

const { collection, firestore } = useFirestore()

describe('reading and writing', () => {
  test('reads documents, masks and queries, and writes at the end', async () => {
    const calls = collection()
    await calls.doc('a').set({ n: 1, m: 2 })
    const seen = await firestore().runTransaction(async (transaction) => {
      const one = await transaction.get(calls.doc('a'))
      const [masked] = await transaction.getAll(calls.doc('a'), { fieldMask: ['m'] })
      const found = await transaction.get(calls.where('n', '==', 1))
      const counted = await transaction.get(calls.count())
      transaction.set(calls.doc('b'), { n: 2 }).update(calls.doc('a'), { n: 3 })
      return [one.get('n'), masked?.data(), found.size, counted.data().count]
    })
    expect(seen).toEqual([1, { m: 2 }, 1, 1])
    expect((await calls.get()).docs.map((document) => document.data())).toEqual([{ n: 3, m: 2 }, { n: 2 }])
  })

  test('writes without reads need no transaction and are still one commit', async () => {
    const calls = collection()
    await firestore().runTransaction((transaction) => {
      transaction.create(calls.doc('a'), {}).delete(calls.doc('b'))
      return Promise.resolve()
    })
    expect((await calls.get()).size).toBe(1)
  })

  test('an error of the caller leaves everything as it was', async () => {
    const ref = collection().doc('a')
    await expect(
      firestore().runTransaction(async (transaction) => {
        await transaction.get(ref)
        transaction.set(ref, { n: 1 })
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect((await ref.get()).exists).toBe(false)
  })

  test('a precondition that fails is not tried again', async () => {
    const ref = collection().doc('nobody')
    let attempts = 0
    const run = firestore().runTransaction(async (transaction) => {
      attempts++
      await transaction.get(ref)
      transaction.update(ref, { n: 1 })
    })
    await expect(run).rejects.toMatchObject({ code: status.NOT_FOUND })
    expect(attempts).toBe(1)
  })
})

describe('read-only transactions', () => {
  test('see one moment, whatever is written meanwhile', async () => {
    const calls = collection()
    await calls.doc('a').set({ n: 1 })
    const seen = await firestore().runTransaction(
      async (transaction) => {
        const before = await transaction.get(calls)
        await calls.doc('b').set({ n: 2 })
        await calls.doc('a').delete()
        const after = await transaction.get(calls)
        const one = await transaction.get(calls.doc('a'))
        return [before.size, after.size, one.get('n')]
      },
      { readOnly: true },
    )
    expect(seen).toEqual([1, 1, 1])
    expect((await calls.get()).docs.map(({ id }) => id)).toEqual(['b'])
  })

  test('can look at an earlier moment', async () => {
    const calls = collection()
    const { writeTime } = await calls.doc('a').set({ n: 1 })
    await calls.doc('a').set({ n: 2 })
    await calls.doc('b').set({ n: 1 })
    const seen = await firestore().runTransaction(
      async (transaction) => {
        const one = await transaction.get(calls.doc('a'))
        const ordered = await transaction.get(calls.orderBy('n', 'desc').limit(2))
        return [one.get('n'), ordered.docs.map(({ id }) => id)]
      },
      { readOnly: true, readTime: writeTime },
    )
    expect(seen).toEqual([1, ['a']])
  })

  test('cannot write', async () => {
    const { database, transactions } = open()
    const id = transactions.beginReadOnly(database.clock.read())
    const write = parseWrite(database.name, { operation: 'delete', delete: `${database.name}/documents/c/d` })
    await expect(transactions.commit(id, [write])).rejects.toMatchObject({ code: status.INVALID_ARGUMENT })
  })
})

describe('transactions that are over', () => {
  test.each(['committed', 'rolled back', 'idle for a minute'])(
    'one that was %s can do nothing more',
    async (how) => {
      vi.useFakeTimers()
      const { transactions } = open()
      const id = transactions.beginReadWrite(false)
      if (how === 'committed') await transactions.commit(id, [])
      else if (how === 'rolled back') transactions.rollback(id)
      else vi.advanceTimersByTime(60_000)
      expect(() => transactions.get(id)).toThrow('expired or is no longer valid')
      vi.useRealTimers()
    },
  )

  test('what one that vanished had locked is free after a while', async () => {
    vi.useFakeTimers()
    const { transactions } = open()
    await readWrite(transactions, transactions.beginReadWrite(false))
    const waiting = readWrite(transactions, transactions.beginReadWrite(true))
    await vi.advanceTimersByTimeAsync(2_000)
    await expect(waiting).resolves.toBeUndefined()
    vi.useRealTimers()
  })
})

function open(): { database: Database; transactions: Transactions } {
  const database = new Database('projects/p/databases/d', new Clock(Date.now), () => undefined)
  return { database, transactions: new Transactions(database) }
}

function readWrite(transactions: Transactions, id: Uint8Array) {
  const transaction = transactions.get(id)
  if (transaction.kind !== 'read-write') throw new Error('not a read-write transaction')
  return transactions.readDocument(transaction, 'c/d')
}
