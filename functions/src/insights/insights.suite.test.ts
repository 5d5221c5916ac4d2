import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { archiveCall } from '../calls/archive-call.ts'
import { StatusErrorBody } from '../history/schema.ts'
import { type CallFixture, messageRecord, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { insightRoutes } from './routes.ts'
import { LiveInsightsResponse, MAX_INSIGHTS } from './schema.ts'

let server: LiveServer
const tokens: Record<string, string> = {}
const calls: Record<string, CallFixture> = {}

async function send(
  method: string,
  id: string,
  who: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${server.origin}/live-insights/${id}`, {
    method,
    headers: {
      ...(tokens[who] !== undefined && { authorization: `Bearer ${tokens[who]}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}
const fresh = (rest: object = {}) =>
  startCall(server, {
    call: { company_id: 'c_acme', admin_id: 'ben', takeover: 1, ...rest },
    messages: { m1: messageRecord('Help'), m2: messageRecord('Fast') },
  })

beforeAll(async () => {
  server = await startLiveServer(insightRoutes)
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
  calls["ben's"] = await fresh()
  calls.free = await fresh({ admin_id: null })
  calls["ben's, ended"] = await fresh({ status: 'ENDED', ended_at: 5_000 })
  await archiveCall(server.deps, calls["ben's, ended"].callId)
})
afterAll(() => server.close())

describe('who may', () => {
  const people = ['ava', 'ben', 'cleo', 'ada', 'gus', 'worker', 'nobody']
  const statuses = async (method: string, id: string, body?: object) => {
    const found: number[] = []
    for (const who of people) found.push((await send(method, id, who, body)).status)
    return found
  }
  // Columns: ava (manager of ben), ben, cleo, ada (administrator), gus (other company), a worker, nobody.
  test.each([
    ["ben's", [200, 200, 404, 404, 404, 401, 401], [200, 200, 404, 404, 404, 401, 401]],
    ["ben's, ended", [200, 200, 404, 404, 404, 401, 401], [200, 200, 404, 404, 404, 401, 401]],
    ['free', [403, 403, 403, 403, 404, 401, 401], [404, 404, 404, 404, 404, 401, 401]],
    ['unknown', [404, 404, 404, 404, 404, 401, 401], [404, 404, 404, 404, 404, 401, 401]],
  ])('%s: change %j, read %j', async (name, changes, reads) => {
    const id = calls[name]?.conversationId ?? 'conv_unknown'
    const insight = { insight: 'Trapped' }
    expect(await statuses('POST', id, insight)).toEqual(changes)
    expect(await statuses('PUT', id, insight)).toEqual(changes)
    expect(await statuses('GET', id)).toEqual(reads)
    const others = people.toReversed().slice(0, 5)
    for (const who of others) expect((await send('DELETE', id, who)).status).not.toBe(200)
    expect((await send('DELETE', id, 'ben')).status).toBe(changes[1])
  })
})

test('POST creates, PUT appends and answers true, GET shows all in order, DELETE takes all away', async () => {
  const { conversationId: id } = await fresh()
  const first = { insight: 'He hangs by a rope', type: 'risk', confidence: 0.9, evidence: ['m1', 'm2'] }
  const created = LiveInsightsResponse.parse((await send('POST', id, 'ben', first)).body)
  expect(created).toMatchObject({ conversation_id: id, insights: [first] })
  expect(await send('PUT', id, 'ben', { insight: 'The rope tears' })).toEqual({ status: 200, body: true })
  await send('POST', id, 'ava', { insight: 'He is calm' })
  const { insights } = LiveInsightsResponse.parse((await send('GET', id, 'ben')).body)
  expect(insights.map(({ insight }) => insight)).toEqual([
    'He hangs by a rope',
    'The rope tears',
    'He is calm',
  ])
  expect(await send('DELETE', id, 'ben')).toEqual({ status: 200, body: { message: 'success' } })
  expect((await send('GET', id, 'ben')).status).toBe(404)
  expect((await send('PUT', id, 'ben', { insight: 'late' })).status).toBe(404)
  expect((await send('DELETE', id, 'ben')).status).toBe(404)
})

test('evidence may be archived already', async () => {
  const id = calls["ben's, ended"]?.conversationId ?? ''
  expect((await send('POST', id, 'ben', { insight: 'x', evidence: ['m2'] })).status).toBe(200)
})

test('appends at the same moment are all kept, up to what a conversation may have', async () => {
  const { conversationId: id } = await fresh()
  await send('POST', id, 'ben', { insight: '0' })
  await Promise.all(Array.from({ length: 5 }, (_, at) => send('PUT', id, 'ben', { insight: `${at + 1}` })))
  const document = server.device.firestore.doc(`live_insights/${id}`)
  const stored = (await document.get()).data()?.insights as { insight: string }[]
  expect(stored.map(({ insight }) => insight).toSorted((a, b) => a.localeCompare(b))).toEqual([
    '0',
    '1',
    '2',
    '3',
    '4',
    '5',
  ])
  await document.update({ insights: Array.from({ length: MAX_INSIGHTS }, () => ({ insight: 'x' })) })
  expect((await send('PUT', id, 'ben', { insight: 'one too many' })).status).toBe(409)
})

test.each([
  ['no insight', {}],
  ['an insight without words', { insight: ' ' }],
  ['too long an insight', { insight: 'x'.repeat(1_001) }],
  ['a confidence above 1', { insight: 'x', confidence: 1.1 }],
  ['a field that there is not', { insight: 'x', model: 'y' }],
  ['made-up evidence', { insight: 'x', evidence: ['m1', 'm99'] }],
  ['a path as evidence', { insight: 'x', evidence: ['../m1'] }],
  ['a list', [{ insight: 'x' }]],
])('400 for %s, and nothing is changed', async (_what, body) => {
  const { conversationId: id } = await fresh()
  for (const method of ['POST', 'PUT']) {
    const answer = await send(method, id, 'ben', body)
    expect([answer.status, StatusErrorBody.parse(answer.body).status_code]).toEqual([400, 400])
  }
  expect((await send('GET', id, 'ben')).status).toBe(404)
})

test('where the server fails PUT answers false, and the others say so', async () => {
  const { conversationId: id } = await fresh()
  const broken = vi.spyOn(server.deps.firestore, 'runTransaction').mockRejectedValue(new Error('away'))
  try {
    expect(await send('PUT', id, 'ben', { insight: 'x' })).toEqual({ status: 503, body: false })
    expect(await send('POST', id, 'ben', { insight: 'x' })).toMatchObject({
      status: 503,
      body: { status_code: 503 },
    })
  } finally {
    broken.mockRestore()
  }
})
