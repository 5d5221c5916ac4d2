import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveCall } from '../calls/archive-call.ts'
import { indexConversation } from '../calls/index-conversation.ts'
import { type CallFixture, changeCall, messageRecord, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { historyRoutes } from './routes.ts'
import { type ConversationsListResponse, StatusErrorBody } from './schema.ts'

let server: LiveServer
const calls: Record<string, CallFixture> = {}
const tokens: Record<string, string> = {}

async function index(call: CallFixture): Promise<void> {
  const after: unknown = (await server.device.database.ref(`active_calls/${call.callId}`).get()).val()
  await indexConversation(server.deps, { callId: call.callId, before: null, after, at: 1_000 })
}
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
async function list(who: string, query: Record<string, string> = {}) {
  const search = new URLSearchParams({ call_type: 'emergency', ...query }).toString()
  const { status, body } = await send('GET', `/conversations/user?${search}`, who)
  return { status, body: body as unknown as ConversationsListResponse }
}
const nameOf = (id: string) =>
  Object.keys(calls).find((name) => calls[name]?.conversationId === id) ?? `unknown ${id}`
const names = async (who: string, query: Record<string, string> = {}) =>
  (await list(who, query)).body.conversations.map(({ id }) => nameOf(id))

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
  const held = (admin_id: string | null, started_at: number, rest: object = {}) => ({
    admin_id,
    takeover: 1,
    started_at,
    ...rest,
  })
  for (const [name, company, call] of [
    ['free', 'c_acme', held(null, 1_000)],
    ["ben's", 'c_acme', held('ben', 2_000)],
    ["ben's, ended", 'c_acme', held('ben', 3_000, { status: 'ENDED', ended_at: 9_000, urgency: 'LOW' })],
    ["cleo's", 'c_acme', held('cleo', 4_000)],
    ["dan's", 'c_acme', held('dan', 5_000)],
    ["gus's", 'c_globex', held('gus', 6_000)],
  ] as const) {
    const fixture = await startCall(server, {
      company,
      call: { company_id: company, ...call },
      messages: { m1: messageRecord('Help') },
    })
    calls[name] = fixture
    await index(fixture)
    if (name.endsWith('ended')) await archiveCall(server.deps, fixture.callId)
  }
})
afterAll(() => server.close())

describe('GET /conversations/user', () => {
  test.each([
    ['ava', ["cleo's", "ben's, ended", "ben's"]],
    ['ben', ["ben's, ended", "ben's"]],
    ['cleo', ["cleo's"]],
    ['dan', ["dan's"]],
    ['ada', []],
    ['gus', ["gus's"]],
  ])('%s lists %j', async (who, expected) => {
    expect(await names(who)).toEqual(expected)
  })

  test('pages, and says how many there are', async () => {
    const { body } = await list('ava', { page: '2', size: '2' })
    expect(body.pagination).toEqual({ totalItems: 3, totalPages: 2, page: 2, size: 2 })
    expect(body.conversations.map(({ id }) => nameOf(id))).toEqual(["ben's"])
    expect((await list('ava', { page: '3', size: '2' })).body.conversations).toEqual([])
    const mixed = await list('ava', { page: '2', size: '3', unassigned: 'true' })
    expect(mixed.body.pagination).toEqual({ totalItems: 4, totalPages: 2, page: 2, size: 3 })
    expect(mixed.body.conversations.map(({ id }) => nameOf(id))).toEqual(['free'])
  })

  test.each([
    ['agent', { agent_id: 'ben' }, ["ben's, ended", "ben's"]],
    ['status', { status: 'ENDED' }, ["ben's, ended"]],
    ['urgency', { urgency: 'LOW' }, ["ben's, ended"]],
    ['worker', { worker_id: 'worker_2' }, ["ben's"]],
    ['time', { from: new Date(2_000).toISOString(), to: new Date(3_000).toISOString() }, ["ben's"]],
    [
      'all of them',
      { agent_id: 'ben', status: 'ENDED', urgency: 'LOW', worker_id: 'worker_3' },
      ["ben's, ended"],
    ],
    ['another type', { call_type: 'chat' }, []],
  ])('narrows by %s', async (_what, query: Record<string, string>, expected) => {
    expect(await names('ava', query)).toEqual(expected)
  })

  test('shows the call, its people and how many messages are archived', async () => {
    const { body } = await list('ben', { status: 'ENDED' })
    expect(body.conversations).toMatchObject([
      {
        id: calls["ben's, ended"]?.conversationId,
        call_id: calls["ben's, ended"]?.callId,
        call_type: 'emergency',
        company_id: 'c_acme',
        agent_id: 'ben',
        status: 'ENDED',
        urgency: 'LOW',
        started_at: new Date(3_000).toISOString(),
        ended_at: new Date(9_000).toISOString(),
        total_messages: 1,
        worker_name: 'Worker 3',
      },
    ])
  })

  test.each([
    ['an agent asks for another’s', 'ben', { agent_id: 'cleo' }],
    ['a manager asks for who is not theirs', 'ava', { agent_id: 'dan' }],
    ['a manager asks for another company’s', 'ava', { agent_id: 'gus' }],
    ['a manager asks for nobody', 'ava', { agent_id: 'nobody' }],
    ['a worker asks', 'worker', {}],
    ['nobody asks', 'nobody', {}],
  ])('401 where %s', async (_what, who, query: Record<string, string>) => {
    const { status, body } = await list(who, query)
    expect([status, StatusErrorBody.parse(body).status_code]).toEqual([401, 401])
  })

  test.each([
    ['no type', { call_type: '' }],
    ['page 0', { page: '0' }],
    ['size 0', { size: '0' }],
    ['too large a page', { size: '101' }],
    ['a page too far', { page: '1000', size: '100' }],
    ['a time that is none', { from: 'yesterday' }],
  ])('400 for %s', async (_what, query: Record<string, string>) => {
    expect((await list('ben', query)).status).toBe(400)
  })

  test('a manager of more agents than Firestore takes at once sees them all, in order', async () => {
    const { firestore } = server.device
    const token = 'boss'
    tokens[token] = server.token('boss', 'manager')
    const agents = Array.from({ length: 65 }, (_, at) => `agent_${at}`)
    await Promise.all(
      agents.flatMap((id, at) => [
        firestore.doc(`admins/${id}`).set({ company_id: 'c_acme', role: 'agent', manager_id: 'boss' }),
        firestore
          .doc(`conversations/conv_of_${at}`)
          .set({ call_type: 'inbound', company_id: 'c_acme', agent_id: id, started_at: at + 1 }),
      ]),
    )
    const { body } = await list(token, { call_type: 'inbound', page: '2', size: '20' })
    expect(body.pagination.totalItems).toBe(65)
    expect(body.conversations.map(({ agent_id }) => agent_id)).toEqual(agents.toReversed().slice(20, 40))
  })
})

