import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveCall } from '../calls/archive-call.ts'
import { ApiErrorBody } from '../platform/schema.ts'
import { conversationRoutes } from './routes.ts'
import { GetConversationResponse } from './schema.ts'
import { type CallFixture, changeCall, messageIds, messageRecord, startCall } from './testing/calls.ts'
import { type LiveServer, startLiveServer } from './testing/live-server.ts'

let server: LiveServer
const calls: Record<string, CallFixture> = {}
const tokens: Record<string, string> = {}

beforeAll(async () => {
  server = await startLiveServer(conversationRoutes)
  for (const [name, admin_id] of [
    ['unassigned', null],
    ["ben's", 'ben'],
    ["dan's", 'dan'],
  ] as const) {
    calls[name] = await startCall(server, { call: { admin_id }, messages: { m1: messageRecord('Help') } })
  }
  calls["ben's, ended"] = await startCall(server, { call: { admin_id: 'ben', status: 'ENDED' } })
  for (const [uid, role] of [
    ['ava', 'manager'],
    ['ben', 'agent'],
    ['cleo', 'agent'],
    ['ada', 'admin'],
  ] as const) {
    tokens[uid] = server.token(uid, role)
  }
  tokens.gus = server.token('gus', 'manager', { company: 'c_globex' })
  tokens.worker = server.token('worker_1', 'worker')
})
afterAll(() => server.close())

describe('who sees what', () => {
  // Columns: ava (manager of ben and cleo), ben, cleo (agents), ada (administrator), gus (other company), a worker.
  test.each([
    ['unassigned', [200, 200, 200, 200, 403, 403]],
    ["ben's", [200, 200, 403, 403, 403, 403]],
    ["dan's", [403, 403, 403, 403, 403, 403]],
    ["ben's, ended", [200, 200, 403, 403, 403, 403]],
  ])('%s: %j', async (name, expected) => {
    const path = `/api/conversation/${calls[name]?.conversationId}`
    const people = ['ava', 'ben', 'cleo', 'ada', 'gus', 'worker']
    const snapshots = await Promise.all(people.map((uid) => server.get(path, tokens[uid])))
    expect(snapshots.map(({ status }) => status)).toEqual(expected)
    const streams = await Promise.all(people.map((uid) => server.open(`${path}/stream`, tokens[uid] ?? '')))
    expect(streams.map(({ status }) => status)).toEqual(expected)
    const readable = snapshots.map(({ body }) => GetConversationResponse.safeParse(body).success)
    expect(readable).toEqual(expected.map((status) => status === 200))
    const refusals = snapshots.filter(({ status }) => status !== 200)
    expect(JSON.stringify(refusals)).not.toContain('Help')
    for (const stream of streams) stream.close()
  })

  test('the refusal is that of the specification', async () => {
    const { body } = await server.get(`/api/conversation/${calls.unassigned?.conversationId}`, tokens.gus)
    expect(ApiErrorBody.parse(body).error).toMatchObject({
      code: 'forbidden',
      message: "Access denied. You don't have permission to view this conversation.",
    })
  })

  test("the company is that of the worker's own record, whatever the call says", async () => {
    const call = await startCall(server, { company: 'c_globex', call: { company_id: 'c_acme' } })
    const path = `/api/conversation/${call.conversationId}`
    expect((await server.get(path, tokens.ava)).status).toBe(403)
    expect((await server.get(path, tokens.gus)).status).toBe(200)
  })

  test('a call without a company of its own, as older back ends wrote them, is judged by its worker', async () => {
    const call = await startCall(server, { call: { company_id: null } })
    const path = `/api/conversation/${call.conversationId}`
    expect((await server.get(path, tokens.ava)).status).toBe(200)
    const stream = await server.open(`${path}/stream`, tokens.ava ?? '')
    await stream.next('initial')
    await changeCall(server, call, { urgency: 'HIGH' })
    expect((await stream.next('call_changed')).data).toMatchObject({ urgency: 'HIGH' })
    stream.close()
  })

  test('nobody sees the call of a worker whom nobody knows', async () => {
    const call = await startCall(server, { call: { worker_id: 'nobody' } })
    expect((await server.get(`/api/conversation/${call.conversationId}`, tokens.ava)).status).toBe(403)
  })
})

