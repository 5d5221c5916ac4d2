import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveChat } from '../chats/archive-chat.ts'
import { deleteChat } from '../chats/delete-chat.ts'
import {
  type ChatServer,
  batch,
  freshId,
  keyOf,
  message,
  startChatServer,
} from '../chats/testing/chat-server.ts'
import { startCall, messageRecord } from '../conversations/testing/calls.ts'
import { createDirectory } from '../conversations/directory.ts'
import { searchRoutes } from './routes.ts'
import { SearchReply } from './schema.ts'
import { searchMessages } from './search-messages.ts'
import { CHAT_SEARCH_LIMITS, createChatSearches, createSearches } from './searches.ts'

let here: ChatServer
let server: ChatServer['server']
let gus = ''
beforeAll(async () => {
  here = await startChatServer({ more: searchRoutes })
  server = here.server
  gus = server.token('gus', 'manager', { company: 'c_globex' })
})
afterAll(() => here.close())

async function search(query: Record<string, string>, token: string | null = here.ava) {
  const { status, body } = await here.call(
    `/api/search/messages?${new URLSearchParams(query).toString()}`,
    token,
  )
  return { status, reply: SearchReply.safeParse(body).data }
}
const foundIn = async (query: Record<string, string>, token = here.ava) =>
  (await search(query, token)).reply?.hits.map(({ conversation_id }) => conversation_id)

const archive = (id: string) => archiveChat(server.deps, keyOf(id))
const remove = (id: string) =>
  deleteChat(server.deps, { uid: 'ava', role: 'manager', company_id: 'c_acme' }, keyOf(id))

describe('who finds a chat', () => {
  test('those who work for its company, active and archived, and nobody else', async () => {
    const [active, archived, theirs, sandbox] = [freshId(), freshId(), freshId(), freshId()]
    await here.store(batch(active, [message('Marmalade was delivered')]))
    await here.store(batch(archived, [message('More marmalade')]))
    expect(await archive(archived)).toBe('archived')
    await here.store(batch(theirs, [message('Our marmalade')]), gus)
    await here.store(batch(sandbox, [message('Anybody has marmalade')]), null)
    for (const [uid, role] of [
      ['ava', 'manager'],
      ['ben', 'agent'],
      ['ada', 'admin'],
    ] as const) {
      const found = await foundIn({ q: 'marmelade' }, server.token(uid, role))
      expect(found?.toSorted(), `by ${uid}`).toEqual([active, archived].toSorted())
    }
    expect(await foundIn({ q: 'marmalade' }, gus)).toEqual([theirs])
    expect((await search({ q: 'marmalade' }, server.token('john_doe', 'worker'))).status).toBe(403)
    expect((await search({ q: 'marmalade' }, null)).status).toBe(401)
  })

  test('the same id in two companies is two chats', async () => {
    const id = freshId()
    await here.store(batch(id, [message('Tapioca here')]))
    await here.store(batch(id, [message('Tapioca there')]), gus)
    const { reply } = await search({ q: 'tapioca' })
    expect(reply?.hits).toMatchObject([
      { kind: 'chat', chat_key: keyOf(id), snippet: { text: 'Tapioca here' } },
    ])
  })
})

test('a hit says which chat, whose words, and that it is none of a call', async () => {
  const id = freshId()
  await here.store(batch(id, [message('Hello'), message('The quince is ripe', { client_message_id: 'a' })]))
  const { reply } = await search({ q: 'quince' })
  expect(reply?.hits).toEqual([
    {
      kind: 'chat',
      conversation_id: id,
      chat_key: keyOf(id),
      message_id: 'msg_0000000001',
      role: 'user',
      sender_id: 'john_doe',
      sender_name: 'john_doe',
      received_at: expect.any(String),
      snippet: {
        text: 'The quince is ripe',
        marks: [{ start: 4, end: 10 }],
        cut_start: false,
        cut_end: false,
      },
      participants: ['john_doe'],
      status: 'ACTIVE',
    },
  ])
  expect(reply?.coverage).toEqual({ complete: true, searched: ['calls', 'chats'] })
  const read = await here.read(reply?.hits[0]?.kind === 'chat' ? reply.hits[0].chat_key : '')
  expect([read.status, read.body.conversation_id]).toEqual([200, id])
})

