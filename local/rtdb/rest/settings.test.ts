import { createConnection } from 'node:net'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { anonymous } from '../auth/access.ts'
import { defaultQuery } from '../query/query.ts'
import { asOwner, idToken, startRestTestServer } from './rest-test-server.ts'
import type { RestTestServer } from './rest-test-server.ts'

let server: RestTestServer
let ns = ''
let count = 0

beforeAll(async () => {
  server = await startRestTestServer()
})
afterAll(() => server.close())
beforeEach(() => {
  count += 1
  ns = `settings${count}`
})

const rules =
  '{\n  // nobody but ann\n  "rules": { ".read": "auth.uid == \'ann\'", "$any": { ".indexOn": ["a"] } }\n}'

describe('rules', () => {
  const put = (raw: string, headers: Record<string, string> = asOwner) =>
    server.call(ns, 'PUT', '/.settings/rules.json', { raw, headers })

  test('are open until some are uploaded', async () => {
    const reply = await server.call(ns, 'GET', '/.settings/rules.json', { headers: asOwner })
    expect(reply).toMatchObject({ status: 200, json: { rules: { '.read': true, '.write': true } } })
    expect(await server.call(ns, 'GET', '/x.json')).toMatchObject({ status: 200 })
  })

  test('are in force once uploaded, and come back as they were', async () => {
    expect(await put(rules)).toMatchObject({ status: 200, json: { status: 'ok' } })
    const reply = await fetch(`${server.origin}/.settings/rules.json?ns=${ns}`, { headers: asOwner })
    expect(await reply.text()).toBe(rules)
    expect(await server.call(ns, 'GET', '/x.json')).toMatchObject({ status: 401 })
    expect(await server.call(ns, 'GET', `/x.json?auth=${idToken('ann')}`)).toMatchObject({ status: 200 })
  })

  test('come without comments as strict JSON', async () => {
    await put(rules)
    const reply = await server.call(ns, 'GET', '/.settings/rules.json?format=strict', { headers: asOwner })
    expect(reply.json).toEqual({ rules: { '.read': "auth.uid == 'ann'", $any: { '.indexOn': ['a'] } } })
  })

  test('of one namespace do not concern another', async () => {
    await put(rules)
    expect(await server.call(`${ns}-other`, 'GET', '/x.json')).toMatchObject({ status: 200 })
  })

  test.each([
    ['', 'Line 1: Expected a value'],
    ['{"rules": {\n".read": "who"}}', "Line 2: Unknown variable 'who'. (at /.read)"],
    ['{"rules": {".read": true}', "Line 1: Expected '}'"],
    ['{"rules": {".read": "root.val().matches(/(a/)"}}', 'Line 1:'],
  ])('that are wrong are refused and change nothing: %j', async (source, reason) => {
    await put(rules)
    const reply = await put(source)
    expect(reply).toMatchObject({ status: 400, json: { error: expect.stringContaining(reason) as unknown } })
    expect(server.namespaces.get(ns).rulesSource).toBe(rules)
  })

  test('end the listens that they forbid', async () => {
    let revoked = 0
    const subscriber = { push: () => undefined, revoked: () => (revoked += 1) }
    const request = { path: ['x'], query: defaultQuery, access: anonymous, subscriber }
    server.namespaces.get(ns).subscribe(request)
    await put(rules)
    expect(revoked).toBe(1)
  })

  test.each<[string, Record<string, string>]>([
    ['nobody', {}],
    ['a user', { authorization: `Bearer ${idToken('ann')}` }],
    ['a bad token', { authorization: 'Bearer nonsense' }],
  ])('are not for %s', async (_who, headers) => {
    expect(await put(rules, headers)).toMatchObject({ status: 401 })
    expect(await server.call(ns, 'GET', '/.settings/rules.json', { headers })).toMatchObject({ status: 401 })
    const acting = '/.settings/rules.json?auth_variable_override=null'
    expect(await server.call(ns, 'GET', acting, { headers: asOwner })).toMatchObject({ status: 401 })
  })

  test.each(['POST', 'PATCH', 'DELETE'])('take no %s', async (method) => {
    const reply = await server.call(ns, method, '/.settings/rules.json', { headers: asOwner, raw: rules })
    expect(reply.status).toBe(405)
    expect(reply.headers.get('allow')).toBe('GET, PUT')
  })
})

describe('function triggers', () => {
  const trigger = {
    name: 'projects/p/triggers/t-0',
    path: 'a/{b}',
    event: 'providers/x',
    topic: 'projects/p/topics/t',
  }
  const post = (body: unknown, headers: Record<string, string> = asOwner) =>
    server.call(ns, 'POST', '/.settings/functionTriggers.json', { body, headers })

  test.each<[string, unknown, Record<string, string>, number]>([
    ['a first generation one', trigger, asOwner, 200],
    ['a second generation one', { ...trigger, namespacePattern: '*' }, asOwner, 200],
    ['one without a name', { ...trigger, name: undefined }, asOwner, 400],
    ['something else', [1], asOwner, 400],
    ['one from nobody', trigger, {}, 401],
  ])('%s: %j', async (_title, body, headers, status) => {
    expect(await post(body, headers)).toMatchObject({ status })
  })
})

describe('inspection', () => {
  test('names the databases, and not to everybody', async () => {
    await server.call(ns, 'PUT', '/x.json', { body: 1 })
    const reply = await server.call(ns, 'GET', '/.inspect/databases.json', { headers: asOwner })
    expect(reply.json).toContainEqual({ name: ns })
    expect(await server.call(ns, 'GET', '/.inspect/databases.json')).toMatchObject({ status: 401 })
  })

  test('counts the listens of a namespace by location', async () => {
    const subscriber = { push: () => undefined, revoked: () => undefined }
    const request = { path: ['a', 'b'], query: defaultQuery, access: anonymous, subscriber }
    server.namespaces.get(ns).subscribe(request)
    server.namespaces.get(ns).subscribe(request)
    const reply = await server.call(ns, 'GET', '/.inspect/listens.json', { headers: asOwner })
    expect(reply.json).toEqual([{ path: 'a/b', query: 'default', listeners: 2 }])
  })

  test.each(['/.inspect/secrets.json', '/.settings/other.json'])('%s does not exist', async (path) => {
    expect(await server.call(ns, 'GET', path, { headers: asOwner })).toMatchObject({ status: 404 })
  })
})

describe('half a request', () => {
  const head = (length: number) =>
    `PUT /half.json?ns=${ns} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\n\r\n`

  test('writes nothing and leaves the server well', async () => {
    const socket = createConnection(server.port, '127.0.0.1')
    const closed = new Promise((resolve) => {
      socket.once('close', resolve)
    })
    socket.write(`${head(100)}{"half": `)
    socket.end()
    socket.resume()
    await closed
    expect(await server.call(ns, 'GET', '/half.json')).toMatchObject({ status: 200, json: null })
  })

  test('of a size beyond the limit is refused before its body comes', async () => {
    const socket = createConnection(server.port, '127.0.0.1')
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    const closed = new Promise((resolve) => {
      socket.once('close', resolve)
    })
    socket.write(head(10 ** 12))
    await closed
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
  })
})
