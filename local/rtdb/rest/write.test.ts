import { request } from 'node:http'

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { startRestTestServer } from './rest-test-server.ts'
import type { CallOptions, RestTestServer } from './rest-test-server.ts'

let server: RestTestServer
let ns = ''
let count = 0

const call = (method: string, path: string, options?: CallOptions) => server.call(ns, method, path, options)

beforeAll(async () => {
  server = await startRestTestServer({ maxBodyBytes: 2_000 })
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

describe('writing', () => {
  const stored = (path: string) => call('GET', `${path}.json?format=export`).then(({ json }) => json)

  test('PUT replaces and answers what is stored, server values resolved', async () => {
    const body = { at: { '.sv': 'timestamp' }, gone: null, n: { '.value': 1, '.priority': 5 } }
    expect(await call('PUT', '/a/b.json', { body })).toMatchObject({
      status: 200,
      json: { at: 1_000_000, n: 1 },
    })
    expect(await stored('/a')).toEqual({ b: { at: 1_000_000, n: { '.value': 1, '.priority': 5 } } })
  })

  test('PUT takes a leaf, null and a priority', async () => {
    expect(await call('PUT', '/a.json', { raw: '"text"' })).toMatchObject({ status: 200, json: 'text' })
    expect(await call('PUT', '/a/.priority.json', { body: 3 })).toMatchObject({ status: 200, json: 3 })
    expect(await stored('/a')).toEqual({ '.value': 'text', '.priority': 3 })
    expect(await call('PUT', '/a.json', { raw: 'null' })).toMatchObject({ status: 200, json: null })
    expect(await stored('/a')).toBeNull()
  })

  test('PATCH keeps what it does not name and takes deep keys', async () => {
    const body = { 'c1/urgency': 9, c2: null, '/c4/deep/': { x: [1] } }
    expect(await call('PATCH', '/calls.json', { body })).toMatchObject({
      status: 200,
      json: { 'c1/urgency': 9, c2: null, '/c4/deep/': { x: [1] } },
    })
    expect(await stored('/calls')).toEqual({
      c1: { urgency: 9, at: 'x' },
      c3: { urgency: 2 },
      c4: { deep: { x: { 0: 1 } } },
    })
  })

  test('POST adds under ids that sort by time', async () => {
    const names: string[] = []
    for (const text of ['one', 'two', 'three']) {
      const reply = await call('POST', '/log.json', { body: { text } })
      names.push((reply.json as { name: string }).name)
      expect(reply.status).toBe(200)
    }
    expect(names).toEqual(names.toSorted())
    expect(names[0]).toMatch(/^[-0-9A-Z_a-z]{20}$/)
    expect(Object.keys((await stored('/log')) as object)).toEqual(names)
  })

  test('DELETE removes and answers null', async () => {
    expect(await call('DELETE', '/calls/c1.json')).toMatchObject({ status: 200, json: null })
    expect(await stored('/calls/c1')).toBeNull()
  })

  test.each(['PUT', 'PATCH', 'POST', 'DELETE'])('%s says nothing with print=silent', async (method) => {
    const reply = await call(method, '/quiet.json?print=silent', { body: { a: 1 } })
    expect(reply).toMatchObject({ status: 204, text: '' })
  })

  test.each([{ 'x-http-method-override': 'PATCH' }, { 'X-HTTP-Method-Override': 'patch' }])(
    'POST acts as another method when it says so',
    async (headers) => {
      expect(await call('POST', '/calls/c2.json', { body: { at: 'y' }, headers })).toMatchObject({
        status: 200,
      })
      expect(await stored('/calls/c2')).toEqual({ urgency: 1, at: 'y' })
    },
  )

  test('disableTriggers keeps triggers from firing', async () => {
    const triggers = async (path: string) => {
      await call('PUT', path, { body: Math.random() })
      return server.commits.at(-1)?.triggers
    }
    expect(await triggers('/t.json')).toBe(true)
    expect(await triggers('/t.json?disableTriggers=true&writeSizeLimit=unlimited')).toBe(false)
  })

  const unparsable = "Invalid data; couldn't parse JSON object"
  test.each<[string, string, string | Uint8Array<ArrayBuffer>, number, string]>([
    ['PUT', '/x.json', '', 400, 'No data supplied'],
    ['PUT', '/x.json', '{', 400, unparsable],
    ['PUT', '/x.json', 'undefined', 400, unparsable],
    ['PUT', '/x.json', '{"a.b":1}', 400, 'Invalid key'],
    ['PUT', '/x.json', '{"":1}', 400, 'Invalid key'],
    ['PUT', '/x.json', '{"a/b":1}', 400, 'Invalid key'],
    ['PUT', '/x.json', '1e999', 400, 'finite'],
    ['PUT', '/x.json', '{"a":{".sv":"nonsense"}}', 400, 'server value'],
    ['PUT', '/x.json', '['.repeat(900), 400, unparsable],
    ['PUT', '/x.json', '['.repeat(900) + ']'.repeat(900), 400, 'deeper'],
    ['PUT', '/x.json', new Uint8Array([0x22, 0xff, 0x22]), 400, 'UTF-8'],
    ['PUT', '/x.json', JSON.stringify('x'.repeat(3_000)), 413, 'maximum size'],
    ['PATCH', '/x.json', '[1]', 400, unparsable],
    ['PATCH', '/x.json', 'null', 400, unparsable],
    ['PATCH', '/x.json', '1', 400, unparsable],
    ['PATCH', '/x.json', '{"a":1,"a/b":2}', 400, 'at or below'],
    ['PATCH', '/x.json', '{"a#b":2}', 400, 'Invalid key'],
    ['POST', '/x.json', '', 400, 'No data supplied'],
    ['POST', '/name/.priority.json', '1', 400, 'Invalid key'],
    ['PATCH', '/name/.priority.json', '{"a":1}', 400, 'Invalid key'],
  ])('%s %s with %.40s is refused and writes nothing', async (method, path, raw, status, reason) => {
    const before = server.namespaces.get(ns).root
    const reply = await call(method, path, { raw })
    expect(reply).toMatchObject({ status, json: { error: expect.stringContaining(reason) as unknown } })
    expect(server.namespaces.get(ns).root).toBe(before)
  })

  test('a body that turns out too long is refused, though it did not say its length', async () => {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
    const outgoing = request(
      { host: '127.0.0.1', port: server.port, method: 'PUT', path: `/x.json?ns=${ns}` },
      (response) => {
        response.resume()
        resolve(response.statusCode)
      },
    )
    outgoing.on('error', reject)
    outgoing.write(`"${'x'.repeat(1_500)}`)
    outgoing.write('x'.repeat(1_500))
    expect(await promise).toBe(413)
    outgoing.destroy()
    expect(await stored('/x')).toBeNull()
  })

  test('other methods are refused', async () => {
    const reply = await call('PROPFIND', '/x.json')
    expect(reply.status).toBe(405)
    expect(reply.headers.get('allow')).toContain('PATCH')
  })
})
