import { once } from 'node:events'

import { onValue, ref } from 'firebase/database'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { connectClient, startTestDatabase, uploadRules } from '../testing/database.ts'
import { connectRaw } from '../testing/raw-client.ts'
import { nodeFromJson } from '../tree/json.ts'

test('the first message greets with the time at which it will be read, the host by which the client came, and a session', async () => {
  const server = await startTestDatabase({ now: () => 1234 })
  const client = await connectRaw(server, { host: 'db.example:9000' })
  expect(client.messages).toEqual([
    { t: 'c', d: { t: 'h', d: { ts: 1254, v: '5', h: 'db.example:9000', s: expect.stringMatching(/.+/) } } },
  ])
})

test('a ping is answered with a pong whose data is null', async () => {
  const client = await connectRaw(await startTestDatabase())
  client.sendFrame('{"t":"c","d":{"t":"p","d":{}}}')
  await client.waitFor(({ d }) => d['t'] === 'o')
  expect(client.messages.at(-1)).toEqual({ t: 'c', d: { t: 'o', d: null } })
})

test('the initial data comes before the answer to its listen', async () => {
  const client = await connectRaw(await startTestDatabase())
  await client.request('p', { p: '/a/b', d: { '.value': 1, '.priority': 2 } })
  expect(await client.request('q', { p: '/a', h: '' })).toEqual({ s: 'ok', d: {} })
  expect(client.log).toEqual(['ok 1', 'd', 'ok 2'])
  expect(client.pushes).toEqual([['d', { p: 'a', d: { b: { '.value': 1, '.priority': 2 } } }]])
})

test.each([
  ['an empty location', '/none', '', []],
  ['data whose hash the client has', '/a', nodeFromJson({ b: 1 }).hash(), []],
  ['data whose hash the client has not', '/a', 'other', [['d', { p: 'a', d: { b: 1 } }]]],
  ['a location that the client takes for filled', '/none', 'other', [['d', { p: 'none', d: null }]]],
])('listening to %s sends just what the client lacks', async (_title, path, hash, pushes) => {
  const client = await connectRaw(await startTestDatabase())
  await client.request('p', { p: '/a', d: { b: 1 } })
  expect((await client.request('q', { p: path, h: hash })).s).toBe('ok')
  expect(client.pushes).toEqual(pushes)
})

test("everything a write causes reaches the writer's own listens before the write is acknowledged", async () => {
  const client = await connectRaw(await startTestDatabase())
  await client.request('q', { p: '/a', h: '' })
  await client.request('q', { p: '/a', h: '', q: { l: 1, vf: 'r' }, t: 7 })
  await client.request('p', { p: '/a/b', d: 1 })
  await client.request('m', { p: '/', d: { 'a/c': 2, 'a/b': null, other: 3 } })
  expect(client.log).toEqual(['ok 1', 'ok 2', 'd', 'd', 'ok 3', 'm', 'm', 'ok 4'])
  expect(client.pushes).toEqual([
    ['d', { p: 'a/b', d: 1 }],
    ['d', { p: 'a/b', d: 1, t: 7 }],
    ['m', { p: 'a', d: { c: 2, b: null } }],
    ['m', { p: 'a', d: { c: 2, b: null }, t: 7 }],
  ])
})

test('a write above a listen arrives as the data at the listen, and one that changes nothing not at all', async () => {
  const client = await connectRaw(await startTestDatabase())
  await client.request('q', { p: '/a/b', h: '' })
  await client.request('p', { p: '/', d: { a: { b: { c: 1 } }, x: 1 } })
  await client.request('p', { p: '/a', d: { b: { c: 1 }, y: 1 } })
  await client.request('p', { p: '/a/b/c', d: 1 })
  await client.request('p', { p: '/x', d: 5 })
  await client.request('p', { p: '/', d: null })
  expect(client.pushes).toEqual([
    ['d', { p: 'a/b', d: { c: 1 } }],
    ['d', { p: 'a/b', d: null }],
  ])
})

test('after unlistening nothing more comes, and other listens go on', async () => {
  const client = await connectRaw(await startTestDatabase())
  const limited = { l: 2, vf: 'l' }
  await client.request('q', { p: '/a', h: '', q: limited, t: 1 })
  await client.request('q', { p: '/a', h: '' })
  expect(await client.request('n', { p: '/a', q: limited, t: 1 })).toEqual({ s: 'ok', d: '' })
  await client.request('p', { p: '/a/b', d: 1 })
  expect(client.pushes).toEqual([['d', { p: 'a/b', d: 1 }]])
  await client.request('n', { p: '/a' })
  await client.request('p', { p: '/a/b', d: 2 })
  expect(client.pushes).toHaveLength(1)
})

