import {
  get,
  goOffline,
  goOnline,
  increment,
  onValue,
  ref,
  runTransaction,
  serverTimestamp,
  set,
  setWithPriority,
  update,
} from 'firebase/database'
import { expect, test } from 'vitest'

import { connectClient, startTestDatabase } from '../testing/database.ts'
import { connectRaw } from '../testing/raw-client.ts'
import { nodeFromJson } from '../tree/json.ts'

test('a transaction on nothing writes its first result', async () => {
  const database = connectClient(await startTestDatabase())
  const runs: unknown[] = []
  const { committed, snapshot } = await runTransaction(ref(database, 'n'), (value: unknown) => {
    runs.push(value)
    return { a: 5 }
  })
  expect([committed, snapshot.val(), runs]).toEqual([true, { a: 5 }, [null]])
})

test('a transaction on data that the client has not seen is repeated on that data', async () => {
  const server = await startTestDatabase()
  await set(ref(connectClient(server), 'n'), { count: 41, '.priority': 3 })
  const { snapshot } = await runTransaction(
    ref(connectClient(server), 'n/count'),
    (value: number | null) => (value ?? 0) + 1,
  )
  expect(snapshot.val()).toBe(42)
})

test('an aborted transaction shows what is there', async () => {
  const server = await startTestDatabase()
  await set(ref(connectClient(server), 'n'), 'there')
  const result = await runTransaction(ref(connectClient(server), 'n'), (value: unknown) =>
    value === null ? 'guess' : undefined,
  )
  expect([result.committed, result.snapshot.val()]).toEqual([false, 'there'])
})

test('no count is lost among clients that count at once', async () => {
  const server = await startTestDatabase()
  const clients = Array.from({ length: 5 }, () => connectClient(server))
  const add = (value: number | null) => (value ?? 0) + 1
  await Promise.all(
    clients.flatMap((client) =>
      Array.from({ length: 10 }, () => runTransaction(ref(client, 'counter'), add)),
    ),
  )
  expect((await get(ref(connectClient(server), 'counter'))).val()).toBe(50)
})

test('of two who take the same thing over, one wins', async () => {
  const server = await startTestDatabase()
  const take = (who: string) =>
    runTransaction(ref(connectClient(server), 'call/admin'), (value: unknown) =>
      value === null ? who : undefined,
    )
  const results = await Promise.all([take('ava'), take('ben'), take('cleo')])
  const winners = results.filter(({ committed }) => committed)
  expect(winners).toHaveLength(1)
  const admin = winners[0]?.snapshot.val() as unknown
  expect(results.map(({ snapshot }) => snapshot.val() as unknown)).toEqual([admin, admin, admin])
})

test('a transaction keeps the priority, and may write server values', async () => {
  const server = await startTestDatabase({ now: () => 7000 })
  const database = connectClient(server)
  await setWithPriority(ref(database, 'n'), { a: 1 }, 9)
  await runTransaction(ref(database, 'n'), (value: object | null) => ({
    ...value,
    at: serverTimestamp(),
    sum: increment(2),
  }))
  const snapshot = await get(ref(connectClient(server), 'n'))
  expect([snapshot.val(), snapshot.priority]).toEqual([{ a: 1, at: 7000, sum: 2 }, 9])
})

test('a set cancels the transactions it overwrites, and another transaction goes on', async () => {
  const server = await startTestDatabase()
  await set(ref(connectClient(server), 'n'), 5)
  const database = connectClient(server)
  const cancelled = runTransaction(ref(database, 'n'), () => 72)
  const other = runTransaction(ref(database, 'other'), () => 'kept')
  const written = set(ref(database, 'n'), 32)
  await expect(cancelled).rejects.toThrow('set')
  await written
  expect((await other).committed).toBe(true)
  expect((await get(ref(connectClient(server)))).val()).toEqual({ n: 32, other: 'kept' })
})

test('an update beside a transaction that shares a parent with it does not disturb it', async () => {
  const database = connectClient(await startTestDatabase())
  await set(ref(database, 'p'), { a: 1, b: 1 })
  const seen: unknown[] = []
  onValue(ref(database, 'p'), (snapshot) => seen.push(snapshot.val()))
  await expect.poll(() => seen).toEqual([{ a: 1, b: 1 }])
  await Promise.all([
    runTransaction(ref(database, 'p/a'), (value: number | null) => (value ?? 0) + 1),
    update(ref(database, 'p'), { b: 2, c: 3 }),
  ])
  expect(seen.at(-1)).toEqual({ a: 2, b: 2, c: 3 })
})

