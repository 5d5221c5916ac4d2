import {
  get,
  goOffline,
  goOnline,
  onDisconnect,
  onValue,
  ref,
  serverTimestamp,
  set,
  setPriority,
} from 'firebase/database'
import type { Database } from 'firebase/database'
import { expect, test } from 'vitest'

import { startDatabaseServer } from '../server.ts'
import { uploadRules, connectClient, startTestDatabase } from '../testing/database.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { startProxy } from '../testing/proxy.ts'
import { connectRaw } from '../testing/raw-client.ts'

const valueAt = async (database: Database, path: string) =>
  (await get(ref(database, path))).exportVal() as unknown

test('what was asked for is written when the client goes offline, once', async () => {
  const server = await startTestDatabase({ now: () => 9000 })
  const [leaving, other] = [connectClient(server), connectClient(server)]
  await onDisconnect(ref(leaving, 'a')).set({ at: serverTimestamp() })
  await onDisconnect(ref(leaving, 'b')).update({ x: 1, 'deep/y': 2 })
  await onDisconnect(ref(leaving, 'c')).setWithPriority('value', 5)
  await set(ref(leaving, 'd'), 'there')
  await onDisconnect(ref(leaving, 'd')).remove()
  expect(await valueAt(other, '/')).toEqual({ d: 'there' })
  goOffline(leaving)
  const after = { a: { at: 9000 }, b: { x: 1, deep: { y: 2 } }, c: { '.value': 'value', '.priority': 5 } }
  await expect.poll(() => valueAt(other, '/')).toEqual(after)
  await set(ref(other, '/'), null)
  goOnline(leaving)
  await set(ref(leaving, 'back'), true)
  goOffline(leaving)
  await expect.poll(() => server.stats().connections).toBe(1)
  expect(await valueAt(other, '/')).toEqual({ back: true })
})

test('what was cancelled is not written, at the place and below it', async () => {
  const server = await startTestDatabase()
  const [leaving, other] = [connectClient(server), connectClient(server)]
  await onDisconnect(ref(leaving, 'a')).set(1)
  await onDisconnect(ref(leaving, 'b/c')).set(2)
  await onDisconnect(ref(leaving, 'b')).update({ d: 3, e: 4 })
  await onDisconnect(ref(leaving, 'f')).set(5)
  await onDisconnect(ref(leaving, 'a')).cancel()
  await onDisconnect(ref(leaving, 'b/c')).cancel()
  await onDisconnect(ref(leaving, 'b/d')).cancel()
  await onDisconnect(ref(leaving, 'f/below')).cancel()
  goOffline(leaving)
  await expect.poll(() => valueAt(other, '/')).toEqual({ b: { e: 4 }, f: 5 })
})

test('a later request replaces an earlier one at the same place and below, and adds to one above', async () => {
  const server = await startTestDatabase()
  const [leaving, other] = [connectClient(server), connectClient(server)]
  await onDisconnect(ref(leaving, 'a/b')).set('old')
  await onDisconnect(ref(leaving, 'a')).set({ c: 1 })
  await onDisconnect(ref(leaving, 'a/d')).set(2)
  await onDisconnect(ref(leaving, 'e')).set('old')
  await onDisconnect(ref(leaving, 'e')).set('new')
  const seen: unknown[] = []
  onValue(ref(other, 'e'), (snapshot) => seen.push(snapshot.val()))
  await expect.poll(() => seen).toEqual([null])
  goOffline(leaving)
  await expect.poll(() => valueAt(other, '/')).toEqual({ a: { c: 1, d: 2 }, e: 'new' })
  expect(seen).toEqual([null, 'new'])
})

test('it is written too when the socket just breaks, and a listener hears of it', async () => {
  const server = await startTestDatabase()
  const [leaving, other] = [await connectRaw(server), await connectRaw(server)]
  await leaving.request('o', { p: '/presence/a', d: false })
  await other.request('q', { p: '/presence', h: '' })
  leaving.socket.terminate()
  await other.waitFor(({ d }) => d['a'] === 'd')
  expect(other.pushes).toEqual([['d', { p: 'presence/a', d: false }]])
})

test('it is written as soon as a client says goodbye, even one that then leaves the line open', async () => {
  const server = await startTestDatabase()
  const [leaving, other] = [await connectRaw(server), await connectRaw(server)]
  await leaving.request('o', { p: '/presence/a', d: false })
  await other.request('q', { p: '/presence', h: '' })
  leaving.socket.pause()
  leaving.socket.close()
  await other.waitFor(({ d }) => d['a'] === 'd')
  expect(other.pushes).toEqual([['d', { p: 'presence/a', d: false }]])
})

test.each([
  [
    'overlapping',
    [
      ['o', { p: '/a/b', d: { x: 1, y: 2 } }],
      ['om', { p: '/a/b', d: { z: { '.sv': 'timestamp' } } }],
      ['o', { p: '/a/b/y', d: null }],
      ['om', { p: '/a/b', d: { x: { '.sv': { increment: 4 } } } }],
    ],
    ['d', { p: 'a/b', d: { x: 5, z: 9000 } }],
  ],
  [
    'side by side',
    [
      ['o', { p: '/a/c', d: false }],
      ['o', { p: '/a/d/e', d: null }],
      ['om', { p: '/a', d: { 'f/g': 1, h: 2 } }],
    ],
    ['m', { p: 'a', d: { c: false, 'd/e': null, 'f/g': 1, h: 2 } }],
  ],
] as const)(
  'writes of one client that lie %s are one change to a watcher',
  async (_name, requests, change) => {
    const server = await startTestDatabase({ now: () => 9000 })
    const [leaving, other] = [await connectRaw(server), await connectRaw(server)]
    await other.request('p', { p: '/a', d: { c: true, d: { e: 1, kept: 1 } } })
    for (const [action, body] of requests) expect((await leaving.request(action, body)).s).toBe('ok')
    await other.request('q', { p: '/a', h: '' })
    leaving.socket.terminate()
    await expect.poll(() => server.stats().connections).toBe(1)
    await other.request('p', { p: '/a/last', d: true })
    expect(other.pushes.slice(1)).toEqual([change, ['d', { p: 'a/last', d: true }]])
  },
)

