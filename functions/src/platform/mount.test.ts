import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seen, startFixture } from './testing/mount-fixture.ts'

let fixture: Awaited<ReturnType<typeof startFixture>>
let base = ''
beforeAll(async () => {
  fixture = await startFixture()
  base = `http://127.0.0.1:${fixture.port}`
})
afterAll(() => fixture.close())

const json = (body: string): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json' },
})
const failure = (code: string, message: unknown) => ({
  success: false,
  error: { code, message, timestamp: '2025-10-03T00:00:00.000Z' },
})

test('hands parsed values to the handler and its reply to the caller', async () => {
  const found = await fetch(`${base}/api/things/a%20b?page=2`)
  expect([found.status, await found.json()]).toEqual([200, { id: 'a b', page: 2 }])
  const echo = await fetch(`${base}/api/echo`, json('{"text":"hello","more":1}'))
  expect([echo.status, echo.headers.get('x-extra'), await echo.json()]).toEqual([
    201,
    'yes',
    { text: 'hello' },
  ])
})

test('answers a literal path before one with a parameter, in whatever order they were declared', async () => {
  const response = await fetch(`${base}/api/things/latest`)
  expect([response.headers.get('content-type'), await response.text()]).toEqual([
    'text/plain; charset=utf-8',
    'the latest',
  ])
})

test('reads forms, and no body at all where the body is optional', async () => {
  const form = await fetch(`${base}/api/form`, { method: 'POST', body: new URLSearchParams({ text: 'hi' }) })
  expect(await form.json()).toEqual({ text: 'hi' })
  const empty = await fetch(`${base}/api/form`, { method: 'POST' })
  expect([empty.status, await empty.json()]).toEqual([200, {}])
})

test.each<[string, string, RequestInit, number, string, unknown]>([
  ['an unknown path', '/nowhere', {}, 404, 'not-found', 'There is nothing at this path'],
  ['a wrong method', '/api/echo', { method: 'DELETE' }, 405, 'method-not-allowed', expect.anything()],
  [
    'a path that does not decode',
    '/api/things/%E0%A4%A',
    {},
    400,
    'invalid-input',
    'The path cannot be read',
  ],
  [
    'half a character',
    '/api/echo',
    json(String.raw`{"text":"a\ud83c"}`),
    400,
    'invalid-input',
    'body: holds half a character',
  ],
  [
    'half a character in a name that nobody asked for',
    '/api/echo',
    json(String.raw`{"text":"a","more":[{"\udf0d":1}]}`),
    400,
    'invalid-input',
    'body: holds half a character',
  ],
  [
    'a parameter out of bounds',
    '/api/things/12345',
    {},
    400,
    'invalid-input',
    expect.stringMatching(/^path\.id: /),
  ],
  [
    'a query that is no number',
    '/api/things/1?page=x',
    {},
    400,
    'invalid-input',
    expect.stringMatching(/^query\.page: /),
  ],
  ['broken JSON', '/api/echo', json('{"text":'), 400, 'invalid-input', 'The body is not valid JSON'],
  [
    'a body of another shape',
    '/api/echo',
    json('[]'),
    400,
    'invalid-input',
    expect.stringMatching(/^body: /),
  ],
  [
    'a field too long',
    '/api/echo',
    json('{"text":"longer"}'),
    400,
    'invalid-input',
    expect.stringMatching(/^body\.text: /),
  ],
  [
    'a body that is too large',
    '/api/echo',
    json(`{"text":"${'x'.repeat(200)}"}`),
    413,
    'too-large',
    'The body is too large',
  ],
  [
    'a body of another type',
    '/api/echo',
    { method: 'POST', body: 'hi' },
    400,
    'invalid-input',
    'The body has to be application/json',
  ],
  [
    'no body where one is needed',
    '/api/echo',
    { method: 'POST' },
    400,
    'invalid-input',
    'The body has to be application/json',
  ],
  ['a refusal by the handler', '/api/refused', {}, 409, 'conflict', 'Taken'],
  ['an error that nobody foresaw', '/api/crashes', {}, 500, 'internal', 'Something went wrong on our side'],
  ['a reply that differs from its schema', '/api/wrong-reply', {}, 500, 'internal', expect.anything()],
  ['a handler that sends nothing', '/api/forgets', {}, 500, 'internal', expect.anything()],
])('answers %s in the shape of the family', async (_, path, init, status, code, message) => {
  const response = await fetch(base + path, init)
  expect([response.status, await response.json()]).toEqual([status, failure(code, message)])
  expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/)
})

test('sends the headers of a refusal', async () => {
  expect((await fetch(`${base}/api/refused`)).headers.get('retry-after')).toBe('3')
  expect((await fetch(`${base}/api/echo`)).headers.get('allow')).toBe('POST')
})

test.each<[string, Record<string, string>]>([
  ['no token', {}],
  ['another scheme', { authorization: 'Basic Z29vZA==' }],
  ['two words', { authorization: 'Bearer good good' }],
  ['a token that is not accepted', { authorization: 'Bearer bad' }],
])('answers %s with 401 before the body is read', async (_, headers) => {
  const response = await fetch(`${base}/api/secret`, { ...json('{"broken'), headers })
  expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  expect(await response.json()).toEqual(failure('unauthenticated', expect.any(String)))
  expect(seen.secrets).toBe(0)
})

test('hands the caller to a handler that needs one', async () => {
  const headers = { authorization: 'bearer good', 'content-type': 'application/json' }
  const response = await fetch(`${base}/api/secret`, { method: 'POST', body: '1', headers })
  expect(await response.json()).toEqual({ uid: 'admin_ava' })
})

test.each([
  ['a sane', 'req-12345678', true],
  ['a short', 'x', false],
  ['a strange', 'id with "quotes"', false],
  ['a long', 'x'.repeat(65), false],
])('takes over %s request id or makes its own', async (_, id, kept) => {
  const response = await fetch(`${base}/nowhere`, { headers: { 'x-request-id': id } })
  expect(response.headers.get('x-request-id') === id).toBe(kept)
})

test('tells the handler of a stream that its client has gone', async () => {
  const client = new AbortController()
  const response = await fetch(`${base}/api/stream`, { signal: client.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const signal = await seen.streamSignal.promise
  expect(signal.aborted).toBe(false)
  client.abort()
  await expect.poll(() => signal.aborted).toBe(true)
})

test('breaks the connection when a handler fails in the middle of its reply', async () => {
  const response = await fetch(`${base}/api/breaks-off`)
  await expect(response.text()).rejects.toThrow('terminated')
})

test('logs a failure under its request id without quoting it, and every request once', async () => {
  seen.lines.length = 0
  await fetch(`${base}/api/crashes`, { headers: { 'x-request-id': 'crash-0001' } })
  await expect.poll(() => seen.lines).toHaveLength(2)
  expect(seen.lines.join('')).not.toContain('help me')
  expect(seen.lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    {
      severity: 'ERROR',
      message: 'request failed',
      requestId: 'crash-0001',
      route: '/api/crashes',
      err: { type: 'Error' },
    },
    {
      severity: 'INFO',
      message: 'request',
      requestId: 'crash-0001',
      route: '/api/crashes',
      status: 500,
      complete: true,
    },
  ])
})

test('survives a request that is not HTTP', async () => {
  const socket = connect(fixture.port, '127.0.0.1')
  socket.end('GARBAGE\r\n\r\n')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /)
  expect((await fetch(`${base}/nowhere`)).status).toBe(404)
})
