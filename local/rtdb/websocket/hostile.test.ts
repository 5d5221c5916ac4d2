import { connect } from 'node:net'
import { once } from 'node:events'

import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { startTestDatabase } from '../testing/database.ts'
import { connectRaw } from '../testing/raw-client.ts'

const request = (action: string, body: string) => `{"t":"d","d":{"r":1,"a":"${action}","b":${body}}}`

test.each([
  ['no JSON', 'garbage'],
  ['half a message', '{"t":"d","d":{"r":1,'],
  ['JSON that is no message', '[1,2,3]'],
  ['null', 'null'],
  ['a message of an unknown kind', '{"t":"x","d":{}}'],
  ['a request without a number', '{"t":"d","d":{"a":"q","b":{}}}'],
  ['a request with a number that is none', '{"t":"d","d":{"r":"1","a":"q","b":{}}}'],
  ['a claim of many frames', '999999'],
  ['JSON far deeper than the stack', '['.repeat(500_000)],
  ['a binary frame', Buffer.from([1, 2, 3])],
  ['a frame beyond all frames', 'x'.repeat(2 * 1024 * 1024)],
])('%s closes that connection, and no other', async (_title, frame) => {
  const server = await startTestDatabase()
  const [hostile, other] = [await connectRaw(server), await connectRaw(server)]
  hostile.sendFrame(frame)
  await hostile.closed()
  expect((await other.request('p', { p: '/n', d: 1 })).s).toBe('ok')
  await expect.poll(() => server.stats().connections).toBe(1)
})

test.each([
  ['data deeper than the stack', request('p', `{"p":"/n","d":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`)],
  ['a list deeper than the stack', request('p', `{"p":"/n","d":${'['.repeat(5000)}${']'.repeat(5000)}}`)],
  ['a path of a thousand keys', request('p', `{"p":"${'/a'.repeat(1000)}","d":1}`)],
  ['a path longer than any', request('q', `{"p":"/${'a'.repeat(10_000)}","h":""}`)],
  ['a merge onto prototypes', request('m', '{"p":"/","d":{"__proto__/polluted":1,"a.b":1}}')],
  ['a server value that increments by infinity', request('p', '{"p":"/n","d":{".sv":{"increment":1e999}}}')],
  ['a number beyond all numbers', request('p', '{"p":"/n","d":1e999}')],
  ['a query with a bound that is a map', request('q', '{"p":"/n","h":"","q":{"sp":{"a":1}},"t":1}')],
  ['a query for half a child', request('q', '{"p":"/n","h":"","q":{"l":0.5},"t":1}')],
  ['a merge at a prototype of the request', request('__proto__', '{}')],
  ['a priority below a priority', request('p', '{"p":"/n/.priority/.priority","d":1}')],
  ['a path through the priority', request('g', '{"p":"/.priority/x","q":{}}')],
])('%s is refused, and the connection goes on', async (_title, frame) => {
  const client = await connectRaw(await startTestDatabase())
  for (const part of frame.length > 16_384 ? ['2', frame.slice(0, 16_384), frame.slice(16_384)] : [frame]) {
    client.sendFrame(part)
  }
  expect((await client.reply(1)).s).toMatch(/^(invalid_data|invalid_request|unknown_action)$/)
  client.sendFrame(request('g', '{"p":"/","q":{}}').replace('"r":1', '"r":2'))
  expect(await client.reply(2)).toEqual({ s: 'ok', d: null })
})