test('an archived call stays with the company that it was archived for, whoever its worker works for now', async () => {
  const call = await startCall(server, { call: { status: 'ENDED' }, messages: { m1: messageRecord('Help') } })
  await archiveCall(server.deps, call.callId)
  const worker = server.device.firestore.doc(`workers/${call.workerId}`)
  await worker.update({ company_id: 'c_globex' })
  // Another instance, which has not heard of the worker before.
  const other = await startLiveServer(conversationRoutes, { config: server.deps.config })
  const path = `/api/conversation/${call.conversationId}`
  const [ava, gus] = await Promise.all([
    other.get(path, other.token('ava', 'manager')),
    other.get(path, other.token('gus', 'manager', { company: 'c_globex' })),
  ])
  await other.close()
  expect([ava.status, gus.status]).toEqual([200, 403])
})

describe('what cannot be found', () => {
  const hostile = [
    'nothing',
    'a.b',
    '%252e%252e',
    'a%2Fb',
    '$x',
    '%5B%5D',
    '__proto__',
    'constructor',
    '%00',
    'x'.repeat(129),
    'conv%0aevent:%20x',
  ]
  test.each(hostile)('%s answers 404 for snapshot and stream', async (id) => {
    for (const path of [`/api/conversation/${id}`, `/api/conversation/${id}/stream`]) {
      const { status, body } = await server.get(path, tokens.ava)
      expect([status, ApiErrorBody.parse(body).error.code]).toEqual([404, 'not-found'])
    }
  })

  test('a conversation whose call is missing, unreadable or of another conversation answers 404', async () => {
    const missing = await startCall(server)
    await server.device.database.ref(`active_calls/${missing.callId}`).remove()
    const unreadable = await startCall(server, { call: { status: 'PERHAPS' } })
    const stolen = await startCall(server, { call: { conversation_id: 'conv_other' } })
    for (const { conversationId } of [missing, unreadable, stolen]) {
      expect((await server.get(`/api/conversation/${conversationId}`, tokens.ava)).status).toBe(404)
      expect((await server.get(`/api/conversation/${conversationId}/stream`, tokens.ava)).status).toBe(404)
    }
  })

  test('without a valid token everything answers 401, known or not', async () => {
    for (const id of [calls.unassigned?.conversationId, 'nothing']) {
      expect((await server.get(`/api/conversation/${id}`)).status).toBe(401)
      expect((await server.get(`/api/conversation/${id}/stream`, 'forged')).status).toBe(401)
    }
  })
})

test('a snapshot is ordered by server time and leaves out what is no message', async () => {
  const now = Date.now()
  const call = await startCall(server, {
    messages: {
      z: messageRecord('first', { received_at: now - 3_000 }),
      a: messageRecord('third', { received_at: now - 1_000 }),
      m: messageRecord('second', { received_at: now - 2_000, sources: null, sender_id: null }),
      old: { role: 'assistant', content: 'device time only', timestamp: '2025-10-03T11:58:04+05:30' },
      broken: { role: 'user' },
      text: 'not a message',
      'with space': messageRecord('bad id'),
    },
  })
  const { body } = await server.get(`/api/conversation/${call.conversationId}`, tokens.ava)
  const { conversation } = GetConversationResponse.parse(body)
  expect(messageIds(conversation)).toEqual(['old', 'z', 'm', 'a'])
  expect(conversation).toMatchObject({ total_messages: 4 })
  expect(conversation.messages[2]).toMatchObject({ sources: '', sender_id: null })
  const warning = server.logs.find(({ conversationId }) => conversationId === call.conversationId)
  expect(warning).toMatchObject({
    count: 3,
    ids: expect.arrayContaining(['broken', 'text', 'with space']),
  })
  expect(JSON.stringify(server.logs)).not.toContain('not a message')
})

test('a stream leaves out what is no message, before and after it began, and goes on', async () => {
  const call = await startCall(server, { messages: { ok: messageRecord('fine'), broken: { role: 'user' } } })
  const stream = await server.open(`/api/conversation/${call.conversationId}/stream`, tokens.ava ?? '')
  expect(messageIds((await stream.next('initial')).data)).toEqual(['ok'])
  const messages = server.device.database.ref(`active_conversations/${call.conversationId}/messages`)
  await messages.child('bad').set({ content: 5 })
  await messages.child('x y').set(messageRecord('bad id'))
  await messages.child('good').set(messageRecord('a\nevent: ended\ndata: {}\n\n\u2028'))
  const news = await stream.next('new_messages')
  expect(news.data).toMatchObject({
    total_messages: 2,
    messages: [{ message_id: 'good', content: 'a\nevent: ended\ndata: {}\n\n\u2028' }],
  })
  stream.close()
})
