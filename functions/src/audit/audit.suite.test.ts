import { afterAll, beforeAll, expect, test } from 'vitest'
import { callActRoutes } from '../calls/act-routes.ts'
import { archiveCall } from '../calls/archive-call.ts'
import { directEnd, noteHistory } from '../calls/note-history.ts'
import { conversationRoutes } from '../conversations/routes.ts'
import { replyRoutes } from '../conversations/reply-routes.ts'
import { parseCall } from '../conversations/store.ts'
import { type CallFixture, changeCall, startCall, write } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { digestOfJson } from '../platform/canonical-json.ts'
import { timelineRoutes } from '../timeline/routes.ts'
import { auditRoutes } from './routes.ts'
import type { AuditEntry, AuditRecord } from './schema.ts'

let server: LiveServer
const token: Record<string, string> = {}

beforeAll(async () => {
  server = await startLiveServer((deps, live) => [
    ...conversationRoutes(deps, live),
    ...replyRoutes(live),
    ...callActRoutes(deps, live),
    ...timelineRoutes(deps, live),
    ...auditRoutes(deps, live.directory),
  ])
  token.ava = server.token('ava', 'manager')
  token.ben = server.token('ben', 'agent')
  token.cleo = server.token('cleo', 'agent')
  token.gus = server.token('gus', 'manager', { company: 'c_globex' })
  token.worker = server.token('worker_x', 'worker')
})
afterAll(() => server.close())

async function entries(as: string, query: Record<string, string> = {}): Promise<AuditEntry[]> {
  await server.deps.audit.flush()
  const { status, body } = await server.get(`/api/audit?${new URLSearchParams(query).toString()}`, token[as])
  expect(status).toBe(200)
  return body.entries as AuditEntry[]
}

const told = ({ actor, action, outcome, reason }: AuditEntry) =>
  [actor.uid, action, outcome, reason].filter(Boolean).join(' ')

const of = ({ conversationId }: CallFixture) => ({ conversation_id: conversationId })

async function toldOf(as: string, call: CallFixture): Promise<string[]> {
  return (await entries(as, of(call)))
    .map(told)
    .filter((line) => !line.includes('audit.read'))
    .toSorted()
}

test('every way into a conversation, what was done in it, and what was refused stands in the log once', async () => {
  const call = await startCall(server)
  await write(server, call, 'm1')
  const { conversationId, callId } = call
  await server.get(`/api/conversation/${conversationId}`, token.cleo)
  const stream = await server.open(`/api/conversation/${conversationId}/stream`, token.ava ?? '')
  stream.close()
  await server.get(`/api/conversation/${conversationId}/timeline`, token.ava)
  await server.send('POST', `/api/calls/${callId}/takeover`, token.ben ?? '')
  await server.send('POST', `/api/calls/${callId}/takeover`, token.ben ?? '')
  await server.send('POST', `/api/calls/${callId}/takeover`, token.cleo ?? '')
  await server.get(`/api/conversation/${conversationId}`, token.cleo)
  const words = { content: 'Are you safe?', message_id: 'k1' }
  for (let again = 0; again < 3; again += 1) {
    await server.post(`/api/conversation/${conversationId}/messages`, token.ben ?? '', words)
  }
  await server.post(`/api/conversation/${conversationId}/messages`, token.cleo ?? '', {
    ...words,
    message_id: 'k2',
  })
  await server.post(`/api/conversation/${conversationId}/typing`, token.ben ?? '', { typing: true })
  await server.post(`/api/conversation/${conversationId}/seen`, token.ben ?? '', { message_id: 'm1' })
  await server.send('PATCH', `/api/calls/${callId}`, token.ben ?? '', { urgency: 'LOW', reason: 'A drill.' })
  await server.send('POST', `/api/calls/${callId}/end`, token.ben ?? '', { reason: 'Safe.' })

  expect(await toldOf('ava', call)).toEqual([
    'ava conversation.stream allowed',
    'ava conversation.timeline allowed',
    'ben call.end done',
    'ben call.set-urgency done',
    'ben call.take-over done',
    'ben message.send done',
    'cleo call.take-over denied already-held',
    'cleo conversation.read allowed',
    'cleo conversation.read denied held-by-another',
    'cleo message.send denied held-by-another',
  ])
  const stored = JSON.stringify(await entries('ava', of(call)))
  for (const words of ['Are you safe?', 'text of m1', 'A drill.', 'Safe.'])
    expect(stored).not.toContain(words)

  // Whoever tells it again, be it the archive, adds nothing.
  expect(await archiveCall(server.deps, callId)).toBe('archived')
  expect(await toldOf('ava', call)).toHaveLength(10)
  await server.get(`/api/conversation/${conversationId}`, token.ben)
  expect(await toldOf('ava', call)).toContain('ben conversation.read allowed')
})

test('what a process did not live to note is noted when the call is archived', async () => {
  const call = await startCall(server, {
    call: {
      status: 'ENDED',
      admin_id: 'ben',
      takeover: 1,
      ended_at: 5,
      ended_by: 'ben',
      timeline: {
        e00001: { kind: 'taken-over', by: 'ben', takeover: 1, at: 3 },
        e00002: { kind: 'holder-lost', from: 'ben', takeover: 1, at: 4 },
      },
    },
  })
  await write(server, call, 'm1', { role: 'admin', sender_id: 'ava' })
  expect(await toldOf('ava', call)).toEqual([])
  await archiveCall(server.deps, call.callId)
  expect(await toldOf('ava', call)).toEqual([
    'ava message.send done',
    'ben call.take-over done',
    'system call.lose-holder done',
  ])
  const { body } = await server.get(`/api/conversation/${call.conversationId}/timeline`, token.ava)
  expect((body.timeline as { kind: string }[]).map(({ kind }) => kind)).toEqual([
    'started',
    'taken-over',
    'holder-lost',
    'ended',
  ])
})

