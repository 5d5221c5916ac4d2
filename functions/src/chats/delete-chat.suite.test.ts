import { afterAll, beforeAll, expect, test } from 'vitest'
import { historyRoutes } from '../history/routes.ts'
import { archiveChat } from './archive-chat.ts'
import { bringIndexUpToDate } from './index-chat.ts'
import { sweepChats } from './sweep-chats.ts'
import {
  type ChatServer,
  batch,
  contents,
  freshId,
  keyOf,
  numbered,
  startChatServer,
} from './testing/chat-server.ts'

let chats: ChatServer

beforeAll(async () => {
  chats = await startChatServer({ more: historyRoutes })
})
afterAll(() => chats.close())

const remove = async (key: string, token: string) =>
  (
    await fetch(`${chats.server.origin}/conversations/${key}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })
  ).status

/** Everything that either database still has under a chat's key. */
async function leftOf(key: string): Promise<string[]> {
  const { database, firestore } = chats.server.device
  const nodes = ['active_chats', 'chat_messages', 'chat_message_ids', 'active_conversations']
  const stored = await Promise.all(nodes.map((node) => database.ref(`${node}/${key}`).get()))
  const document = firestore.doc(`conversations/${key}`)
  const parts = await Promise.all(
    ['messages', 'message_ids'].map(async (name) => (await document.collection(name).get()).size),
  )
  return [
    ...nodes.filter((_, at) => stored[at]?.exists()),
    ...((await document.get()).exists ? ['document'] : []),
    ...(parts.some((size) => size > 0) ? ['archive'] : []),
  ]
}

/** Far enough ahead for whatever a sweep could find to do. */
const later = () => ({
  ...chats.server.deps,
  clock: { ...chats.server.deps.clock, now: () => Date.now() + 10 * 86_400_000 },
})

test.each([['active'], ['archived'], ['archived, and written on']])(
  'a chat that is %s is deleted everywhere, stays so, and its id begins anew',
  async (state) => {
    const id = freshId()
    const key = keyOf(id)
    await chats.store(batch(id, numbered(7)))
    if (state !== 'active') await archiveChat(chats.server.deps, key)
    if (state === 'archived, and written on') await chats.store(batch(id, numbered(2, 7)))
    await bringIndexUpToDate(chats.server.deps, key)
    expect((await leftOf(key)).length).toBeGreaterThan(1)

    expect(await remove(key, chats.ava)).toBe(200)
    expect(await leftOf(key)).toEqual([])
    expect((await chats.read(id)).status).toBe(404)
    expect(await remove(key, chats.ava)).toBe(404)
    expect((await sweepChats(later())).failed).toBe(0)
    await bringIndexUpToDate(chats.server.deps, key)
    expect(await leftOf(key)).toEqual([])

    // What was sent before is not taken for sent.
    expect((await chats.store(batch(id, numbered(2)))).body.inserted_count).toBe(2)
    expect(contents(await chats.read(id))).toEqual(['m0', 'm1'])
  },
)

test('who may only read it is refused, another company learns nothing, and nothing changes', async () => {
  const id = freshId()
  const key = keyOf(id)
  await chats.store(batch(id, numbered(2), 'ben'))
  const { server } = chats
  const before = await leftOf(key)
  const cases: [string, number][] = [
    [server.token('cleo', 'agent'), 403],
    [server.token('ada', 'admin'), 403],
    [server.token('gus', 'manager', { company: 'c_globex' }), 404],
    [server.token('ben', 'worker'), 401],
  ]
  for (const [token, status] of cases) expect(await remove(key, token)).toBe(status)
  expect(await leftOf(key)).toEqual(before)
  expect(contents(await chats.read(id))).toEqual(['m0', 'm1'])
  expect(await remove(key, server.token('ben', 'agent'))).toBe(200)
  expect(await leftOf(key)).toEqual([])
})

test('deleted while it is archived and indexed, it leaves nothing behind', async () => {
  for (let round = 0; round < 10; round += 1) {
    const id = freshId()
    const key = keyOf(id)
    await chats.store(batch(id, numbered(40)))
    await Promise.all([
      archiveChat(chats.server.deps, key),
      bringIndexUpToDate(chats.server.deps, key),
      remove(key, chats.ava),
    ])
    expect(await leftOf(key)).toEqual([])
  }
})
