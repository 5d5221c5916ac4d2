import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CallFixture, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { ApiErrorBody } from '../platform/schema.ts'
import { callActRoutes } from './act-routes.ts'

let server: LiveServer
let token: string
beforeAll(async () => {
  server = await startLiveServer(callActRoutes)
  token = server.token('ben', 'agent')
})
afterAll(() => server.close())

const startBens = () => startCall(server, { call: { admin_id: 'ben', takeover: 1 } })
const stored = async ({ callId }: CallFixture): Promise<unknown> =>
  (await server.device.database.ref(`active_calls/${callId}`).get()).val()

describe('bad input is refused and changes nothing', () => {
  const change = { urgency: 'LOW', reason: 'He is safe' }
  test.each<['POST' | 'PATCH', string, unknown]>([
    ['PATCH', '', { ...change, urgency: 'PERHAPS' }],
    ['PATCH', '', { urgency: 'LOW' }],
    ['PATCH', '', { ...change, reason: '  ' }],
    ['PATCH', '', { ...change, reason: 'x'.repeat(501) }],
    ['PATCH', '', { ...change, lease: -1 }],
    ['PATCH', '', { ...change, lease: '1' }],
    ['PATCH', '', undefined],
    ['POST', '/release', { lease: 1.5 }],
    ['POST', '/release', []],
    ['POST', '/end', { reason: 7 }],
    ['POST', '/end', 'now'],
    ['POST', '/transfer', { to: '../admins' }],
    ['POST', '/transfer', { to: null }],
    ['POST', '/transfer', undefined],
  ])('%s %s %j', async (method, path, body) => {
    const call = await startBens()
    const before = await stored(call)
    const reply = await server.send(method, `/api/calls/${call.callId}${path}`, token, body)
    expect([reply.status, ApiErrorBody.parse(reply.body).error.code]).toEqual([400, 'invalid-input'])
    expect(await stored(call)).toEqual(before)
  })

  test('a body that is no JSON', async () => {
    const call = await startBens()
    const response = await fetch(`${server.origin}/api/calls/${call.callId}/end`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{',
    })
    expect(response.status).toBe(400)
    expect(await stored(call)).toMatchObject({ status: 'ACTIVE' })
  })
})