test('what a worker ends straight in the database is noted, once, also when the archive tells it', async () => {
  const call = await startCall(server)
  await write(server, call, 'm1')
  const end = { status: 'ENDED', ended_at: Date.now(), ended_by: call.workerId }
  await changeCall(server, call, end)
  const stored: unknown = (await server.device.database.ref(`active_calls/${call.callId}`).get()).val()
  const record = parseCall(stored)
  if (record === undefined) throw new Error('the call cannot be read')
  const events = directEnd(record, stored)
  await noteHistory(server.deps, { callId: call.callId, call: record, events })
  const expected = [`${call.workerId} call.end done`]
  expect(await toldOf('ava', call)).toEqual(expected)
  expect(await archiveCall(server.deps, call.callId)).toBe('archived')
  expect(await toldOf('ava', call)).toEqual(expected)
})

test('a stranger’s attempt stands in their own company’s log, as one on an unknown id does', async () => {
  const call = await startCall(server)
  await server.get(`/api/conversation/${call.conversationId}`, token.gus)
  await server.get('/api/conversation/conv_nowhere', token.gus)
  await server.send('POST', `/api/calls/${call.callId}/takeover`, token.gus ?? '')
  await server.get(`/api/conversation/${call.conversationId}`, token.worker)
  expect(await toldOf('ava', call)).toEqual(['worker_x conversation.read denied not-an-admin'])
  const own = await entries('gus')
  const shape = own
    .filter(({ action }) => action !== 'audit.read')
    .map(
      ({
        id: _i,
        at: _a,
        request_id: _r,
        sequence: _s,
        previous: _p,
        digest: _d,
        conversation_id,
        ...rest
      }) => ({
        ...rest,
        conversation_id,
      }),
    )
  const attempt = {
    actor: { uid: 'gus', role: 'manager', name: 'gus' },
    outcome: 'denied',
    reason: 'not-found',
    company_id: 'c_globex',
    details: {},
    writer: expect.any(String),
  }
  expect(shape).toEqual([
    { ...attempt, action: 'call.take-over', call_id: call.callId, conversation_id: null },
    { ...attempt, action: 'conversation.read', call_id: null, conversation_id: 'conv_nowhere' },
    { ...attempt, action: 'conversation.read', call_id: null, conversation_id: call.conversationId },
  ])
})

test('managers alone may read it, by pages and filters', async () => {
  const call = await startCall(server)
  for (let each = 0; each < 5; each += 1)
    await server.get(`/api/conversation/${call.conversationId}`, token.ben)
  await server.get(`/api/conversation/${call.conversationId}`, token.cleo)
  await server.deps.audit.flush()
  for (const [as, status] of [
    ['ben', 403],
    ['worker', 403],
    ['ava', 200],
    ['gus', 200],
  ] as const) {
    expect((await server.get('/api/audit', token[as])).status).toBe(status)
  }
  expect((await server.get('/api/audit')).status).toBe(401)
  expect(await entries('gus', of(call))).toEqual([])

  const query = { ...of(call), action: 'conversation.read', limit: '2' }
  const pages: string[][] = []
  let cursor: string | null = null
  do {
    const search = new URLSearchParams({ ...query, ...(cursor !== null && { cursor }) })
    const { body } = await server.get(`/api/audit?${search.toString()}`, token.ava)
    pages.push((body.entries as AuditEntry[]).map(({ actor }) => actor.uid))
    cursor = body.next_cursor as string | null
  } while (cursor !== null)
  expect(pages).toEqual([
    ['cleo', 'ben'],
    ['ben', 'ben'],
    ['ben', 'ben'],
  ])
  expect(await entries('ava', { ...query, limit: '50', actor: 'cleo' })).toHaveLength(1)
  expect(await entries('ava', { ...query, to: '2020-01-01T00:00:00Z' })).toEqual([])

  for (const bad of ['limit=0', 'action=peek', 'cursor=nonsense', 'from=yesterday', 'actor=a/b']) {
    const { status, body } = await server.get(`/api/audit?${bad}`, token.ava)
    expect([bad, status, body.success]).toEqual([bad, 400, false])
  }
})

test('the entries of a process form a chain, and nothing offers to change one', async () => {
  await server.deps.audit.flush()
  const { docs } = await server.device.firestore.collection('audit_log').get()
  const chain = docs.map((each) => each.data() as AuditRecord).toSorted((a, b) => a.sequence - b.sequence)
  expect(new Set(chain.map(({ writer }) => writer)).size).toBe(1)
  let previous: string | null = null
  for (const [index, { digest, ...entry }] of chain.entries()) {
    expect([entry.sequence, entry.previous]).toEqual([index + 1, previous])
    expect(digestOfJson(entry)).toBe(digest)
    previous = digest
  }
  const id = chain[0]?.id ?? ''
  for (const method of ['PUT', 'PATCH', 'DELETE', 'POST']) {
    for (const path of ['/api/audit', `/api/audit/${id}`]) {
      const headers = { authorization: `Bearer ${token.ava}` }
      const { status } = await fetch(`${server.origin}${path}`, { method, headers })
      expect([404, 405]).toContain(status)
    }
  }
})