describe('a chat that changes', () => {
  test('is found with what was added, at once and once, before and after it is archived', async () => {
    const id = freshId()
    await here.store(batch(id, [message('First')]))
    expect(await foundIn({ q: 'gooseberry' })).toEqual([])
    await here.store(batch(id, [message('A gooseberry')]))
    expect(await foundIn({ q: 'gooseberry' })).toEqual([id])
    await archive(id)
    expect((await search({ q: 'gooseberry' })).reply?.hits).toMatchObject([{ status: 'ENDED' }])
    await here.store(batch(id, [message('One more gooseberry')]))
    expect((await search({ q: 'gooseberry' })).reply?.hits).toMatchObject([
      { status: 'ACTIVE' },
      { status: 'ACTIVE' },
    ])
  })

  test('is neither found nor counted once it is deleted, nor when another begins under its id', async () => {
    const [gone, kept] = [freshId(), freshId()]
    await here.store(batch(gone, [message('Rhubarb, secretly')]))
    await here.store(batch(kept, [message('Rhubarb')]))
    expect((await search({ q: 'rhubarb' })).reply?.total).toBe(2)
    expect(await remove(gone)).toBe('deleted')
    const { reply } = await search({ q: 'rhubarb' })
    expect([reply?.total, reply?.hits.map(({ conversation_id }) => conversation_id)]).toEqual([1, [kept]])
    await here.store(batch(gone, [message('Something else')]))
    expect(await foundIn({ q: 'secretly' })).toEqual([])
    expect(await foundIn({ q: 'something' })).toEqual([gone])
  })
})

describe('a search narrowed', () => {
  const ids: string[] = []
  beforeAll(async () => {
    ids.push(freshId(), freshId())
    const [first = '', second = ''] = ids
    await here.store(batch(first, [message('Elderflower')], 'ann'))
    await here.store(batch(second, [message('Elderflower too')], 'bob'))
    await archive(second)
    await startCall(server, { messages: { m1: messageRecord('Elderflower on the line') } })
  })

  test.each([
    ['not at all', {}, 3],
    ['to calls', { in: 'calls' }, 1],
    ['to chats', { in: 'chats' }, 2],
    ['to an urgency, which no chat has', { urgency: 'CRITICAL' }, 1],
    ['to who wrote', { worker_id: 'ann' }, 1],
    ['to a colleague who wrote', { admin_id: 'bob' }, 1],
    ['to what has ended', { status: 'ENDED' }, 1],
    ['to a time before', { to: '2001-01-01T00:00:00Z' }, 0],
  ])('%s', async (_to, filter: Record<string, string>, total) => {
    expect((await search({ q: 'elderflower', ...filter })).reply?.total).toBe(total)
  })

  test('to one chat, by its own id and by its key', async () => {
    const [first = ''] = ids
    for (const conversation_id of [first, keyOf(first)]) {
      expect(await foundIn({ q: 'elderflower', conversation_id })).toEqual([first])
    }
  })

  test('leaves one entry in the audit log for each chat that it showed', async () => {
    const [first = ''] = ids
    await search({ q: 'elderflower', conversation_id: first })
    await server.deps.audit.flush()
    const log = server.device.firestore.collection('audit_log')
    const { docs } = await log.where('conversation_id', '==', keyOf(first)).get()
    expect(docs.at(-1)?.data()).toMatchObject({ action: 'conversation.search', call_id: null })
  })
})

test('keeps no more of chats than it may, the latest first, and says since when; calls are searched whole', async () => {
  for (const word of ['one', 'two', 'three']) await here.store(batch(freshId(), [message(`Medlar ${word}`)]))
  const actor = { uid: 'ava', role: 'manager', company_id: 'c_acme' } as Parameters<typeof searchMessages>[1]
  const { deps } = server
  const chats = createChatSearches(deps, { ...CHAT_SEARCH_LIMITS, maxSize: 2, pageSize: 1 })
  const services = { ...deps, calls: createSearches(deps), chats, directory: createDirectory(deps) }
  const { hits, coverage } = await searchMessages(services, actor, { q: 'medlar', sort: 'newest', limit: 20 })
  expect(hits.map(({ snippet }) => snippet.text)).toEqual(['Medlar three', 'Medlar two'])
  expect(coverage).toEqual({
    complete: false,
    searched: ['calls', 'chats'],
    chats: { reason: 'limit', since: expect.any(String) },
  })
})