test('on a fresh connection a transaction runs on nothing, then on what is there, and no more', async () => {
  const server = await startTestDatabase()
  await set(ref(connectClient(server), 'n'), 42)
  const runs: unknown[] = []
  await runTransaction(ref(connectClient(server), 'n'), (value: unknown) => {
    runs.push(value)
    return 3.14
  })
  expect(runs).toEqual([null, 42])
})

test('a listener sees the result of a transaction before the transaction is done', async () => {
  const database = connectClient(await startTestDatabase())
  const events: unknown[] = []
  onValue(ref(database, 'n'), (snapshot) => events.push(snapshot.val()))
  await expect.poll(() => events).toEqual([null])
  await runTransaction(ref(database, 'n'), () => 'result', { applyLocally: false })
  events.push('done')
  expect(events).toEqual([null, 'result', 'done'])
})

test('transactions at a place, below it and above it build on one another', async () => {
  const server = await startTestDatabase()
  const database = connectClient(server)
  const results = await Promise.all([
    runTransaction(ref(database, 'n/a'), () => 1),
    runTransaction(ref(database, 'n/a'), (value: number) => value + 42),
    runTransaction(ref(database, 'n/b'), () => 7),
    runTransaction(ref(database, 'n'), (value: { a?: number; b?: number } | null) =>
      value?.a && value.b ? value.a + value.b : 'too early',
    ),
  ])
  expect(results.every(({ committed }) => committed)).toBe(true)
  expect((await get(ref(connectClient(server), 'n'))).val()).toBe(50)
})

test.each([
  ['lists', ['cat', 'horse'], ['cat', 'horse', 'dog']],
  ['keys that are whole numbers', { 1: 1, 5: 5, 10: 10, 20: 20 }, 42],
  ['text beyond ASCII', '♜♞♝♛♚', '♖♘♗♕♔'],
  ['priorities', { '.value': 42, '.priority': 7 }, { '.value': 43, '.priority': 8 }],
  [
    'children with priorities',
    { a: { '.value': 1, '.priority': 2 }, b: { '.value': 1, '.priority': 1 } },
    { a: 1 },
  ],
  ['removal', { a: 1 }, null],
])('client and server agree on the hash of %s', async (_title, before, after) => {
  const server = await startTestDatabase()
  await set(ref(connectClient(server), 'n'), before)
  const { committed, snapshot } = await runTransaction(ref(connectClient(server), 'n'), () => after)
  expect([committed, snapshot.exportVal()]).toEqual([
    true,
    Array.isArray(after) ? Object.fromEntries(after.entries()) : after,
  ])
})

test('a transaction that was sent when the connection ended is given up, for nobody knows what became of it', async () => {
  const database = connectClient(await startTestDatabase())
  await set(ref(database, 'n'), 'initial')
  const pending = runTransaction(ref(database, 'n'), () => 'new')
  goOffline(database)
  await expect(pending).rejects.toThrow('disconnect')
  goOnline(database)
  expect((await get(ref(database, 'n'))).exists()).toBe(true)
})

test.each([
  ['the hash of what is there', nodeFromJson({ x: 1 }).hash(), 'ok', { y: 2 }],
  ['another hash', 'AAAA', 'datastale', { x: 1 }],
  ['the hash of nothing', '', 'datastale', { x: 1 }],
])('a put with %s', async (_title, hash, status, after) => {
  const client = await connectRaw(await startTestDatabase())
  await client.request('p', { p: '/n', d: { x: 1 } })
  expect((await client.request('p', { p: '/n', d: { y: 2 }, h: hash })).s).toBe(status)
  expect((await client.request('g', { p: '/n', q: {} })).d).toEqual(after)
})

test('the hash of nothing allows to create, once', async () => {
  const client = await connectRaw(await startTestDatabase())
  expect((await client.request('p', { p: '/n', d: 1, h: '' })).s).toBe('ok')
  expect((await client.request('p', { p: '/n', d: 2, h: '' })).s).toBe('datastale')
})