test('names of prototype members are keys: written, read, listened to and deleted, and nothing else changes', async () => {
  const server = await startTestDatabase()
  const client = await connectRaw(server)
  for (const key of ['__proto__', 'constructor', 'hasOwnProperty']) {
    expect((await client.request('g', { p: `/${key}/toString`, q: {} })).d).toBeNull()
    await client.request('q', { p: `/${key}`, h: '', q: { i: key, l: 2, vf: 'l' }, t: 1 })
    client.sendFrame(
      `{"t":"d","d":{"r":50,"a":"m","b":{"p":"/","d":{"${key}":{"${key}":{"polluted":true}}}}}}`,
    )
    expect((await client.reply(50)).s).toBe('ok')
    const read = await client.request('g', { p: '/', q: {} })
    expect(JSON.stringify(read.d)).toBe(`{"${key}":{"${key}":{"polluted":true}}}`)
    expect(JSON.stringify(client.pushes.at(-1))).toContain(`"${key}":{"polluted":true}`)
    await client.request('p', { p: '/', d: null })
    await client.request('n', { p: `/${key}`, q: { i: key, l: 2, vf: 'l' } })
    client.messages.splice(0)
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  const names = await connectRaw(server, { namespace: 'constructor' })
  expect((await names.request('g', { p: '/', q: {} })).d).toBeNull()
})

test('one namespace never shows what is in another', async () => {
  const server = await startTestDatabase()
  const [one, two] = [
    await connectRaw(server, { namespace: 'one' }),
    await connectRaw(server, { namespace: 'two' }),
  ]
  await two.request('q', { p: '/', h: '' })
  await one.request('p', { p: '/secret', d: 1 })
  await one.request('o', { p: '/later', d: 1 })
  one.socket.terminate()
  await expect.poll(() => server.stats().connections).toBe(1)
  for (const path of ['/', '/../one', '/one', '/secret', '/later']) {
    const { s, d } = await two.request('g', { p: path, q: {} })
    expect([s, d]).not.toContainEqual(1)
    expect(['ok', 'invalid_data']).toContain(s)
  }
  expect(two.pushes).toEqual([])
})

test('nothing that anybody sends ends the server', async () => {
  const server = await startTestDatabase()
  const json = fc.jsonValue().map((value) => JSON.stringify(value))
  const action = fc.constantFrom('q', 'n', 'g', 'p', 'm', 'o', 'om', 'oc', 'auth', 'gauth', 'unauth', 's')
  const path = fc.oneof(fc.constantFrom('/', '/a', 'a/b', '.priority', '/a/.priority'), fc.string())
  const body = fc.record(
    { p: path, d: fc.jsonValue(), q: fc.jsonValue(), h: fc.string(), t: fc.integer(), cred: fc.string() },
    { requiredKeys: [] },
  )
  const wellFormed = fc.tuple(action, body).map(([a, b]) => JSON.stringify({ t: 'd', d: { r: 1, a, b } }))
  const frame = fc.oneof(
    { weight: 5, arbitrary: wellFormed },
    json,
    fc.string(),
    fc.constantFrom('0', '3', '12'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { maxLength: 20 }), async (frames) => {
      const client = await connectRaw(server, { namespace: 'fuzzed' })
      for (const each of frames) client.sendFrame(each)
      client.socket.close()
      await client.closed()
    }),
    { numRuns: 200 },
  )
  const client = await connectRaw(server)
  expect(await client.request('g', { p: '/', q: {} })).toEqual({ s: 'ok', d: null })
})

test('bytes that are no WebSocket, and handshakes that break off, leave nothing behind', async () => {
  const server = await startTestDatabase()
  const upgrade = 'GET /.ws?v=5&ns=test HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
  const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
  const masked = Buffer.from([0x81, 0xfe, 0xff, 0xff, 1, 2, 3, 4])
  const noUrl = upgrade.replace('/.ws?v=5&ns=test', '//')
  const tries = [
    '\0\0\0',
    'GET ',
    noUrl + key,
    `${upgrade}\r\n`,
    `${upgrade}${key}`,
    Buffer.concat([Buffer.from(upgrade + key), masked]),
  ]
  for (const bytes of tries) {
    const socket = connect(server.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.on('error', () => undefined)
    socket.write(bytes)
    await new Promise(setImmediate)
    socket.destroy()
  }
  await expect.poll(() => server.stats().connections).toBe(0)
  expect((await (await connectRaw(server)).request('s', { c: {} })).s).toBe('ok')
})
