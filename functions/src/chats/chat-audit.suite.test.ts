import { afterAll, beforeAll, expect, test } from 'vitest'
import { historyRoutes } from '../history/routes.ts'
import { type ManualClock, manualClock } from '../platform/testing/manual-clock.ts'
import { CHAT_READING_MS } from './note-chat.ts'
import { type ChatServer, batch, freshId, keyOf, message, startChatServer } from './testing/chat-server.ts'

let chats: ChatServer
let clock: ManualClock

beforeAll(async () => {
  clock = manualClock(Date.now())
  chats = await startChatServer({ clock, more: (deps, live) => historyRoutes(deps, live) })
})
afterAll(() => chats.close())

interface Entry {
  company_id: string
  actor: { uid: string }
  action: string
  outcome: string
  reason: string | null
  conversation_id: string | null
}

/** What the log holds of them, as far as a test is about it. */
async function entriesOf(uid: string): Promise<Entry[]> {
  await chats.server.deps.audit.flush()
  const log = chats.server.device.firestore.collection('audit_log')
  const { docs } = await log.where('actor.uid', '==', uid).get()
  return docs.map((each) => each.data() as Entry)
}

async function chatOfThree(): Promise<string> {
  const id = freshId()
  await chats.store(batch(id, [message('one'), message('two'), message('three')]))
  return id
}

test('pages, and what is said about a chat, are one reading, which is noted again when it has lasted long', async () => {
  const id = await chatOfThree()
  const reader = chats.server.token('page_turner', 'agent')
  const read = async () => {
    for (const page of [1, 2, 3]) await chats.read(id, `?limit=1&page=${page}`, reader)
    await chats.read(keyOf(id), '', reader)
    await chats.call(`/conversations/${keyOf(id)}`, reader)
  }
  await read()
  expect(await entriesOf('page_turner')).toMatchObject([
    { action: 'conversation.read', outcome: 'allowed', conversation_id: keyOf(id) },
  ])
  clock.advance(CHAT_READING_MS - 1)
  await read()
  expect(await entriesOf('page_turner')).toHaveLength(1)
  clock.advance(1)
  await read()
  expect(await entriesOf('page_turner')).toHaveLength(2)
})

test('two people, and two chats of one, are readings of their own', async () => {
  const [one, other] = [await chatOfThree(), await chatOfThree()]
  for (const uid of ['reader_a', 'reader_b']) {
    for (const id of [one, other]) await chats.read(id, '', chats.server.token(uid, 'agent'))
  }
  for (const uid of ['reader_a', 'reader_b']) {
    const read = (await entriesOf(uid)).map(({ conversation_id }) => conversation_id)
    expect(read).toHaveLength(2)
    expect(new Set(read)).toEqual(new Set([keyOf(one), keyOf(other)]))
  }
})

test('every attempt that is denied is noted, and tells no more of another company’s chat than of none', async () => {
  const id = await chatOfThree()
  const stranger = chats.server.token('stranger', 'manager', { company: 'c_globex' })
  await chats.read(id, '', stranger)
  await chats.read(keyOf(id), '', stranger)
  await chats.read(keyOf(id), '', stranger)
  const told = (await entriesOf('stranger')).map(
    ({ conversation_id, ...rest }) => [conversation_id, rest] as const,
  )
  expect(told).toHaveLength(3)
  expect(new Set(told.map(([named]) => named))).toEqual(new Set([keyOf(id), id]))
  for (const [, entry] of told) {
    expect(entry).toMatchObject({ outcome: 'denied', reason: 'not-found', company_id: 'c_globex' })
  }
})

test('a person’s chats are noted one by one where they are listed', async () => {
  const ids = [await chatOfThree(), await chatOfThree()]
  for (const id of ids) await chats.store(batch(id, [message('mine')], 'diarist'))
  const lister = chats.server.token('lister', 'agent')
  for (let time = 0; time < 2; time += 1) await chats.history('diarist', '', lister)
  const listed = await entriesOf('lister')
  expect(listed).toHaveLength(2)
  expect(new Set(listed.map(({ action, conversation_id }) => `${action} ${conversation_id}`))).toEqual(
    new Set(ids.map((id) => `conversation.list ${keyOf(id)}`)),
  )
})

test('nothing is noted of callers without a token, who belong to no company', async () => {
  const id = freshId()
  await chats.store(batch(id, [message('hello')]), null)
  expect((await chats.read(id, '', null)).status).toBe(200)
  expect((await chats.read('none', '', null)).status).toBe(404)
  expect((await chats.history('john_doe', '', null)).status).toBe(200)
  expect(await entriesOf('~anonymous')).toEqual([])
})
