import { afterAll, beforeAll, expect, test } from 'vitest'
import { archiveCall } from '../calls/archive-call.ts'
import {
  type CallFixture,
  changeCall,
  messageRecord,
  startCall,
  write,
} from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { digestOfJson } from '../platform/canonical-json.ts'
import { exportRoutes } from './routes.ts'
import { ConversationExport } from './schema.ts'
import { pagesOf } from './testing/pdf-text.ts'

let server: LiveServer
const token: Record<string, string> = {}

beforeAll(async () => {
  server = await startLiveServer(exportRoutes)
  token.ava = server.token('ava', 'manager')
  token.ben = server.token('ben', 'agent')
  token.cleo = server.token('cleo', 'agent')
  token.gus = server.token('gus', 'manager', { company: 'c_globex' })
  token.worker = server.token('worker_x', 'worker')
})
afterAll(() => server.close())

const pathOf = ({ conversationId }: CallFixture) => `/api/conversation/${conversationId}/export`

async function exported(call: CallFixture): Promise<ConversationExport> {
  const { status, body, headers } = await server.get(pathOf(call), token.ava)
  expect([status, headers.get('content-disposition')]).toEqual([
    200,
    `attachment; filename=${call.conversationId}.json`,
  ])
  return ConversationExport.parse(body)
}

const people = ['ava', 'ben', 'cleo', 'gus', 'worker']
test.each<[string, object, number[]]>([
  ['that nobody holds', {}, [200, 200, 200, 404, 403]],
  ['that Ben holds', { admin_id: 'ben', takeover: 1 }, [200, 200, 403, 404, 403]],
])('who may read a conversation %s may export it, active and archived', async (_state, change, statuses) => {
  const call = await startCall(server, { messages: { m1: messageRecord('Help') } })
  await changeCall(server, call, change)
  const ask = () =>
    Promise.all(people.map(async (who) => (await server.get(pathOf(call), token[who])).status))
  expect(await ask()).toEqual(statuses)
  await changeCall(server, call, { status: 'ENDED', ended_at: 5 })
  await archiveCall(server.deps, call.callId)
  expect(await ask()).toEqual(statuses)
})

test('a bad format, no token and unknown ids are refused', async () => {
  const call = await startCall(server)
  expect((await server.get(`${pathOf(call)}?format=docx`, token.ava)).status).toBe(400)
  expect((await server.get(pathOf(call))).status).toBe(401)
  for (const id of ['conv_nowhere', '%2e%2e%2fx', '~'])
    expect((await server.get(`/api/conversation/${id}/export`, token.ava)).status).toBe(404)
})

test('the record of a conversation is the same before and after it is archived, and its digest proves it', async () => {
  const call = await startCall(server, {
    call: {
      admin_id: 'ben',
      takeover: 1,
      status: 'ENDED',
      ended_at: 9,
      ended_by: 'ben',
      timeline: { e00001: { kind: 'taken-over', by: 'ben', takeover: 1, at: 7 } },
    },
  })
  await write(server, call, 'm1', { content: 'I am stuck', sender_id: call.workerId })
  await write(server, call, 'm2', { role: 'admin', sender_id: 'ben', content: 'مرحبا' })
  await server.device.database
    .ref(`active_conversations/${call.conversationId}/seen/ben`)
    .set({ message_id: 'm1', received_at: 1, seen_at: 8 })
  const before = await exported(call)
  const { digest, ...rest } = before
  expect(digestOfJson(rest)).toBe(digest.whole)
  expect(before.messages.map(({ message_id, sender_id }) => [message_id, sender_id])).toEqual([
    ['m1', call.workerId],
    ['m2', 'ben'],
  ])
  expect(before.timeline.map(({ kind }) => kind)).toEqual(
    ['started', 'taken-over', 'ended'].toSorted(() => 0),
  )
  expect(before.deliveries).toEqual([
    { uid: 'ben', side: 'admin', message_id: 'm1', seen_at: '1970-01-01T00:00:00.008Z' },
  ])
  expect(before.exported.by).toBe('ava')

  await archiveCall(server.deps, call.callId)
  const after = await exported(call)
  expect({ ...after.conversation, archived_at: null }).toEqual(before.conversation)
  for (const part of ['messages', 'timeline', 'deliveries', 'people', 'attachments'] as const)
    expect(after[part]).toEqual(before[part])
  expect((await exported(call)).digest.content).toBe(after.digest.content)

  const entries = await server.device.firestore
    .collection('audit_log')
    .where('conversation_id', '==', call.conversationId)
    .get()
  expect(entries.docs.filter((each) => each.get('action') === 'conversation.export')).toHaveLength(3)
})

test('a conversation of two thousand messages is exported whole, in both forms', async () => {
  const messages = Object.fromEntries(
    Array.from({ length: 2_000 }, (_, at) => [`m${at}`, messageRecord(`Message number ${at}.`)]),
  )
  const call = await startCall(server, { messages })
  expect((await exported(call)).messages).toHaveLength(2_000)
  const response = await fetch(`${server.origin}${pathOf(call)}?format=pdf`, {
    headers: { authorization: `Bearer ${token.ava}` },
  })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  const text = (await pagesOf(Buffer.from(await response.arrayBuffer()))).join('\n')
  for (const at of [0, 999, 1_999]) expect(text).toContain(`Message number ${at}.`)
}, 120_000)
