import { status } from '@grpc/grpc-js'
import type { DocumentReference, DocumentSnapshot, Query, QuerySnapshot } from '@google-cloud/firestore'
import { describe, expect, onTestFinished, test } from 'vitest'

import { useFirestore } from '../testing/use-firestore.ts'

const { collection, connect, firestore } = useFirestore()

/** The snapshots of a listener, one by one; it ends with the test. */
function follow<Snapshot>(
  listen: (next: (snapshot: Snapshot) => void, fail: (error: Error) => void) => () => void,
): () => Promise<Snapshot> {
  const ready: Snapshot[] = []
  const waiting: { resolve: (snapshot: Snapshot) => void; reject: (error: Error) => void }[] = []
  let failure: Error | undefined
  const stop = listen(
    (snapshot) => {
      const next = waiting.shift()
      if (next === undefined) ready.push(snapshot)
      else next.resolve(snapshot)
    },
    (error) => {
      failure = error
      for (const { reject } of waiting) reject(error)
    },
  )
  onTestFinished(stop)
  return () => {
    const snapshot = ready.shift()
    if (snapshot !== undefined) return Promise.resolve(snapshot)
    if (failure !== undefined) return Promise.reject(failure)
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
  }
}

const followQuery = (query: Query) => follow<QuerySnapshot>((next, fail) => query.onSnapshot(next, fail))
const followDocument = (ref: DocumentReference) =>
  follow<DocumentSnapshot>((next, fail) => ref.onSnapshot(next, fail))

const shown = (snapshot: QuerySnapshot) => snapshot.docs.map(({ id }) => id).join('')
const changes = (snapshot: QuerySnapshot) =>
  snapshot
    .docChanges()
    .map(({ type, doc, oldIndex, newIndex }) => `${type} ${doc.id} ${oldIndex}>${newIndex}`)

describe('listening to a document', () => {
  test('tells of its coming, changing and going', async () => {
    const ref = collection().doc('d')
    const next = followDocument(ref)
    expect((await next()).exists).toBe(false)
    await ref.set({ foo: 'a' })
    const created = await next()
    expect(created.get('foo')).toBe('a')
    await ref.set({ foo: 'b' })
    const changed = await next()
    expect(changed.get('foo')).toBe('b')
    expect(changed.createTime).toEqual(created.createTime)
    expect(changed.readTime.valueOf() > created.readTime.valueOf()).toBe(true)
    expect((changed.updateTime?.valueOf() ?? '') > (created.updateTime?.valueOf() ?? '')).toBe(true)
    await ref.delete()
    expect((await next()).exists).toBe(false)
  })

  test('several listeners to one document are all told, those to others are not', async () => {
    const calls = collection()
    const [one, other, third] = [calls.doc('a'), calls.doc('a'), calls.doc('b')].map(followDocument)
    const first = await Promise.all([one?.(), other?.(), third?.()])
    expect(first.map((snapshot) => snapshot?.exists)).toEqual([false, false, false])
    await calls.doc('a').set({ n: 1 })
    expect([(await one?.())?.get('n'), (await other?.())?.get('n')]).toEqual([1, 1])
    await calls.doc('b').set({ n: 2 })
    expect((await third?.())?.get('n')).toBe(2)
  })
})

