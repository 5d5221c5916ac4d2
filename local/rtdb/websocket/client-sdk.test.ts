import {
  child,
  equalTo,
  get,
  increment,
  limitToLast,
  off,
  onChildAdded,
  onChildChanged,
  onChildMoved,
  onChildRemoved,
  onValue,
  orderByChild,
  orderByPriority,
  push,
  query,
  ref,
  remove,
  serverTimestamp,
  set,
  setPriority,
  setWithPriority,
  update,
} from 'firebase/database'
import type { Query } from 'firebase/database'
import { expect, test } from 'vitest'

import { connectClient, startTestDatabase } from '../testing/database.ts'

/** What a listener of children is told, as `added a`, `moved b` and so on. */
function childEvents(target: Query): string[] {
  const events: string[] = []
  onChildAdded(target, ({ key }) => void events.push(`added ${key}`))
  onChildChanged(target, ({ key }) => void events.push(`changed ${key}`))
  onChildMoved(target, ({ key }) => void events.push(`moved ${key}`))
  onChildRemoved(target, ({ key }) => void events.push(`removed ${key}`))
  return events
}

test.each([
  ['text', 'words ✔ 🐵'],
  ['an empty text', ''],
  ['a whole number', -7],
  ['a fraction', 1.7976931348623157e308],
  ['false', false],
  ['a list', ['a', 'b', { c: 1 }]],
  ['a map', { a: { b: { c: true } }, '1': 'one' }],
  ['keys that look like numbers', { '01': 1, '1': 2, '-1': 3, '4294967296': 4 }],
])('%s comes back as it was written', async (_title, value) => {
  const server = await startTestDatabase()
  await set(ref(connectClient(server), 'n'), value)
  expect((await get(ref(connectClient(server), 'n'))).val()).toEqual(value)
})

test('priorities are kept, changed alone, and gone with a plain write', async () => {
  const server = await startTestDatabase()
  const [writer, reader] = [connectClient(server), connectClient(server)]
  const seen: unknown[] = []
  onValue(ref(reader, 'n'), (snapshot) => seen.push(snapshot.exportVal()))
  await setWithPriority(ref(writer, 'n'), { a: 1 }, 'first')
  await setPriority(ref(writer, 'n'), 2)
  await setPriority(ref(writer, 'n/a'), 3)
  await set(ref(writer, 'n/b'), 4)
  await set(ref(writer, 'n'), { a: 1 })
  await expect
    .poll(() => seen.filter((value) => value !== null))
    .toEqual([
      { a: 1, '.priority': 'first' },
      { a: 1, '.priority': 2 },
      { a: { '.value': 1, '.priority': 3 }, '.priority': 2 },
      { a: { '.value': 1, '.priority': 3 }, b: 4, '.priority': 2 },
      { a: 1 },
    ])
})

test('a listener of children hears who came, went, changed and moved', async () => {
  const server = await startTestDatabase()
  const [writer, reader] = [connectClient(server), connectClient(server)]
  await set(ref(writer, 'list'), { a: 1, b: 2, c: 3 })
  const events = childEvents(query(ref(reader, 'list'), orderByPriority()))
  await expect.poll(() => events).toEqual(['added a', 'added b', 'added c'])
  events.splice(0)
  await update(ref(writer, 'list'), { a: null, b: 20, d: 4 })
  await setPriority(ref(writer, 'list/b'), 10)
  await expect.poll(() => events).toEqual(['removed a', 'added d', 'changed b', 'moved b', 'changed b'])
})

test('in a window of the last two, whoever leaves is replaced in the same event', async () => {
  const server = await startTestDatabase()
  const [writer, reader] = [connectClient(server), connectClient(server)]
  await set(ref(writer, 'list'), { a: { n: 1 }, b: { n: 2 }, c: { n: 3 } })
  const window = query(ref(reader, 'list'), orderByChild('n'), limitToLast(2))
  const events = childEvents(window)
  const values: unknown[] = []
  onValue(window, (snapshot) => values.push(Object.keys(snapshot.val() as object)))
  await expect.poll(() => values).toEqual([['b', 'c']])
  await set(ref(writer, 'list/d/n'), 2.5)
  await remove(ref(writer, 'list/c'))
  await set(ref(writer, 'list/b/n'), 9)
  await expect
    .poll(() => values)
    .toEqual([
      ['b', 'c'],
      ['c', 'd'],
      ['b', 'd'],
      ['b', 'd'],
    ])
  expect(events).toEqual([
    'added b',
    'added c',
    'removed b',
    'added d',
    'removed c',
    'added b',
    'moved b',
    'changed b',
  ])
})

