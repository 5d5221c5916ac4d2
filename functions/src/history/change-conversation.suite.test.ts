import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveCall } from '../calls/archive-call.ts'
import { type CallFixture, messageRecord, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { historyRoutes } from './routes.ts'
import { StatusErrorBody } from './schema.ts'

let server: LiveServer
const calls: Record<string, CallFixture> = {}
const tokens: Record<string, string> = {}

async function send(method: string, path: string, who: string, body?: unknown) {
  const response = await fetch(`${server.origin}${path}`, {
    method,
    headers: {
      ...(tokens[who] !== undefined && { authorization: `Bearer ${tokens[who]}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const create = async (who: string, body: object = {}) =>
  (await send('POST', '/conversations', who, { call_type: 'outbound', ...body })).body.id as string
beforeAll(async () => {
  server = await startLiveServer(historyRoutes)
  for (const [uid, role] of [
    ['ava', 'manager'],
    ['ben', 'agent'],
    ['cleo', 'agent'],
    ['ada', 'admin'],
    ['dan', 'agent'],
  ] as const) {
    tokens[uid] = server.token(uid, role)
  }
  tokens.gus = server.token('gus', 'manager', { company: 'c_globex' })
  tokens.worker = server.token('worker_1', 'worker')
  const fixture = await startCall(server, {
    call: { admin_id: 'ben', takeover: 1, started_at: 3_000, status: 'ENDED', ended_at: 9_000 },
    messages: { m1: messageRecord('Help') },
  })
  calls["ben's, ended"] = fixture
  await archiveCall(server.deps, fixture.callId)
})
afterAll(() => server.close())

describe('POST /conversations', () => {
  test('needs only the type, and echoes all that was said', async () => {
    const { status, body } = await send('POST', '/conversations/', 'ben', { call_type: 'inbound' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      call_type: 'inbound',
      agent_id: 'ben',
      company_id: 'c_acme',
      status: 'ACTIVE',
    })
    const said = {
      call_type: 'outbound',
      title: 'मदद 🔥',
      persona: { name: 'Calm', traits: ['precise'] },
      profile: { phone: '+91' },
      participants: [{ name: 'Ravi', role: 'worker' }],
      metadata: { site: 'Tower B', floor: 2, wet: true, lift: null },
      started_at: '2025-10-03T06:28:04.000Z',
      ended_at: '2025-10-03T06:30:04.000Z',
    }
    const made = (await send('POST', '/conversations', 'ben', said)).body
    expect(made).toMatchObject({ ...said, status: 'ENDED', created_by: 'ben' })
    expect((await send('GET', `/conversations/${String(made.id)}`, 'ava')).body).toEqual(made)
  })

  test('a manager makes one for an own agent, and nobody for anybody else', async () => {
    const post = (who: string, agent_id: string) =>
      send('POST', '/conversations', who, { call_type: 'chat', agent_id })
    expect((await post('ava', 'ben')).body).toMatchObject({ agent_id: 'ben', created_by: 'ava' })
    const refused = await Promise.all([
      post('ava', 'dan'),
      post('ava', 'gus'),
      post('ben', 'cleo'),
      post('worker', 'ben'),
    ])
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401])
  })

  test.each([
    ['no type', {}],
    ['an unknown type', { call_type: 'fax' }],
    ['a field that there is not', { call_type: 'chat', company_id: 'c_globex' }],
    ['a title without words', { call_type: 'chat', title: '  ' }],
    ['a path for an agent', { call_type: 'chat', agent_id: '../x' }],
    ['no object', []],
    ['deep metadata', { call_type: 'chat', metadata: { a: { b: 1 } } }],
  ])('400 for %s', async (_what, body) => {
    const answer = await send('POST', '/conversations', 'ben', body)
    expect([answer.status, StatusErrorBody.parse(answer.body).status_code]).toEqual([400, 400])
  })
})

describe('PUT /conversations/{id}', () => {
  test('replaces what was said and keeps whose it is and when it was', async () => {
    const id = await create('ben', { title: 'Old', metadata: { a: 1 } })
    const before = (await send('GET', `/conversations/${id}`, 'ben')).body
    const { body } = await send('PUT', `/conversations/${id}`, 'ava', { call_type: 'inbound', title: 'New' })
    expect(body).toMatchObject({
      title: 'New',
      call_type: 'inbound',
      agent_id: 'ben',
      started_at: before.started_at,
    })
    expect(body).not.toHaveProperty('metadata')
  })

  test('hands it to another own agent, and to nobody else', async () => {
    const id = await create('ben')
    const put = (agent_id: string) =>
      send('PUT', `/conversations/${id}`, 'ava', { call_type: 'outbound', agent_id })
    expect((await put('dan')).status).toBe(424)
    expect((await put('cleo')).body).toMatchObject({ agent_id: 'cleo' })
    expect((await send('GET', `/conversations/${id}`, 'ben')).status).toBe(404)
  })

  test('says more about an emergency call, and leaves the call as it is', async () => {
    const path = `/conversations/${calls["ben's, ended"]?.conversationId}`
    const put = (body: object) => send('PUT', path, 'ben', { call_type: 'emergency', ...body })
    expect((await put({ title: 'The fall' })).body).toMatchObject({
      title: 'The fall',
      total_messages: 1,
      agent_id: 'ben',
    })
    const refused = [{ call_type: 'chat' }, { agent_id: 'cleo' }, { started_at: '2025-10-03T06:28:04Z' }]
    for (const body of refused) expect((await put(body)).status).toBe(424)
    expect((await send('GET', path, 'ben')).body).toMatchObject({ title: 'The fall', call_type: 'emergency' })
  })
})

describe('DELETE /conversations/{id}', () => {
  test('never takes an emergency call away', async () => {
    const path = `/conversations/${calls["ben's, ended"]?.conversationId}`
    expect((await send('DELETE', path, 'ben')).status).toBe(409)
    expect((await send('GET', path, 'ben')).status).toBe(200)
  })

  test('takes messages and insights along', async () => {
    const id = await create('ben')
    const { firestore } = server.device
    await firestore.doc(`conversations/${id}/messages/m1`).set({ message_id: 'm1' })
    await firestore.doc(`live_insights/${id}`).set({ insights: [] })
    await send('DELETE', `/conversations/${id}`, 'ben')
    const left = await Promise.all(
      [`conversations/${id}/messages/m1`, `live_insights/${id}`].map((path) => firestore.doc(path).get()),
    )
    expect(left.map(({ exists }) => exists)).toEqual([false, false])
  })
})
