import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { compileRules } from '../rules/compile.ts'
import { asOwner, idToken, startRestTestServer } from './rest-test-server.ts'
import type { CallOptions, RestTestServer } from './rest-test-server.ts'

let server: RestTestServer
let ns = ''
let count = 0

const call = (method: string, path: string, options?: CallOptions) => server.call(ns, method, path, options)

beforeAll(async () => {
  server = await startRestTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  count += 1
  ns = `db${count}`
  await call('PUT', '/.json', { body: data })
})

const data = {
  name: 'Lifeline',
  calls: { c1: { urgency: 3, at: 'x' }, c2: { urgency: 1 }, c3: { urgency: 2 } },
}

const rules = JSON.stringify({
  rules: {
    open: { '.read': true, '.write': true },
    users: {
      $uid: {
        '.read': 'auth.uid === $uid',
        '.write': 'auth.uid === $uid',
        age: { '.validate': 'newData.isNumber()' },
      },
    },
    drop: { '.write': true },
    calls: { '.read': 'query.orderByChild == "urgency" && query.limitToFirst <= 2', '.indexOn': 'urgency' },
  },
})

function protect(): void {
  server.namespaces.get(ns).setRules(compileRules(rules), rules)
}

describe('conditional requests', () => {
  const etag = async (path: string) => {
    const reply = await call('GET', path, { headers: { 'x-firebase-etag': 'true' } })
    return reply.headers.get('etag') ?? ''
  }

  test('write when the ETag is that of the data', async () => {
    const first = await etag('/name.json')
    const headers = { 'if-match': first, 'x-firebase-etag': 'true' }
    const reply = await call('PUT', '/name.json', { body: 'New', headers })
    expect(reply).toMatchObject({ status: 200, json: 'New' })
    expect(reply.headers.get('etag')).toBe(await etag('/name.json'))
    expect(
      await call('DELETE', '/name.json', { headers: { 'if-match': await etag('/name.json') } }),
    ).toMatchObject({ status: 200 })
  })

  test.each(['PUT', 'DELETE'])('%s of changed data is refused with what is there now', async (method) => {
    const reply = await call(method, '/name.json', { body: 'New', headers: { 'if-match': 'stale' } })
    expect(reply).toMatchObject({ status: 412, json: 'Lifeline' })
    expect(reply.headers.get('etag')).toBe(await etag('/name.json'))
  })

  test('null_etag stands for nothing there', async () => {
    expect(await etag('/nothing.json')).toBe('null_etag')
    const headers = { 'if-match': 'null_etag' }
    expect(await call('PUT', '/nothing.json', { body: 1, headers })).toMatchObject({ status: 200 })
    expect(await call('PUT', '/nothing.json', { body: 2, headers })).toMatchObject({ status: 412, json: 1 })
  })

  test.each(['PATCH', 'POST'])('%s takes no condition', async (method) => {
    const reply = await call(method, '/name.json', { body: { a: 1 }, headers: { 'if-match': 'null_etag' } })
    expect(reply).toMatchObject({ status: 400 })
  })

  test('a guessed ETag tells nothing to who may not read', async () => {
    protect()
    const attempt = (match: string) => call('PUT', '/drop.json', { body: 1, headers: { 'if-match': match } })
    expect(await attempt('guess')).toMatchObject({ status: 401, json: { error: 'Permission denied' } })
    expect((await attempt('guess')).headers.get('etag')).toBeNull()
  })
})

