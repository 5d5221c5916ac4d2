import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { createIndexChat } from '../chats/index-chat.ts'
import { chatKey } from '../chats/chat-record.ts'
import { storeMessages } from '../chats/store-messages.ts'
import { historyRoutes } from './routes.ts'
import type { ConversationsListResponse } from './schema.ts'

let server: LiveServer
const tokens: Record<string, string> = {}

async function list(who: string, query: Record<string, string>) {
  const search = new URLSearchParams(query).toString()
  const { status, body } = await server.get(`/conversations/user?${search}`, tokens[who])
  return { status, body: body as unknown as ConversationsListResponse }
}
beforeAll(async () => {
  server = await startLiveServer(historyRoutes)
  for (const id of ['ben', 'cleo']) tokens[id] = server.token(id, 'agent')
  tokens.max = server.token('max', 'manager')
})
afterAll(() => server.close())

test('counts and lists a chat once, however many agents of a large team wrote in it', async () => {
  const { firestore } = server.device
  const agents = Array.from({ length: 70 }, (_, at) => `agent_${String(at).padStart(2, '0')}`)
  await firestore.doc('admins/max').set({ role: 'manager', company_id: 'c_acme', manager_id: null })
  for (const id of agents) {
    await firestore.doc(`admins/${id}`).set({ role: 'agent', company_id: 'c_acme', manager_id: 'max' })
  }
  const chat = { call_type: 'chat', company_id: 'c_acme', status: 'ACTIVE' }
  const memberOf = (...ids: string[]) => ids.map((id) => `c_acme/${id}`)
  const written: [string, number, string[]][] = [
    ['conv_many', 1_000, memberOf('agent_00', 'agent_35', 'agent_69')],
    ['conv_two', 2_000, memberOf('agent_01', 'agent_68')],
    ['conv_one', 3_000, memberOf('max')],
  ]
  for (const [id, started_at, members] of written) {
    await firestore.doc(`conversations/${id}`).set({ ...chat, started_at, members })
  }
  const { conversations, pagination } = (await list('max', { call_type: 'chat' })).body
  expect(conversations.map(({ id }) => id)).toEqual(['conv_one', 'conv_two', 'conv_many'])
  expect(pagination).toMatchObject({ totalItems: 3, totalPages: 1 })
  const pages = await Promise.all(
    ['1', '2', '3', '4'].map((page) => list('max', { call_type: 'chat', page, size: '1' })),
  )
  expect(pages.map(({ body }) => body.conversations.map(({ id }) => id))).toEqual([
    ['conv_one'],
    ['conv_two'],
    ['conv_many'],
    [],
  ])
})

test('lists chats by who wrote in them', async () => {
  const chat = { call_type: 'chat', company_id: 'c_acme', status: 'ACTIVE', started_at: 7_000 }
  const { firestore } = server.device
  await firestore
    .doc('conversations/conv_chat')
    .set({ ...chat, participants: ['ben', 'guest'], members: ['c_acme/ben', 'c_acme/guest'] })
  expect((await list('ben', { call_type: 'chat' })).body.conversations).toMatchObject([
    { id: 'conv_chat', call_type: 'chat', agent_id: null },
  ])
  expect((await list('cleo', { call_type: 'chat' })).body.conversations).toEqual([])
})

test('lists with what nobody holds all chats of the company, with who wrote in them by name, and none of another', async () => {
  const { deps } = server
  const { firestore } = server.device
  await firestore
    .doc('admins/cleo')
    .set({ role: 'agent', company_id: 'c_acme', manager_id: 'ava', name: 'Cleo' })
  await firestore.doc('workers/worker_7').set({ company_id: 'c_acme', name: 'रवि', mobile_no: '' })
  // Somebody of another company whose name is no business of Acme's.
  await firestore.doc('workers/guest').set({ company_id: 'c_globex', name: 'Theirs', mobile_no: '' })
  const store = async (company_id: string, user_id: string) =>
    storeMessages(
      { ...deps, indexChat: createIndexChat(deps) },
      { uid: 'program', role: 'admin', company_id },
      {
        conversation_id: 'shift-plan',
        user_id,
        messages: [{ content: 'Hello', timestamp: '2023-01-01T09:00:00' }],
      },
    )
  for (const user of ['guest', 'worker_7', 'cleo']) await store('c_acme', user)
  await store('c_globex', 'gus')
  const all = { call_type: 'chat', unassigned: 'true', from: '2024-01-01T00:00:00Z' }
  const { conversations, pagination } = (await list('ben', all)).body
  expect(pagination.totalItems).toBe(1)
  expect(conversations).toMatchObject([
    {
      id: chatKey('c_acme', 'shift-plan'),
      chat_id: 'shift-plan',
      agent_id: null,
      status: 'ACTIVE',
      total_messages: 3,
      participants: [
        { id: 'guest', name: 'guest' },
        { id: 'worker_7', name: 'रवि', role: 'worker' },
        { id: 'cleo', name: 'Cleo', role: 'dispatcher' },
      ],
    },
  ])
  expect((await list('ben', { ...all, status: 'ENDED' })).body.conversations).toEqual([])
  expect((await list('ben', { call_type: 'chat', from: all.from })).body.conversations).toEqual([])
  expect((await list('cleo', { call_type: 'chat', from: all.from })).body.conversations).toMatchObject([
    { chat_id: 'shift-plan' },
  ])
})
