import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChatServer, batch, freshId, message, refusal, startChatServer } from './testing/chat-server.ts'

let chats: ChatServer

beforeAll(async () => {
  chats = await startChatServer({ limited: true })
})
afterAll(() => chats.close())

test('without a token the eleventh request of a minute is refused, on whichever path, and stores nothing', async () => {
  const id = freshId()
  for (let n = 0; n < 9; n += 1) expect((await chats.read(id, '', null)).status).toBe(404)
  const last = await chats.store(batch(id, [message('x')]), null)
  expect([last.status, last.headers.get('ratelimit-policy')]).toEqual([200, '"chats-anonymous";q=10;w=60'])
  expect(last.headers.get('ratelimit')).toMatch(/^"chats-anonymous";r=0;t=\d+$/)
  for (const refused of [
    await chats.store(batch(id, [message('y')]), null),
    await chats.read(id, '', null),
    await chats.history('john_doe', '', null),
  ]) {
    expect(refusal(refused)).toEqual([429, 'too_many_requests'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  const stored = await chats.server.device.database.ref('chat_messages').get()
  expect(stored.numChildren()).toBe(1)
  expect((await chats.read(id)).status).toBe(404)
})

test('with a token the hundred-and-first is, and nobody else’s', async () => {
  const token = chats.server.token('ben', 'agent')
  const replies = await Promise.all(Array.from({ length: 100 }, () => chats.read('none', '', token)))
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([404]))
  expect(refusal(await chats.read('none', '', token))).toEqual([429, 'too_many_requests'])
  // Another log-in of the same person is the same person.
  const again = chats.server.token('ben', 'agent')
  expect(refusal(await chats.read('none', '', again))).toEqual([429, 'too_many_requests'])
  expect((await chats.read('none')).status).toBe(404)
})