test('a get answers with the data and keeps nothing', async () => {
  const client = await connectRaw(await startTestDatabase())
  await client.request('p', { p: '/a', d: { x: 1, y: { '.value': 2, '.priority': 'p' }, z: 3 } })
  expect(await client.request('g', { p: '/a', q: {} })).toEqual({
    s: 'ok',
    d: { x: 1, y: { '.value': 2, '.priority': 'p' }, z: 3 },
  })
  expect(await client.request('g', { p: '/a', q: { i: '.key', l: 1, vf: 'r' } })).toEqual({
    s: 'ok',
    d: { z: 3 },
  })
  expect(await client.request('g', { p: '/nothing', q: {} })).toEqual({ s: 'ok', d: null })
  await client.request('p', { p: '/a/x', d: 2 })
  expect(client.pushes).toEqual([])
})

test('a child with and without its index: the listen works, and says that the index is missing', async () => {
  const client = await connectRaw(await startTestDatabase())
  const listen = (i: string | undefined) => client.request('q', { p: '/a', h: '', q: { i, sp: 1 }, t: 1 })
  expect(await listen('age')).toEqual({ s: 'ok', d: { w: ['no_index'] } })
  expect(await listen('.value')).toEqual({ s: 'ok', d: { w: ['no_index'] } })
  expect(await listen('.key')).toEqual({ s: 'ok', d: {} })
  expect(await listen(undefined)).toEqual({ s: 'ok', d: {} })
})

test.each([
  ['stats', 's', { c: { 'sdk.js.1': 1 } }],
  ['unlistening to what was never listened to', 'n', { p: '/a' }],
  ['signing out', 'unauth', {}],
  ['an App Check token', 'appcheck', { token: 'x' }],
  ['no App Check token', 'unappeck', {}],
  ['an empty merge', 'm', { p: '/a', d: {} }],
  ['cancelling nothing', 'oc', { p: '/a', d: null }],
])('%s is answered with ok', async (_title, action, body) => {
  const client = await connectRaw(await startTestDatabase())
  expect(await client.request(action, body)).toEqual({ s: 'ok', d: '' })
})

test.each([
  ['a path with a forbidden character', 'p', { p: '/a.b', d: 1 }, 'invalid_data'],
  ['a key with a forbidden character', 'p', { p: '/a', d: { 'x#': 1 } }, 'invalid_data'],
  ['paths of one merge that lie below one another', 'm', { p: '/', d: { a: 1, 'a/b': 2 } }, 'invalid_data'],
  ['the same the other way round', 'm', { p: '/', d: { 'a/b': 2, a: 1 } }, 'invalid_data'],
  ['a server value that does not exist', 'p', { p: '/a', d: { '.sv': 'dice' } }, 'invalid_data'],
  ['a query that is none', 'q', { p: '/a', q: { l: -1 }, h: '' }, 'invalid_data'],
  ['a query that is text', 'g', { p: '/a', q: 'all' }, 'invalid_data'],
  ['an index that is no path', 'g', { p: '/a', q: { i: '$x' } }, 'invalid_data'],
  ['no data', 'p', { p: '/a' }, 'invalid_request'],
  ['no path', 'p', { d: 1 }, 'invalid_request'],
  ['a merge of a list', 'm', { p: '/a', d: [1] }, 'invalid_request'],
  ['no body', 'q', undefined, 'invalid_request'],
  ['an action that does not exist', 'toString', {}, 'unknown_action'],
])('%s is refused, and the connection goes on', async (_title, action, body, status) => {
  const client = await connectRaw(await startTestDatabase())
  expect(await client.request(action, body)).toMatchObject({ s: status })
  expect(await client.request('g', { p: '/', q: {} })).toEqual({ s: 'ok', d: null })
})

test('a merge that has one bad part writes nothing', async () => {
  const client = await connectRaw(await startTestDatabase())
  await client.request('m', { p: '/', d: { good: 1, bad: { '.sv': 'dice' } } })
  expect(await client.request('g', { p: '/', q: {} })).toEqual({ s: 'ok', d: null })
})

test('a merge may carry the priority of the place that it makes, in any order, and every view gets it', async () => {
  const server = await startTestDatabase()
  const [client, reader] = [await connectRaw(server), connectClient(server)]
  const seen: unknown[] = []
  onValue(ref(reader, 'a'), (snapshot) => seen.push(snapshot.exportVal()))
  await expect.poll(() => seen).toEqual([null])
  await client.request('q', { p: '/', h: '' })
  await client.request('m', { p: '/a', d: { '.priority': 5, 'b/.priority': 6, 'b/c': 1, d: 2 } })
  const value = { b: { c: 1, '.priority': 6 }, d: 2, '.priority': 5 }
  expect((await client.request('g', { p: '/a', q: {} })).d).toEqual(value)
  expect(client.pushes).toEqual([['d', { p: 'a', d: value }]])
  await client.request('m', { p: '/', d: { 'a/.priority': null, 'a/b/.priority': 7, e: 8 } })
  expect(client.pushes.at(-1)).toEqual(['m', { p: '', d: { 'a/.priority': null, 'a/b/.priority': 7, e: 8 } }])
  const after = { b: { c: 1, '.priority': 7 }, d: 2 }
  expect((await client.request('g', { p: '/a', q: {} })).d).toEqual(after)
  await expect.poll(() => seen).toEqual([null, value, after])
})

