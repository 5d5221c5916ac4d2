import {
  get,
  goOffline,
  onValue,
  query,
  ref,
  orderByChild,
  orderByKey,
  limitToLast,
  startAt,
  update,
} from 'firebase/database'
import type { Database, DataSnapshot } from 'firebase/database'
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

function watch(database: Database, path: string): Watched {
  const watched: Watched = { title: path, value: undefined }
  onValue(ref(database, `/${path}`), (snapshot) => {
    watched.value = snapshot.exportVal()
  })
  return watched
}

const exportOf = (snapshot: DataSnapshot, path: string) =>
  (path === '' ? snapshot : snapshot.child(path)).exportVal() as unknown

test('whatever is written, every client ends with what the server has', { timeout: 60_000 }, async () => {
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
      const watched = [
        watch(whole, ''),
        watch(parts, 'a'),
        watch(parts, 'b/1'),
        watch(parts, 'a/constructor/b'),
      ]
      const window = query(ref(parts, 'b'), orderByKey(), startAt('1'), limitToLast(2))
      onValue(window, () => undefined)
      onValue(query(ref(parts, '1'), orderByChild('a'), startAt(1)), () => undefined)
      const writer = await connectRaw(server, { namespace })
      // Listens have arrived once a write behind them is done.
      await Promise.all([whole, parts].map((database) => update(ref(database), { ready: true })))
      for (const { a, b } of writes) await writer.request(a, b)
      await Promise.all([whole, parts].map((database) => update(ref(database), { ready: false })))
      const stored = await get(ref(late))
      const expected = watched.map(({ title }) => [title, exportOf(stored, title)])
      const seen = watched.map(({ title, value }) => [title, value])
      for (const database of [whole, parts, late]) goOffline(database)
      writer.socket.terminate()
      expect(seen).toEqual(expected)
    }),
    { numRuns: 150 },
  )
})
