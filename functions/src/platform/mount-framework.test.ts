import express from 'express'
import type { Request } from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startFixture } from './testing/mount-fixture.ts'

/** functions-framework reads and parses every body before the app sees the request, and keeps the bytes. */
const framework = express.json({
  limit: '1gb',
  verify: (request, _response, bytes) => void Object.assign(request as Request, { rawBody: bytes }),
})

let fixture: Awaited<ReturnType<typeof startFixture>>
beforeAll(async () => {
  fixture = await startFixture([framework])
})
afterAll(() => fixture.close())

const post = (path: string, body: string | ReadableStream<Uint8Array>, type?: string) =>
  fetch(`http://127.0.0.1:${fixture.port}${path}`, {
    method: 'POST',
    body,
    ...(type !== undefined && { headers: { 'content-type': type } }),
    duplex: 'half',
  })

test('takes a body that was parsed already', async () => {
  const response = await post('/api/echo', '{"text":"hello"}', 'application/json')
  expect([response.status, await response.json()]).toEqual([201, { text: 'hello' }])
})

test('still holds it to the limit of the route', async () => {
  const response = await post('/api/echo', JSON.stringify({ text: 'x'.repeat(200) }), 'application/json')
  expect([response.status, await response.json()]).toMatchObject([413, { error: { code: 'too-large' } }])
})

test('still holds it to the schema', async () => {
  const response = await post('/api/echo', '{"text":"longer"}', 'application/json')
  expect([response.status, await response.json()]).toMatchObject([400, { error: { code: 'invalid-input' } }])
})

test('takes an empty chunked body, which a proxy makes of none, as none', async () => {
  const empty = new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
  const response = await post('/api/form', empty)
  expect([response.status, await response.json()]).toEqual([200, {}])
})
