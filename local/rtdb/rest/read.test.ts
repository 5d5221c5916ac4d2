import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { asOwner, startRestTestServer } from './rest-test-server.ts'
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
  list: ['a', 'b', null, 'd'],
  calls: { c1: { urgency: 3, at: 'x' }, c2: { urgency: 1 }, c3: { urgency: 2 } },
  ranked: { '.value': 7, '.priority': 2 },
  by: Object.fromEntries(
    Object.entries({ a: 1, b: 2, c: 2, d: 3 }).map(([key, rank]) => [
      key,
      { '.value': key, '.priority': rank },
    ]),
  ),
}

describe('GET', () => {
  test.each<[string, unknown]>([
    ['/name.json', 'Lifeline'],
    ['/name/.json', 'Lifeline'],
    ['//calls//c1.json', { urgency: 3, at: 'x' }],
    ['/nothing/here.json', null],
    ['/list.json', ['a', 'b', null, 'd']],
    ['/list/3.json', 'd'],
    ['/ranked.json', 7],
    ['/ranked.json?format=export', { '.value': 7, '.priority': 2 }],
    ['/ranked/.priority.json', 2],
    ['/.json?shallow=true', { name: true, list: true, calls: true, ranked: true, by: true }],
    ['/calls.json?shallow=true&limitToFirst=1', { c1: true }],
    ['/name.json?shallow=true', 'Lifeline'],
    ['/nothing.json?shallow=true', null],
    ['/calls.json?orderBy="$key"&startAt="c2"', { c2: { urgency: 1 }, c3: { urgency: 2 } }],
    ['/calls.json?orderBy=%22%24key%22&limitToLast=1', { c3: { urgency: 2 } }],
    ['/by.json?orderBy="$priority"&startAt=2', { b: 'b', c: 'c', d: 'd' }],
    ['/by.json?orderBy="$priority"&startAt=2,"c"', { c: 'c', d: 'd' }],
    ['/by.json?orderBy="$priority"&startAfter=2', { d: 'd' }],
    ['/by.json?orderBy="$priority"&startAfter=2,"b"', { c: 'c', d: 'd' }],
    ['/by.json?orderBy="$priority"&endAt=2', { a: 'a', b: 'b', c: 'c' }],
    ['/by.json?orderBy="$priority"&endAt=2,"b"', { a: 'a', b: 'b' }],
    ['/by.json?orderBy="$priority"&endBefore=2', { a: 'a' }],
    ['/by.json?orderBy="$priority"&endBefore=2,"c"', { a: 'a', b: 'b' }],
    ['/by.json?orderBy="$priority"&equalTo=2', { b: 'b', c: 'c' }],
    ['/by.json?orderBy="$priority"&equalTo=2,"c"', { c: 'c' }],
    ['/by.json?orderBy="$priority"&startAt=2&limitToFirst=1', { b: 'b' }],
    ['/by.json?orderBy="$priority"&limitToLast=2', { c: 'c', d: 'd' }],
    ['/by.json?orderBy="$priority"&equalTo="2"', null],
    ['/c%61lls/c2.json', { urgency: 1 }],
    ['/name.json?timeout=10s', 'Lifeline'],
  ])('%s', async (path, expected) => {
    expect(await call('GET', path)).toMatchObject({ status: 200, json: expected })
  })

  test('pretty-prints and names a download', async () => {
    const reply = await call('GET', '/calls/c2.json?print=pretty&download=a"b\'.json')
    expect(reply.text).toBe('{\n  "urgency": 1\n}')
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(reply.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''a%22b%27.json")
  })

  test.each<[string, number, string]>([
    ['/name', 404, '.json'],
    ['/%ff.json', 400, 'percent'],
    ['/a%2Fb.json', 400, 'Invalid key'],
    ['/a%23.json', 400, 'Invalid key'],
    ['/a.b.json', 400, 'Invalid key'],
    ['/%00.json', 400, 'Invalid key'],
    [`/${'a/'.repeat(40)}b.json`, 400, 'deeper'],
    [`/${'a'.repeat(800)}.json`, 400, 'longer'],
    ['/name.json?timeout=soon', 400, 'timeout'],
    ['/name.json?timeout=16min', 400, 'timeout'],
    ['/name.json?format=xml', 400, 'format'],
    ['/name.json?writeSizeLimit=huge', 400, 'writeSizeLimit'],
    ['/calls.json?orderBy=urgency', 400, 'orderBy must be a valid JSON encoded path'],
    ['/calls.json?limitToFirst=2', 400, 'orderBy must be defined'],
    [
      '/calls.json?orderBy="urgency"',
      400,
      'Index not defined, add ".indexOn": "urgency", for path "/calls", to the rules',
    ],
    ['/calls.json?orderBy="$value"&limitToFirst=1', 400, '".indexOn": ".value"'],
  ])('%s is refused', async (path, status, reason) => {
    for (const headers of [{}, asOwner]) {
      const reply = await call('GET', path, { headers })
      expect(reply).toMatchObject({ status, json: { error: expect.stringContaining(reason) as unknown } })
    }
  })

  test('HEAD answers the same without a body', async () => {
    const reply = await call('HEAD', '/name.json', { headers: { 'x-firebase-etag': 'true' } })
    expect(reply).toMatchObject({ status: 200, text: '' })
    expect(reply.headers.get('etag')).not.toBeNull()
  })
})