test('a map keeps its priority when one merge replaces all of its children', async () => {
  const client = await connectRaw(await startTestDatabase())
  await client.request('p', { p: '/a', d: { old: { deep: 1 }, '.priority': 5 } })
  await client.request('q', { p: '/', h: '' })
  await client.request('m', { p: '/', d: { 'a/old/deep': null, 'a/new': 1, other: 2 } })
  const after = { new: 1, '.priority': 5 }
  expect((await client.request('g', { p: '/a', q: {} })).d).toEqual(after)
  expect(client.pushes.at(-1)).toEqual(['m', { p: '', d: { other: 2, a: after } }])
})

test('a priority is refused where there is nothing that it could order', async () => {
  const server = await startTestDatabase()
  await uploadRules(server, { '.read': true, open: { '.write': true } })
  const client = await connectRaw(server)
  const reply = async (path: string, data: unknown) => (await client.request('p', { p: path, d: data })).s
  expect(await reply('/open/a/.priority', 1)).toBe('invalid_data')
  expect(await reply('/open/a/.priority', null)).toBe('ok')
  expect(await reply('/closed/a/.priority', 1)).toBe('permission_denied')
  expect(await reply('/open/a', 'there')).toBe('ok')
  expect(await reply('/open/a/.priority', 1)).toBe('ok')
  expect((await client.request('g', { p: '/' })).d).toEqual({
    open: { a: { '.value': 'there', '.priority': 1 } },
  })
})

test('the priority of a location is no child of its windows', async () => {
  const client = await connectRaw(await startTestDatabase())
  await client.request('p', { p: '/a', d: { b: 1 } })
  await client.request('q', { p: '/a', h: '', q: { i: '.value', sp: 0 }, t: 1 })
  await client.request('p', { p: '/a/.priority', d: 5 })
  expect(client.pushes).toEqual([['d', { p: 'a', d: { b: 1 }, t: 1 }]])
})

test('all timestamps of one write are the same, in values and in priorities', async () => {
  let now = 5000
  const client = await connectRaw(await startTestDatabase({ now: () => (now += 1) }))
  const time = { '.sv': 'timestamp' }
  await client.request('m', {
    p: '/',
    d: { a: time, 'b/c': { '.value': 'x', '.priority': time }, d: { e: time } },
  })
  const { d } = (await client.request('g', { p: '/', q: {} })) as { d: { a: number } }
  expect(d).toEqual({ a: d.a, b: { c: { '.value': 'x', '.priority': d.a } }, d: { e: d.a } })
})

test.each([
  ['another path', '/.wss?v=5&ns=test', 404],
  ['an older version of the protocol', '/.ws?v=4&ns=test', 400],
  ['a namespace that cannot be one', '/.ws?v=5&ns=../etc', 400],
])('%s is refused plainly', async (_title, path, status) => {
  const server = await startTestDatabase()
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`)
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }]
  expect(response.statusCode).toBe(status)
  socket.on('error', () => undefined)
  socket.terminate()
})

test('long polling is refused in words', async () => {
  const { origin } = await startTestDatabase()
  const response = await fetch(`${origin}/.lp?start=t&ns=test`)
  expect([response.status, await response.json()]).toEqual([
    400,
    { error: expect.stringContaining('forceWebSockets') },
  ])
})

test('the server can tell how many listen to what', async () => {
  const server = await startTestDatabase()
  const [first, second] = [await connectRaw(server), await connectRaw(server)]
  for (const client of [first, second]) {
    await client.request('q', { p: '/calls', h: '' })
    await client.request('q', { p: '/calls', h: '', q: { l: 5, vf: 'r' }, t: 1 })
  }
  await second.request('n', { p: '/calls' })
  expect(server.stats()).toEqual({
    connections: 2,
    listens: {
      test: [
        { path: 'calls', query: 'default', listeners: 1 },
        { path: 'calls', query: expect.any(String), listeners: 2 },
      ],
    },
  })
  second.socket.close()
  first.socket.terminate()
  await expect.poll(() => server.stats()).toEqual({ connections: 0, listens: { test: [] } })
})

test('listening twice to the same keeps one listen, with the latest tag', async () => {
  const client = await connectRaw(await startTestDatabase())
  await client.request('q', { p: '/a', h: '', q: { l: 1, vf: 'l' }, t: 1 })
  await client.request('q', { p: '/a', h: '', q: { vf: 'l', l: 1 }, t: 2 })
  await client.request('p', { p: '/a/b', d: 1 })
  expect(client.pushes).toEqual([['d', { p: 'a/b', d: 1, t: 2 }]])
})