describe('listening to a query', () => {
  test('tells what was added, modified and removed, and where', async () => {
    const calls = collection()
    const next = followQuery(calls.where('open', '==', true).orderBy('n'))
    expect(shown(await next())).toBe('')
    await calls.doc('b').set({ open: true, n: 2 })
    expect(changes(await next())).toEqual(['added b -1>0'])
    await calls.doc('a').set({ open: true, n: 1 })
    expect(changes(await next())).toEqual(['added a -1>0'])
    await calls.doc('a').update({ n: 3 })
    expect(changes(await next())).toEqual(['modified a 0>1'])
    await calls.doc('x').set({ open: false, n: 0 })
    await calls.doc('b').update({ open: false })
    expect(changes(await next())).toEqual(['removed b 0>-1'])
    await calls.doc('a').delete()
    expect(shown(await next())).toBe('')
  })

  test('starts with what is there', async () => {
    const calls = collection()
    await calls.doc('a').set({ n: 1 })
    await calls.doc('b').set({ n: 2 })
    expect(shown(await followQuery(calls.orderBy('n', 'desc'))())).toBe('ba')
  })

  test('shows a batch at one moment', async () => {
    const calls = collection()
    const next = followQuery(calls)
    await next()
    const batch = firestore().batch()
    batch.set(calls.doc('a'), {}).set(calls.doc('b'), {}).set(calls.doc('c'), {})
    await batch.commit()
    expect(shown(await next())).toBe('abc')
  })

  test('a write that changes nothing is no news', async () => {
    const calls = collection()
    await calls.doc('a').set({ n: 1 })
    const next = followQuery(calls)
    await next()
    await calls.doc('a').set({ n: 1 })
    await calls.doc('b').set({ n: 2 })
    expect(changes(await next())).toEqual(['added b -1>1'])
  })

  test('a window of the first few moves on when one leaves it', async () => {
    const calls = collection()
    for (const [n, id] of ['a', 'b', 'c', 'd'].entries()) await calls.doc(id).set({ n })
    const next = followQuery(calls.orderBy('n').limit(2))
    expect(shown(await next())).toBe('ab')
    await calls.doc('a').delete()
    expect(shown(await next())).toBe('bc')
    await calls.doc('e').set({ n: 1.5 })
    expect(shown(await next())).toBe('be')
    await calls.doc('b').update({ n: 9 })
    expect(shown(await next())).toBe('ec')
    await calls.doc('c').update({ n: 2, changed: true })
    expect(changes(await next())).toEqual(['modified c 1>1'])
  })

  test('a window of the last few is shown in the order of the query', async () => {
    const calls = collection()
    for (const [n, id] of ['a', 'b', 'c'].entries()) await calls.doc(id).set({ n })
    const next = followQuery(calls.orderBy('n').limitToLast(2))
    expect(shown(await next())).toBe('bc')
    await calls.doc('d').set({ n: 7 })
    expect(shown(await next())).toBe('cd')
  })

  test('cursors bound it', async () => {
    const calls = collection()
    const next = followQuery(calls.orderBy('n').startAfter(1).endAt(3))
    await next()
    await calls.doc('a').set({ n: 1 })
    await calls.doc('c').set({ n: 3 })
    expect(shown(await next())).toBe('c')
    await calls.doc('a').update({ n: 2 })
    expect(shown(await next())).toBe('ac')
    await calls.doc('c').update({ n: 4 })
    expect(shown(await next())).toBe('a')
  })

  test('a collection group follows every collection of the name', async () => {
    const id = collection().id
    const next = followQuery(firestore().collectionGroup(id).where('n', '>', 0).orderBy('n'))
    await next()
    await firestore().doc(`x/y/${id}/a`).set({ n: 1 })
    expect(shown(await next())).toBe('a')
    await firestore().doc(`${id}/b`).set({ n: 2 })
    expect(shown(await next())).toBe('ab')
  })

  test('two hundred writes at once all arrive', async () => {
    const calls = collection()
    const next = followQuery(calls)
    await next()
    await Promise.all(Array.from({ length: 200 }, (_, n) => calls.add({ n })))
    let size = 0
    while (size < 200) size = (await next()).size
    expect(size).toBe(200)
  })

  test('a query that the server refuses ends with the reason', async () => {
    const calls = collection()
    const next = followQuery(
      calls.where(
        'n',
        'in',
        Array.from({ length: 31 }, (_, n) => n),
      ),
    )
    await expect(next()).rejects.toThrow(`Error ${status.INVALID_ARGUMENT}: 'IN' supports up to 30`)
  })

  test('what happens in another database stays there', async () => {
    const calls = collection()
    const next = followQuery(calls)
    await next()
    await connect({ projectId: 'other-project' }).collection(calls.id).add({})
    await connect({ databaseId: 'other-database' }).collection(calls.id).add({})
    await calls.doc('own').set({})
    expect(shown(await next())).toBe('own')
  })
})
