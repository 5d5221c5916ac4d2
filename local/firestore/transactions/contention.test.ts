import { AggregateField } from '@google-cloud/firestore'
import { describe, expect, test } from 'vitest'

import { useFirestore } from '../testing/use-firestore.ts'

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
    expect(performance.now() - startedAt).toBeLessThan(60_000)
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

test('what many move about at once is neither lost nor made, and every reader sees all of it', async () => {
  const accounts = collection()
  const names = ['a', 'b', 'c', 'd', 'e']
  for (const id of names) await accounts.doc(id).set({ balance: 100 })
  const moving = new AbortController()
  const totals: number[] = []
  const watch = async () => {
    while (!moving.signal.aborted) {
      const seen = await accounts.aggregate({ total: AggregateField.sum('balance') }).get()
      totals.push(seen.data().total)
    }
  }
  const move = (index: number) =>
    firestore().runTransaction(
      async (transaction) => {
        const [from, to] = [names[index % 5], names[(index * 3 + 1) % 5]].map((id) => accounts.doc(id ?? ''))
        if (from === undefined || to === undefined || from.id === to.id) return
        const [giver, taker] = await transaction.getAll(from, to)
        transaction.update(from, { balance: (giver?.get('balance') as number) - index })
        transaction.update(to, { balance: (taker?.get('balance') as number) + index })
      },
      { maxAttempts: 10 },
    )
  const watching = watch()
  await Promise.all(Array.from({ length: 40 }, (_, index) => move(index)))
  moving.abort()
  await watching
  expect(new Set(totals)).toEqual(new Set([500]))
})
