import { request } from 'node:http'

import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { asOwner, startRestTestServer } from './rest-test-server.ts'
import type { RestTestServer } from './rest-test-server.ts'

let server: RestTestServer

beforeAll(async () => {
  server = await startRestTestServer({ maxBodyBytes: 10_000 })
})
afterAll(() => server.close())

interface RawRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: Uint8Array
}

/** The status, sent without any of the repairs that fetch makes to a URL. */
function send({ method, path, headers, body }: RawRequest): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const outgoing = request(
    { host: '127.0.0.1', port: server.port, method, path, headers, agent: false },
    (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    },
  )
  outgoing.on('error', reject)
  outgoing.end(body)
  return promise
}

const piece = fc.constantFrom(
  '/',
  'a',
  'calls',
  '..',
  '.',
  '%2e',
  '%2F',
  '%00',
  '%ff',
  '%',
  '__proto__',
  'constructor',
  '$',
  '.json',
  '.settings',
  '.inspect',
  'rules',
  '.priority',
  '#',
  '[',
)
const parameter = fc.tuple(
  fc.constantFrom(
    'orderBy',
    'startAt',
    'endAt',
    'equalTo',
    'limitToFirst',
    'limitToLast',
    'print',
    'shallow',
    'format',
    'timeout',
    'auth',
    'auth_variable_override',
    'download',
    'writeSizeLimit',
  ),
  fc.oneof(
    fc.constantFrom(
      '"a"',
      '"$key"',
      '"$value"',
      '1',
      'true',
      'null',
      '1,"k"',
      '{}',
      '[',
      'pretty',
      'silent',
      'export',
      'owner',
      'tiny',
      '10s',
      '%ff',
      '',
    ),
    fc.string({ maxLength: 8 }).map(encodeURIComponent),
  ),
)
const raw = fc.record<RawRequest>({
  method: fc.constantFrom('GET', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE'),
  path: fc
    .tuple(fc.array(piece, { maxLength: 6 }), fc.array(parameter, { maxLength: 4 }))
    .map(
      ([pieces, parameters]) =>
        `/${pieces.join('')}.json?ns=mine&${parameters.map((pair) => pair.join('=')).join('&')}`,
    ),
  headers: fc.constantFrom<Record<string, string>>(
    {},
    asOwner,
    { authorization: 'Bearer x' },
    { 'if-match': 'null_etag' },
    { 'x-http-method-override': 'PATCH' },
  ),
  body: fc.oneof(
    fc.json().map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 40 }),
    fc
      .constantFrom(
        '{"__proto__":{"a":1}}',
        '{"a/b":1,"a":2}',
        '{".sv":"timestamp"}',
        '{".value":{}}',
        '{"../x":1}',
      )
      .map((text) => Buffer.from(text)),
  ),
})

test('no request is an error of the server, or reaches another database', async () => {
  await server.call('other', 'PUT', '/secret.json', { body: 'safe' })
  await fc.assert(
    fc.asyncProperty(raw, async (each) => {
      const status = await send(each)
      expect([200, 204, 400, 401, 404, 405, 412, 413]).toContain(status)
    }),
    { numRuns: 1_500 },
  )
  expect(await server.call('other', 'GET', '/.json')).toMatchObject({ json: { secret: 'safe' } })
  expect(server.commits.length).toBeGreaterThan(1)
  expect(server.commits.slice(1).every(({ namespace }) => namespace === 'mine')).toBe(true)
})
