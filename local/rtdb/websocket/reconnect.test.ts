import {
  get,
  goOffline,
  goOnline,
  onChildAdded,
  onValue,
  push,
  ref,
  runTransaction,
  set,
} from 'firebase/database'
import { expect, test } from 'vitest'

import { startDatabaseServer } from '../server.ts'
import { connectClient, startTestDatabase } from '../testing/database.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { startProxy } from '../testing/proxy.ts'

test('a connection that breaks again and again loses, doubles and reorders nothing', async () => {
  const server = await startTestDatabase()
  const [toWriter, toReader] = [await startProxy(server), await startProxy(server)]
  const [writer, reader] = [connectClient(toWriter), connectClient(toReader)]
  const seen: unknown[] = []
  onChildAdded(ref(reader, 'messages'), (child) => seen.push(child.val()))
  const writes = Array.from({ length: 200 }, (_, count) => count)
  const acknowledged: number[] = []
  const all = Promise.all(
    writes.map(async (count) => {
      await push(ref(writer, 'messages'), count)
      acknowledged.push(count)
    }),
  )
  await expect.poll(() => [acknowledged.length > 0, toReader.accepted]).toEqual([true, 1])
  toWriter.cut()
  toReader.cut()
  await all
  await expect.poll(() => toReader.accepted).toBe(2)
  await expect.poll(() => seen).toEqual(writes)
  toReader.cut()
  await push(ref(writer, 'messages'), 200)
  await expect.poll(() => seen).toEqual([...writes, 200])
  expect([acknowledged, toReader.accepted >= 3]).toEqual([writes, true])
})

test('what a client has already is not sent to it again, and what it missed is', async () => {
  const server = await startTestDatabase()
  const proxy = await startProxy(server)
  const [reader, writer] = [connectClient(proxy), connectClient(server)]
  await set(ref(writer, 'same'), { a: 1 })
  await set(ref(writer, 'changed'), { a: 1 })
  const events: unknown[] = []
  for (const path of ['same', 'changed']) {
    onValue(ref(reader, path), (snapshot) => events.push([path, snapshot.val()]))
  }
  await expect.poll(() => events).toHaveLength(2)
  const connected: unknown[] = []
  onValue(ref(reader, '.info/connected'), (snapshot) => connected.push(snapshot.val()))
  goOffline(reader)
  await set(ref(writer, 'changed'), { b: 2 })
  goOnline(reader)
  await expect.poll(() => events).toHaveLength(3)
  expect([events.at(-1), connected]).toEqual([
    ['changed', { b: 2 }],
    [true, false, true],
  ])
})

test('writes made offline are done in their order when the client is back', async () => {
  const server = await startTestDatabase()
  const [writer, reader] = [connectClient(server), connectClient(server)]
  await set(ref(writer, 'n'), 0)
  const seen: unknown[] = []
  onValue(ref(reader, 'n'), (snapshot) => seen.push(snapshot.val()))
  await expect.poll(() => seen).toEqual([0])
  goOffline(writer)
  const writes = [set(ref(writer, 'n'), 1), set(ref(writer, 'n'), 2)]
  await new Promise(setImmediate)
  expect(seen).toEqual([0])
  goOnline(writer)
  await Promise.all(writes)
  await expect.poll(() => seen).toEqual([0, 1, 2])
})

test('a transaction goes on after a break', async () => {
  const server = await startTestDatabase()
  const proxy = await startProxy(server)
  const database = connectClient(proxy)
  await set(ref(database, 'n'), 1)
  const connected: unknown[] = []
  onValue(ref(database, '.info/connected'), (snapshot) => connected.push(snapshot.val()))
  proxy.cut()
  await expect.poll(() => connected).toContain(false)
  const { snapshot } = await runTransaction(ref(database, 'n'), (value: number | null) => (value ?? 0) + 1)
  expect(snapshot.val()).toBe(2)
})

test('clients find a database again that was started anew, with its data', async () => {
  const dataDir = temporaryFolder()
  const first = await startDatabaseServer({ port: 0, project: 'demo-test', dataDir })
  const database = connectClient(first)
  const seen: unknown[] = []
  onValue(ref(database, 'n'), (snapshot) => seen.push(snapshot.val()))
  await set(ref(database, 'n'), 1)
  await first.close()
  const write = set(ref(database, 'n'), 2)
  await startTestDatabase({ dataDir, port: first.port })
  await write
  expect((await get(ref(database, 'n'))).val()).toBe(2)
  expect(seen).toEqual([1, 2])
})

test('the client knows the time of the server', async () => {
  const server = await startTestDatabase({ now: () => Date.now() + 3_600_000 })
  const database = connectClient(server)
  await set(ref(database, 'n'), 1)
  const offset = await get(ref(database, '.info/serverTimeOffset')).catch(() => null)
  const heard = await new Promise<number>((resolve) => {
    onValue(ref(database, '.info/serverTimeOffset'), (snapshot) => resolve(snapshot.val() as number))
  })
  expect(offset).not.toBe(0)
  expect(Math.abs(heard - 3_600_000)).toBeLessThan(5000)
})