test('a write to several places is one event where it shows, and nothing where it does not', async () => {
  const server = await startTestDatabase()
  const [writer, reader] = [connectClient(server), connectClient(server)]
  const seen: Record<string, unknown[]> = { all: [], a: [], b: [] }
  onValue(ref(reader), (snapshot) => seen['all']?.push(snapshot.val()))
  onValue(ref(reader, 'a'), (snapshot) => seen['a']?.push(snapshot.val()))
  onValue(ref(reader, 'b'), (snapshot) => seen['b']?.push(snapshot.val()))
  await expect.poll(() => seen).toEqual({ all: [null], a: [null], b: [null] })
  await update(ref(writer), { 'a/x': 1, 'c/y': 2 })
  await expect
    .poll(() => seen)
    .toEqual({ all: [null, { a: { x: 1 }, c: { y: 2 } }], a: [null, { x: 1 }], b: [null] })
})

test('the time and sums are the ones of the server, and every client sees the same', async () => {
  const server = await startTestDatabase({ now: () => 1_000_000_000_000 })
  const [writer, reader] = [connectClient(server), connectClient(server)]
  const own: unknown[] = []
  onValue(ref(writer, 'n/at'), (snapshot) => own.push(snapshot.val()))
  await set(ref(writer, 'n'), { at: serverTimestamp(), sum: increment(5), '.priority': serverTimestamp() })
  await update(ref(writer, 'n'), { sum: increment(-2), fraction: increment(0.5) })
  const snapshot = await get(ref(reader, 'n'))
  expect([snapshot.val(), snapshot.priority]).toEqual([
    { at: 1_000_000_000_000, sum: 3, fraction: 0.5 },
    1_000_000_000_000,
  ])
  await expect.poll(() => own.at(-1)).toBe(1_000_000_000_000)
})

test('sums of many clients at once add up', async () => {
  const server = await startTestDatabase()
  const clients = Array.from({ length: 4 }, () => connectClient(server))
  await Promise.all(
    clients.flatMap((client) => Array.from({ length: 25 }, () => set(ref(client, 'n'), increment(1)))),
  )
  expect((await get(ref(connectClient(server), 'n'))).val()).toBe(100)
})

test('a listener that ended hears nothing more, and can begin again', async () => {
  const server = await startTestDatabase()
  const [writer, reader] = [connectClient(server), connectClient(server)]
  const seen: unknown[] = []
  const target = query(ref(reader, 'list'), orderByChild('kind'), equalTo('x'))
  onValue(target, (snapshot) => seen.push(snapshot.val()))
  await set(ref(writer, 'list/a'), { kind: 'x' })
  await expect.poll(() => seen.at(-1)).toEqual({ a: { kind: 'x' } })
  off(target)
  await set(ref(writer, 'list/a/kind'), 'y')
  await set(ref(writer, 'list/b/kind'), 'x')
  onValue(target, (snapshot) => seen.push(snapshot.val()))
  await expect.poll(() => seen.at(-1)).toEqual({ b: { kind: 'x' } })
  expect(seen).not.toContainEqual({ a: { kind: 'x' }, b: { kind: 'x' } })
})

test('pushed children come in the order in which they were pushed', async () => {
  const server = await startTestDatabase()
  const database = connectClient(server)
  for (let count = 0; count < 30; count += 1) await push(ref(database, 'list'), count)
  const snapshot = await get(ref(connectClient(server), 'list'))
  const values: unknown[] = []
  snapshot.forEach((each) => void values.push(each.val()))
  expect(values).toEqual(Array.from({ length: 30 }, (_, count) => count))
})

test('a listener below a leaf, at a child and above see a write each in their way', async () => {
  const server = await startTestDatabase()
  const [writer, reader] = [connectClient(server), connectClient(server)]
  await set(ref(writer, 'a'), 'leaf')
  const seen: Record<string, unknown> = {}
  for (const path of ['a', 'a/b', 'a/b/c']) {
    onValue(ref(reader, path), (snapshot) => {
      seen[path] = snapshot.val()
    })
  }
  await expect.poll(() => seen).toEqual({ a: 'leaf', 'a/b': null, 'a/b/c': null })
  await set(child(ref(writer, 'a'), 'b/c'), 1)
  await expect.poll(() => seen).toEqual({ a: { b: { c: 1 } }, 'a/b': { c: 1 }, 'a/b/c': 1 })
  await set(ref(writer, 'a/b'), 'leaf')
  await expect.poll(() => seen).toEqual({ a: { b: 'leaf' }, 'a/b': 'leaf', 'a/b/c': null })
  await remove(ref(writer, 'a/b'))
  await expect.poll(() => seen).toEqual({ a: null, 'a/b': null, 'a/b/c': null })
})
