import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveCall } from '../calls/archive-call.ts'
import {
  type CallFixture,
  changeCall,
  messageRecord,
  startCall,
  write,
} from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { createDirectory } from '../conversations/directory.ts'
import { searchRoutes } from './routes.ts'
import type { SearchHit } from './schema.ts'
import { SearchReply } from './schema.ts'
import { searchMessages } from './search-messages.ts'
import { SEARCH_LIMITS, createChatSearches, createSearches } from './searches.ts'

let server: LiveServer
const calls: Record<string, CallFixture> = {}
const tokens: Record<string, string> = {}
const ended = (holder: string | null) => ({
  admin_id: holder,
  takeover: holder === null ? 0 : 1,
  status: 'ENDED',
  ended_at: 5_000,
})

async function start(name: string, call: object, company = 'c_acme') {
  const fixture = await startCall(server, {
    company,
    call: { company_id: company, ...call },
    messages: {
      m1: messageRecord(`The scaffold collapsed, says ${name}`, { received_at: 1_000_000 }),
      m2: messageRecord('Send the ladder to the second floor', { received_at: 2_000_000 }),
    },
  })
  calls[name] = fixture
  return fixture
}
const idOf = (name: string) => calls[name]?.conversationId ?? ''
async function search(query: Record<string, string>, who = 'ava') {
  const { status, body } = await server.get(
    `/api/search/messages?${new URLSearchParams(query).toString()}`,
    tokens[who],
  )
  return { status, body, reply: SearchReply.safeParse(body).data }
}
const namesOf = (hits: readonly SearchHit[] = []) =>
  hits
    .map(({ conversation_id }) => Object.keys(calls).find((name) => idOf(name) === conversation_id) ?? '')
    .toSorted((a, b) => a.localeCompare(b))

beforeAll(async () => {
  server = await startLiveServer(searchRoutes)
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
  for (const [name, call] of [
    ['free', { admin_id: null, urgency: 'HIGH' }],
    ["ben's", { admin_id: 'ben', takeover: 1 }],
    ["dan's", { admin_id: 'dan', takeover: 1 }],
    ['free, ended', ended(null)],
    ["ben's, ended", ended('ben')],
    ["dan's, ended", ended('dan')],
  ] as const) {
    const fixture = await start(name, call)
    if (name.endsWith('ended')) await archiveCall(server.deps, fixture.callId)
  }
  await start("globex's", { admin_id: null }, 'c_globex')
  const theirs = await start("globex's, ended", ended(null), 'c_globex')
  await archiveCall(server.deps, theirs.callId)
})
afterAll(() => server.close())

describe('who finds what', () => {
  test.each([
    ['ava', ["ben's", "ben's, ended", 'free', 'free, ended']],
    ['ben', ["ben's", "ben's, ended", 'free', 'free, ended']],
    ['cleo', ['free', 'free, ended']],
    ['ada', ['free', 'free, ended']],
    ['gus', ["globex's", "globex's, ended"]],
  ])('%s: %j', async (who, expected) => {
    const { status, reply } = await search({ q: 'scafold' }, who)
    expect(status).toBe(200)
    expect(namesOf(reply?.hits)).toEqual(expected)
    expect(reply).toMatchObject({ total: expected.length, next_cursor: null, coverage: { complete: true } })
  })

  test('workers and strangers are refused', async () => {
    expect([
      (await search({ q: 'rope' }, 'worker')).status,
      (await search({ q: 'rope' }, 'nobody')).status,
    ]).toEqual([403, 401])
  })

  test('a call that changes hands changes what is found', async () => {
    const call = await start('handed on', { admin_id: 'ben', takeover: 1 })
    await write(server, call, 'm3', { content: 'Zanzibar' })
    expect((await search({ q: 'zanzibar' }, 'cleo')).reply?.total).toBe(0)
    await changeCall(server, call, { admin_id: 'cleo', takeover: 2 })
    expect((await search({ q: 'zanzibar' }, 'cleo')).reply?.total).toBe(1)
    expect((await search({ q: 'zanzibar' }, 'ben')).reply?.total).toBe(0)
    await server.device.database.ref(`active_calls/${call.callId}`).remove()
    await server.device.database.ref(`active_conversations/${call.conversationId}`).remove()
    expect((await search({ q: 'zanzibar' }, 'cleo')).reply?.total).toBe(0)
    delete calls['handed on']
  })
})

