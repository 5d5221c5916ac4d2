import {
  endAt,
  equalTo,
  get,
  goOffline,
  limitToFirst,
  limitToLast,
  onValue,
  orderByChild,
  orderByKey,
  orderByPriority,
  orderByValue,
  query,
  ref,
  startAt,
  update,
} from 'firebase/database'
import type { Database, Query } from 'firebase/database'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { connectClient, startTestDatabase } from '../testing/database.ts'
import { connectRaw } from '../testing/raw-client.ts'

/** Any sequence of writes, few keys, so that they meet: sets, merges of several places, removals, priorities. */
const key = fc.constantFrom('a', 'b', '1', 'constructor')
const leaf = fc.constantFrom<unknown>(
  1,
  2,
  'x',
  true,
  null,
  { '.sv': { increment: 1 } },
  { '.sv': 'timestamp' },
)
const priority = fc.constantFrom<unknown>(null, 1, 'p')
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ '.value': fc.constantFrom<unknown>(3, 'y'), '.priority': priority }),
    fc.dictionary(key, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
  ),
}))
const path = fc.array(key, { maxLength: 3 }).map((keys) => keys.join('/'))
const write = fc.oneof(
  fc.record({ a: fc.constant('p'), b: fc.record({ p: path, d: tree }) }),
  fc.record({ a: fc.constant('p'), b: fc.record({ p: path.map((at) => `${at}/.priority`), d: priority }) }),
  fc.record({
    a: fc.constant('m'),
    b: fc.record({ p: path, d: fc.dictionary(key, tree, { noNullPrototype: true }) }),
  }),
  fc.record({
    a: fc.constant('m'),
    b: fc.record({
      p: path,
      d: fc
        .uniqueArray(path, { minLength: 1, maxLength: 3 })
        .chain((paths) =>
          fc
            .tuple(...paths.map(() => tree))
            .map((trees) => Object.fromEntries(paths.map((at, index) => [at, trees[index]]))),
        ),
    }),
  }),
)

interface Watched {
  readonly title: string
  value: unknown
}

/**
 * Views that overlap: whole locations, and windows above and beside them. None is of a location that the client
 * has whole, for then the SDK makes the window itself.
 */
const views: [string, (database: Database) => Query][] = [
  ['1/b', (database) => ref(database, '1/b')],
  ['b/1', (database) => ref(database, 'b/1')],
  ['a/constructor/b', (database) => ref(database, 'a/constructor/b')],
  ['the last of all', (database) => query(ref(database), limitToLast(1))],
  ['the last two of b', (database) => query(ref(database, 'b'), orderByKey(), startAt('1'), limitToLast(2))],
  [
    'the first of a by value',
    (database) => query(ref(database, 'a'), orderByValue(), endAt('x'), limitToFirst(1)),
  ],
  ['some of 1', (database) => query(ref(database, '1'), orderByChild('a'), startAt(1))],
  ['some of a/b by priority', (database) => query(ref(database, 'a/b'), orderByPriority(), equalTo(1))],
]

function watch(database: Database, [title, make]: (typeof views)[number]): Watched {
  const watched: Watched = { title, value: undefined }
  onValue(make(database), (snapshot) => {
    watched.value = snapshot.exportVal()
  })
  return watched
}

const everything: (typeof views)[number] = ['everything', (database) => ref(database)]

test('whatever is written, every client ends with what the server has', async () => {
  const server = await startTestDatabase()
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 15 }), async (writes) => {
      run += 1
      const namespace = `run-${run}`
      const [whole, parts, late] = [0, 1, 2].map(() => connectClient(server, { namespace })) as [
        Database,
        Database,
        Database,
      ]
      const watched = [watch(whole, everything), ...views.map((view) => watch(parts, view))]
      const writer = await connectRaw(server, { namespace })
      // Listens have arrived once a write behind them is done.
      await Promise.all([whole, parts].map((database) => update(ref(database), { ready: true })))
      for (const { a, b } of writes) await writer.request(a, b)
      await Promise.all([whole, parts].map((database) => update(ref(database), { ready: false })))
      const expected = await Promise.all(
        [everything, ...views].map(async ([title, make]) => [title, (await get(make(late))).exportVal()]),
      )
      const seen = watched.map(({ title, value }) => [title, value])
      for (const database of [whole, parts, late]) goOffline(database)
      writer.socket.terminate()
      expect(seen).toEqual(expected)
    }),
    { numRuns: 150, seed: 586 },
  )
})