describe('one conversation', () => {
  // Columns: ava, ben, cleo, ada, gus, a worker, nobody.
  const people = ['ava', 'ben', 'cleo', 'ada', 'gus', 'worker', 'nobody']
  const statuses = (method: string, id: string, body?: object) =>
    Promise.all(people.map(async (who) => (await send(method, `/conversations/${id}`, who, body)).status))

  test.each([
    ['free', [200, 200, 200, 200, 404, 401, 401]],
    ["ben's", [200, 200, 404, 404, 404, 401, 401]],
    ["ben's, ended", [200, 200, 404, 404, 404, 401, 401]],
    ["gus's", [404, 404, 404, 404, 200, 401, 401]],
    ['unknown', [404, 404, 404, 404, 404, 401, 401]],
  ])('GET %s: %j', async (name, expected) => {
    expect(await statuses('GET', calls[name]?.conversationId ?? 'conv_unknown')).toEqual(expected)
  })

  test('PUT is for its agent and their manager; all others learn that it cannot be updated', async () => {
    const id = await create('ben')
    const put = { call_type: 'outbound', title: 'New' }
    expect(await statuses('PUT', id, put)).toEqual([200, 200, 424, 424, 424, 401, 401])
    expect(await statuses('PUT', calls.free?.conversationId ?? '', { call_type: 'emergency' })).toEqual([
      424, 424, 424, 424, 424, 401, 401,
    ])
    expect(await statuses('PUT', 'conv_unknown', put)).toEqual([424, 424, 424, 424, 424, 401, 401])
  })

  test('DELETE is for its agent and their manager', async () => {
    const id = await create('ben')
    expect(
      await Promise.all(
        ['cleo', 'gus', 'worker'].map(
          async (who) => (await send('DELETE', `/conversations/${id}`, who)).status,
        ),
      ),
    ).toEqual([404, 404, 401])
    expect(await send('DELETE', `/conversations/${id}`, 'ava')).toEqual({
      status: 200,
      body: { message: 'success' },
    })
    expect(await statuses('GET', id)).toEqual([404, 404, 404, 404, 404, 401, 401])
    expect((await send('DELETE', `/conversations/${id}`, 'ava')).status).toBe(404)
  })

  test('is shown by its call, before the index has it', async () => {
    const call = await startCall(server, { call: { admin_id: 'ben', takeover: 1, urgency: 'LOW' } })
    const path = `/conversations/${call.conversationId}`
    expect((await send('GET', path, 'ben')).body).toMatchObject({ urgency: 'LOW', agent_id: 'ben' })
    await changeCall(server, call, { admin_id: 'cleo' })
    expect((await send('GET', path, 'ben')).status).toBe(404)
    expect((await send('GET', path, 'cleo')).body).toMatchObject({ agent_id: 'cleo', call_type: 'emergency' })
  })
})
