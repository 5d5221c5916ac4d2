import { status } from '@grpc/grpc-js'
import { describe, expect, test, vi } from 'vitest'

import { Clock } from '../store/clock.ts'
import { Database } from '../store/database.ts'
import { useFirestore } from '../testing/use-firestore.ts'
import { parseWrite } from '../writes/parse-write.ts'
import { Transactions } from './transactions.ts'

const { collection, firestore } = useFirestore()

/** A gate that several parties wait at until all have come. */
function meeting(parties: number): () => Promise<void> {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  let arrived = 0
  return () => {
    if (++arrived === parties) open()
    return opened
  }
}

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

describe('contention', () => {
  test('of two that read and write one document, one has to try again', async () => {
    const ref = collection().doc('d')
    const bothHaveRead = meeting(2)
    let attempts = 0
    const write = (field: string) =>
      firestore().runTransaction(async (transaction) => {
        attempts++
        await transaction.get(ref)
        await bothHaveRead()
        transaction.set(ref, { [field]: true }, { merge: true })
      })
    await Promise.all([write('first'), write('second')])
    expect(attempts).toBe(3)
    expect((await ref.get()).data()).toEqual({ first: true, second: true })
  })

  test('twenty increments at once all land, soon', async () => {
    const ref = collection().doc('counter')
    await ref.set({ n: 0 })
    const startedAt = performance.now()
    const increment = () =>
      firestore().runTransaction(async (transaction) => {
        const { n } = (await transaction.get(ref)).data() as { n: number }
        transaction.update(ref, { n: n + 1 })
      })
    await Promise.all(Array.from({ length: 20 }, increment))
    expect((await ref.get()).get('n')).toBe(20)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })

  test('a plain write between read and commit makes the transaction try again', async () => {
    const ref = collection().doc('d')
    await ref.set({ n: 1 })
    const seen: number[] = []
    await firestore().runTransaction(async (transaction) => {
      const n = (await transaction.get(ref)).get('n') as number
      seen.push(n)
      if (seen.length === 1) await ref.set({ n: 10 })
      transaction.update(ref, { n: n + 1 })
    })
    expect(seen).toEqual([1, 10])
    expect((await ref.get()).get('n')).toBe(11)
  })

  test.each<[string, (calls: ReturnType<typeof collection>) => Promise<unknown>, number]>([
    ['a document that joins the results', (calls) => calls.doc('new').set({ status: 'open', n: 1 }), 2],
    ['a document that leaves the results', (calls) => calls.doc('old').update({ status: 'closed' }), 2],
    ['a result that changes', (calls) => calls.doc('old').update({ note: 'x' }), 2],
    ['a document that is no result', (calls) => calls.doc('other').set({ status: 'closed' }), 1],
    ['a document of another collection', (calls) => calls.doc('old/below/x').set({ status: 'open' }), 1],
  ])('after a query was read, %s decides whether it is tried again', async (_title, disturb, attempts) => {
    const calls = collection()
    await calls.doc('old').set({ status: 'open', n: 0 })
    let count = 0
    await firestore().runTransaction(async (transaction) => {
      const { size } = await transaction.get(calls.where('status', '==', 'open'))
      if (++count === 1) await disturb(calls)
      transaction.set(calls.doc('summary'), { size })
    })
    expect(count).toBe(attempts)
    const open = await calls.where('status', '==', 'open').get()
    expect((await calls.doc('summary').get()).get('size')).toBe(open.size)
  })

  test('a document beyond the limit of a query that was read disturbs nobody', async () => {
    const calls = collection()
    await calls.doc('a').set({ n: 1 })
    let count = 0
    await firestore().runTransaction(async (transaction) => {
      await transaction.get(calls.orderBy('n').limit(1))
      if (++count === 1) await calls.doc('b').set({ n: 2 })
      transaction.set(calls.doc('c'), {})
    })
    expect(count).toBe(1)
  })

  test('what a transaction sees is never half of another commit', async () => {
    const [left, right] = [collection().doc('left'), collection().doc('right')]
    await Promise.all([left.set({ n: 0 }), right.set({ n: 0 })])
    let count = 0
    const seen = await firestore().runTransaction(async (transaction) => {
      const one = await transaction.get(left)
      if (++count === 1) {
        const batch = firestore().batch()
        await batch.set(left, { n: 1 }).set(right, { n: 1 }).commit()
      }
      const other = await transaction.get(right)
      return [one.get('n'), other.get('n')]
    })
    expect(seen).toEqual([1, 1])
  })

  test('two that take the same documents in opposite order both come through', async () => {
    const [left, right] = [collection().doc('left'), collection().doc('right')]
    await Promise.all([left.set({ n: 0 }), right.set({ n: 0 })])
    const move = (from: typeof left, to: typeof left) =>
      firestore().runTransaction(async (transaction) => {
        const first = await transaction.get(from)
        const second = await transaction.get(to)
        transaction.update(from, { n: (first.get('n') as number) + 1 })
        transaction.update(to, { n: (second.get('n') as number) + 1 })
      })
    await Promise.all([move(left, right), move(right, left), move(left, right), move(right, left)])
    expect([(await left.get()).get('n'), (await right.get()).get('n')]).toEqual([4, 4])
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
