import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
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