test('a hit says where it is, whose, and what was found', async () => {
  const { reply } = await search({ q: 'collapsed', status: 'ENDED', admin_id: 'ben' })
  const [hit] = reply?.hits ?? []
  expect(hit).toMatchObject({
    conversation_id: idOf("ben's, ended"),
    call_id: calls["ben's, ended"]?.callId,
    message_id: 'm1',
    role: 'user',
    received_at: new Date(1_000_000).toISOString(),
    worker_id: calls["ben's, ended"]?.workerId,
    admin_id: 'ben',
    status: 'ENDED',
    urgency: 'CRITICAL',
  })
  const { text, marks } = hit?.snippet ?? { text: '', marks: [] }
  expect(marks.map((mark) => text.slice(mark.start, mark.end))).toEqual(['collapsed'])
})

test.each([
  ['time', { to: new Date(1_000_001).toISOString() }, 0],
  ['time, the other way', { from: new Date(2_000_000).toISOString() }, 4],
  ['admin', { admin_id: 'ben' }, 2],
  ['urgency', { urgency: 'HIGH' }, 1],
  ['status', { status: 'ACTIVE' }, 2],
  ['conversation', { conversation_id: 'conv_1' }, 1],
  ['worker', { worker_id: 'worker_1' }, 1],
])('narrows by %s', async (_what, filter, count) => {
  expect((await search({ q: 'ladder', ...filter })).reply?.total).toBe(count)
})

test.each([
  ['no query', {}],
  ['an empty query', { q: '   ' }],
  ['no word', { q: '?!… 🔥' }],
  ['too long a query', { q: 'x'.repeat(201) }],
  ['too many words', { q: 'a b c d e f g h i j k l m' }],
  ['a time that is none', { q: 'rope', from: 'yesterday' }],
  ['an unknown urgency', { q: 'rope', urgency: 'URGENT' }],
  ['a page too large', { q: 'rope', limit: '51' }],
  ['a made-up cursor', { q: 'rope', cursor: 'WzEsMl0' }],
])('refuses %s', async (_what, query: Record<string, string>) => {
  const { status, body } = await search(query)
  expect([status, (body.error as { code: string }).code]).toEqual([400, 'invalid-input'])
})

test('pages hold to what there was when the first was asked for', async () => {
  const query = { q: 'ladder', limit: '3', sort: 'newest' }
  const first = (await search(query)).reply
  expect([first?.hits.length, first?.total]).toEqual([3, 4])
  const cursor = first?.next_cursor ?? ''
  const second = (await search({ ...query, cursor })).reply
  expect(second?.next_cursor).toBeNull()
  expect(namesOf([...(first?.hits ?? []), ...(second?.hits ?? [])])).toEqual([
    "ben's",
    "ben's, ended",
    'free',
    'free, ended',
  ])
  expect((await search({ ...query, q: 'rope', cursor })).status).toBe(400)
})

test('a message is found as soon as it is written, and once, whether active, archived or added late', async () => {
  const call = await start('short', { admin_id: 'ben', takeover: 1 })
  await write(server, call, 'm3', { content: 'Yokohama' })
  const totals = async () => (await search({ q: 'yokohama' }, 'ben')).reply?.hits.map(({ status }) => status)
  expect(await totals()).toEqual(['ACTIVE'])
  await changeCall(server, call, { status: 'ENDED', ended_at: 6_000 })
  expect(await totals()).toEqual(['ENDED'])
  await archiveCall(server.deps, call.callId)
  expect(await totals()).toEqual(['ENDED'])
  delete calls.short
})

test('says what it has not read yet, and reads on', async () => {
  const who = { uid: 'ben', role: 'agent', company_id: 'c_acme' } as Parameters<typeof searchMessages>[1]
  const calls = createSearches(server.deps, { ...SEARCH_LIMITS, waitMs: 0, pageSize: 1 })
  const chats = createChatSearches(server.deps)
  const services = { ...server.deps, calls, chats, directory: createDirectory(server.deps) }
  const ask = () => searchMessages(services, who, { q: 'scaffold', sort: 'relevance', limit: 20 })
  const first = await ask()
  expect(first.coverage).toMatchObject({ complete: false, calls: { reason: 'loading' } })
  await expect
    .poll(async () => (await ask()).coverage)
    .toEqual({ complete: true, searched: ['calls', 'chats'] })
})

test('keeps no more than it may, the latest first, and says since when', async () => {
  const who = { uid: 'ben', role: 'agent', company_id: 'c_acme' } as Parameters<typeof searchMessages>[1]
  const calls = createSearches(server.deps, { ...SEARCH_LIMITS, maxSize: 13, pageSize: 1 })
  const chats = createChatSearches(server.deps)
  const services = { ...server.deps, calls, chats, directory: createDirectory(server.deps) }
  const { coverage } = await searchMessages(services, who, { q: 'scaffold', sort: 'relevance', limit: 20 })
  expect(coverage).toEqual({
    complete: false,
    searched: ['calls', 'chats'],
    calls: { reason: 'limit', since: expect.any(String) },
  })
})