test('where the rules refuse one of the writes now, the others are made without it', async () => {
  const server = await startTestDatabase()
  await uploadRules(server, {
    '.read': true,
    '.write': true,
    b: { '.validate': '!root.child("closed").exists()' },
  })
  const [leaving, other] = [await connectRaw(server), connectClient(server)]
  for (const path of ['/a', '/b', '/c']) await leaving.request('o', { p: path, d: 1 })
  await set(ref(other, 'closed'), true)
  leaving.socket.terminate()
  await expect.poll(() => valueAt(other, '/')).toEqual({ closed: true, a: 1, c: 1 })
})

test('the rules are asked when it is requested, and again when it runs', async () => {
  const server = await startTestDatabase()
  await uploadRules(server, {
    '.read': true,
    a: { '.write': '!root.child("closed").exists()' },
    closed: { '.write': true },
  })
  const leaving = await connectRaw(server)
  const other = connectClient(server)
  expect((await leaving.request('o', { p: '/b', d: 1 })).s).toBe('permission_denied')
  expect((await leaving.request('om', { p: '/', d: { a: 1, b: 1 } })).s).toBe('permission_denied')
  expect((await leaving.request('o', { p: '/a', d: 1 })).s).toBe('ok')
  await set(ref(other, 'closed'), true)
  leaving.socket.terminate()
  await expect.poll(() => server.stats().connections).toBe(1)
  expect(await valueAt(other, '/')).toEqual({ closed: true })
})

test('a priority can be set then', async () => {
  const server = await startTestDatabase()
  const [leaving, other] = [await connectRaw(server), connectClient(server)]
  await set(ref(other, 'a'), 'x')
  await setPriority(ref(other, 'a'), 1)
  await leaving.request('o', { p: '/a/.priority', d: 'gone' })
  leaving.socket.close()
  await expect.poll(() => valueAt(other, 'a')).toEqual({ '.value': 'x', '.priority': 'gone' })
})

test('it is written when the server closes, and kept', async () => {
  const dataDir = temporaryFolder()
  const first = await startDatabaseServer({ port: 0, project: 'demo-test', dataDir })
  const leaving = await connectRaw(first)
  await leaving.request('o', { p: '/presence', d: 'gone' })
  await first.close()
  const second = await startTestDatabase({ dataDir })
  expect(await valueAt(connectClient(second), 'presence')).toBe('gone')
})

test('a sum that no longer adds up to a number is not written, and does no harm', async () => {
  const server = await startTestDatabase()
  const [leaving, other] = [await connectRaw(server), connectClient(server)]
  await leaving.request('o', { p: '/n', d: { '.sv': { increment: 1.7e308 } } })
  await leaving.request('o', { p: '/other', d: true })
  await set(ref(other, 'n'), 1.7e308)
  leaving.socket.terminate()
  await expect.poll(() => valueAt(other, '/')).toEqual({ n: 1.7e308, other: true })
})

test('a client that comes back ends its earlier session first, which nobody saw break', async () => {
  const server = await startTestDatabase()
  const lost = await connectRaw(server)
  await lost.request('p', { p: '/presence', d: 'here' })
  await lost.request('o', { p: '/presence', d: 'gone' })
  lost.socket.pause()
  const back = await connectRaw(server, { lastSession: lost.session })
  expect(server.stats().connections).toBe(1)
  await back.request('q', { p: '/presence', h: '' })
  await back.request('p', { p: '/presence', d: 'here again' })
  expect(back.pushes.map(([, body]) => body)).toEqual([
    { p: 'presence', d: 'gone' },
    { p: 'presence', d: 'here again' },
  ])
  lost.socket.resume()
  await lost.closed()
  expect(await valueAt(connectClient(server), 'presence')).toBe('here again')
})

test('an earlier session that is over, or of another namespace, leaves everyone else alone', async () => {
  const server = await startTestDatabase()
  const other = await connectRaw(server, { namespace: 'other' })
  await other.request('o', { p: '/a', d: 'gone' })
  for (const lastSession of [other.session, 'never-was', '']) {
    const client = await connectRaw(server, { lastSession })
    expect((await client.request('g', { p: '/a' })).s).toBe('ok')
  }
  expect((await other.request('g', { p: '/a' })).d).toBe(null)
})

test('the presence of an SDK whose connection was lost unnoticed comes back and stays', async () => {
  const server = await startTestDatabase()
  const proxy = await startProxy(server)
  const [client, other] = [connectClient(proxy), connectClient(server)]
  const seen: unknown[] = []
  onValue(ref(other, 'state'), (snapshot) => seen.push(snapshot.val()))
  await expect.poll(() => seen).toEqual([null])
  onValue(ref(client, '.info/connected'), async (connected) => {
    if (connected.val() !== true) return
    await onDisconnect(ref(client, 'state')).set('offline')
    await set(ref(client, 'state'), 'online')
  })
  await expect.poll(() => seen).toEqual([null, 'online'])
  proxy.lose()
  const history = [null, 'online', 'offline', 'online']
  await expect.poll(() => seen).toEqual(history)
  expect(server.stats().connections).toBe(2)
})
