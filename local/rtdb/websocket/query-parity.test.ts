import {
  endAt,
  endBefore,
  equalTo,
  limitToFirst,
  limitToLast,
  onValue,
  orderByChild,
  orderByKey,
  orderByPriority,
  orderByValue,
  query,
  ref,
  setPriority,
  set,
  setWithPriority,
  startAfter,
  startAt,
  update,
} from 'firebase/database'
import type { Database, DataSnapshot, QueryConstraint } from 'firebase/database'
import { expect, test } from 'vitest'

import { connectClient, startTestDatabase } from '../testing/database.ts'

/**
 * The oracle is the SDK itself: a client that listens to the whole location answers every query from its cache, by
 * its own code; another client has each query answered by the server. Both have to see the same, always.
 */
const orders: [string, () => QueryConstraint, (string | number | boolean | null)[]][] = [
  ['key', orderByKey, ['a', 'c', '2', '10']],
  ['value', orderByValue, [null, true, 1, 'm']],
  ['priority', orderByPriority, [null, 1, 5, 'x']],
  ['child', () => orderByChild('n'), [null, false, 2, 'x']],
  ['deep child', () => orderByChild('deep/n'), [null, 3]],
]
const bounds = { startAt, startAfter, endAt, endBefore, equalTo }

interface Asked {
  readonly title: string
  readonly range: QueryConstraint[]
  /** How many of the range's children the query shows: from its start, or from its end where negative. */
  readonly limit: number | null
}

function rangesOf([name, , values]: (typeof orders)[number]): [string, QueryConstraint[]][] {
  const fitting = values.filter((value) => name !== 'key' || typeof value === 'string')
  const ends = fitting.flatMap((value) =>
    Object.entries(bounds).map(([bound, make]): [string, QueryConstraint[]] => [
      `${bound} ${String(value)}`,
      [make(value)],
    ]),
  )
  const keyed = fitting.flatMap((value): [string, QueryConstraint[]][] => [
    [`startAt ${String(value)} b`, [startAt(value, 'b')]],
    [`endBefore ${String(value)} c`, [endBefore(value, 'c')]],
    [`equalTo ${String(value)} b`, [equalTo(value, 'b')]],
  ])
  const both = [startAt(values.at(-2) ?? null), endAt(values.at(-1) ?? null)]
  return [['all', []], ['both ends', both], ...ends, ...(name === 'key' ? [] : keyed)]
}

const queriesOf = (order: (typeof orders)[number]): Asked[] =>
  rangesOf(order).flatMap(([title, range]) =>
    [null, 2, -2, -1]
      // A listen to everything would make the SDK answer all other queries by itself.
      .filter((limit) => limit !== null || range.length > 0)
      .map((limit) => ({ title: `${title}, limit ${limit}`, range, limit })),
  )

const limitOf = (limit: number | null): QueryConstraint[] => {
  if (limit === null) return []
  return [limit > 0 ? limitToFirst(limit) : limitToLast(-limit)]
}

const limited = (children: unknown[], limit: number | null): unknown[] => {
  if (limit === null) return children
  return limit > 0 ? children.slice(0, limit) : children.slice(limit)
}

const writes: ((database: Database) => Promise<void>)[] = [
  (db) =>
    set(ref(db, 'list'), {
      a: 1,
      b: 'm',
      c: { n: 2, deep: { n: 3 } },
      2: true,
      10: { n: 'x' },
      d: { n: false },
    }),
  (db) => setWithPriority(ref(db, 'list/e'), { n: 2 }, 5),
  (db) => setPriority(ref(db, 'list/a'), 1),
  (db) => setPriority(ref(db, 'list'), 'of the list itself'),
  (db) => update(ref(db, 'list'), { b: null, f: 1, 'c/n': 'x', 10: 1 }),
  (db) => set(ref(db, 'list/c/deep/n'), 4),
  (db) => update(ref(db), { 'list/g/deep/n': 3, 'list/a': null, 'other/x': 1 }),
  (db) => set(ref(db, 'list/b'), true),
  (db) => setPriority(ref(db, 'list/b'), 'x'),
  (db) => set(ref(db, 'list/2'), null),
  (db) => set(ref(db, 'list/10'), { deep: { n: 3 }, n: null }),
  (db) => set(ref(db, 'list'), 'a leaf'),
  (db) => set(ref(db, 'list/c/n'), 2),
  (db) => set(ref(db), { list: { a: { n: 2 }, b: { n: 2 }, c: { n: 2 }, d: { n: 3 } } }),
  (db) => set(ref(db, 'list/b'), null),
  (db) => set(ref(db, 'list'), null),
]

function childrenOf(snapshot: DataSnapshot): unknown[] {
  const children: unknown[] = []
  snapshot.forEach((child) => void children.push([child.key, child.exportVal()]))
  return children
}

test.each(orders)('queries by %s show what the SDK finds in the whole data', async (...order) => {
  const server = await startTestDatabase()
  const [writer, whole, asking] = [connectClient(server), connectClient(server), connectClient(server)]
  onValue(ref(whole, 'list'), () => undefined)
  const [, makeOrder] = order
  const queries = queriesOf(order)
  const seen = queries.map(({ title, range, limit }) => {
    const views = { title, limit, server: undefined as unknown, range: [] as unknown[] }
    // Limits are applied here: the SDK's own are wrong beside an excluded bound.
    onValue(query(ref(whole, 'list'), makeOrder(), ...range), (snapshot) => {
      views.range = childrenOf(snapshot)
    })
    onValue(query(ref(asking, 'list'), makeOrder(), ...range, ...limitOf(limit)), (snapshot) => {
      views.server = childrenOf(snapshot)
    })
    return views
  })
  for (const [number, write] of writes.entries()) {
    await write(writer)
    await Promise.all([settled(whole), settled(asking)])
    const place = (title: string) => `after write ${number}: ${title}`
    const found = seen.map((view) => [place(view.title), view.server])
    expect(found).toEqual(seen.map(({ title, range, limit }) => [place(title), limited(range, limit)]))
  }
  const listens = server.stats().listens['test'] ?? []
  expect(listens.filter(({ path }) => path === 'list').length).toBeGreaterThan(queries.length * 0.9)
})

let marks = 0
/** Everything pushed so far has arrived: an answer on the same connection comes after it. */
async function settled(database: Database): Promise<void> {
  marks += 1
  await set(ref(database, `marks/${marks}`), true)
}

test('queries that listen to one location do not disturb each other when some end', async () => {
  const server = await startTestDatabase()
  const [writer, reader] = [connectClient(server), connectClient(server)]
  const last = (count: number) => query(ref(reader, 'n'), orderByKey(), limitToLast(count))
  const views: Record<string, unknown> = {}
  const endOne = onValue(last(1), (snapshot) => (views['one'] = snapshot.val()))
  onValue(last(2), (snapshot) => (views['two'] = snapshot.val()))
  for (const key of ['a', 'b', 'c']) await set(ref(writer, `n/${key}`), key)
  await expect.poll(() => views).toEqual({ one: { c: 'c' }, two: { b: 'b', c: 'c' } })
  endOne()
  await set(ref(writer, 'n/c'), null)
  await expect.poll(() => views).toEqual({ one: { c: 'c' }, two: { a: 'a', b: 'b' } })
})