describe('credentials', () => {
  beforeEach(protect)
  const ann = idToken('ann')

  test.each<[string, string, Record<string, string>, number]>([
    ['nobody reads what is open', '/open.json', {}, 200],
    ['nobody is refused elsewhere', '/users/ann.json', {}, 401],
    ['a bearer token is the user', '/users/ann.json', { authorization: `Bearer ${ann}` }, 200],
    ['an auth parameter is the user', `/users/ann.json?auth=${ann}`, {}, 200],
    ['an access_token parameter is the user', `/users/ann.json?access_token=${ann}`, {}, 200],
    ['a user is refused the data of another', `/users/bob.json?auth=${ann}`, {}, 401],
    ['the owner reads everything', '/users/bob.json', asOwner, 200],
    ['the owner by parameter too', '/users/bob.json?access_token=owner', {}, 200],
    ['the owner may act as a user', '/users/ann.json?auth_variable_override={"uid":"ann"}', asOwner, 200],
    ['and then sees as little', '/users/bob.json?auth_variable_override={"uid":"ann"}', asOwner, 401],
    ['the owner may act as nobody', '/users/ann.json?auth_variable_override=null', asOwner, 401],
    ['an override must be JSON', '/open.json?auth_variable_override=ann', asOwner, 400],
    ['an override must be an object', '/open.json?auth_variable_override=[1]', asOwner, 400],
    ['a user may not override', `/open.json?auth=${ann}&auth_variable_override={"uid":"bob"}`, {}, 401],
    ['nobody may override', '/users/bob.json?auth_variable_override={"uid":"bob"}', {}, 401],
    ['a bad token is refused even where anybody may read', '/open.json?auth=nonsense', {}, 401],
    ['a broken token is refused', '/open.json?auth=a.b.c', {}, 401],
    ['an expired signed token is refused', `/open.json?auth=${idToken('ann', { exp: 1 }, 'c2ln')}`, {}, 401],
  ])('%s', async (_title, path, headers, status) => {
    expect(await call('GET', path, { headers })).toMatchObject({ status })
  })

  test('rules judge writes', async () => {
    const write = (path: string, body: unknown, method = 'PUT') =>
      call(method, `${path}?auth=${ann}`, { body })
    expect(await write('/users/ann.json', { age: 40 })).toMatchObject({ status: 200 })
    expect(await write('/users/ann.json', { age: 'forty' })).toMatchObject({
      status: 401,
      json: { error: 'Permission denied' },
    })
    expect(await write('/users/bob.json', { age: 40 })).toMatchObject({ status: 401 })
    expect(await write('/users.json', { 'ann/age': 1, 'bob/age': 1 }, 'PATCH')).toMatchObject({ status: 401 })
    expect(await write('/users/bob.json', {}, 'POST')).toMatchObject({ status: 401 })
    expect(await write('/users/bob.json', null, 'DELETE')).toMatchObject({ status: 401 })
  })

  test('rules judge queries, and indexes serve them', async () => {
    const ask = (query: string) => call('GET', `/calls.json?orderBy="urgency"&${query}`)
    expect(await ask('limitToFirst=2')).toMatchObject({
      status: 200,
      json: { c2: { urgency: 1 }, c3: { urgency: 2 } },
    })
    expect(await ask('limitToFirst=3')).toMatchObject({ status: 401 })
    expect(await call('GET', '/calls.json')).toMatchObject({ status: 401 })
  })
})

describe('isolation', () => {
  test('namespaces do not see each other', async () => {
    const first = ns
    ns = 'another'
    expect(await call('GET', '/name.json')).toMatchObject({ status: 200, json: null })
    await call('PUT', '/name.json', { body: 'Other' })
    ns = first
    expect(await call('GET', '/name.json')).toMatchObject({ json: 'Lifeline' })
  })

  test.each(['../db1', 'a/b', '__proto__', 'a b', ''])('%j is no namespace', async (name) => {
    const reply = await fetch(`${server.origin}/name.json?ns=${encodeURIComponent(name)}`)
    expect(reply.status).toBe(400)
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s is a key like any other',
    async (key) => {
      expect(await call('GET', `/${key}.json`)).toMatchObject({ status: 200, json: null })
      expect(await call('PUT', '/keys.json', { raw: `{"${key}":{"${key}":1}}` })).toMatchObject({
        status: 200,
      })
      expect(await call('PATCH', '/keys.json', { raw: `{"${key}/x":2}` })).toMatchObject({
        status: 200,
        text: `{"${key}/x":2}`,
      })
      expect((await call('GET', '/keys.json')).text).toBe(`{"${key}":{"${key}":1,"x":2}}`)
      expect((await call('GET', '/keys.json?shallow=true')).text).toBe(`{"${key}":true}`)
      expect(Object.getPrototypeOf({})).toBe(Object.prototype)
    },
  )
})

describe('CORS', () => {
  test('lets a page of any origin ask', async () => {
    const headers = {
      origin: 'http://localhost:5173',
      'access-control-request-headers': 'authorization,if-match',
    }
    const preflight = await call('OPTIONS', '/name.json', { headers })
    expect(preflight.status).toBe(200)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,if-match')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
  })

  test.each(['/name.json', '/name', '/.settings/rules.json'])('on %s too', async (path) => {
    const reply = await call('GET', path, { headers: { origin: 'http://a.example' } })
    expect(reply.headers.get('access-control-allow-origin')).toBe('http://a.example')
    expect(reply.headers.get('access-control-expose-headers')).toContain('ETag')
  })
})
