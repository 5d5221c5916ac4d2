import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveChat } from './archive-chat.ts'
import type { ChatPage } from './schema.ts'
import {
  type ChatServer,
  batch,
  contents,
  freshId,
  keyOf,
  message,
  numbered,
  startChatServer,
} from './testing/chat-server.ts'

let chats: ChatServer

beforeAll(async () => {
  chats = await startChatServer()
})
afterAll(() => chats.close())

test('the example of the specification runs as printed, without a token', async () => {
  const data = {
    conversation_id: 'meeting_123',
    user_id: 'john_doe',
    messages: [
      { content: 'Hello team!', timestamp: '2023-01-01T09:00:00' },
      { content: "Let's discuss the project", timestamp: '2023-01-01T09:01:00' },
    ],
  }
  const stored = await chats.store(data, null)
  expect([stored.status, stored.body]).toEqual([
    200,
    { status: 'success', inserted_count: 2, conversation_id: 'meeting_123' },
  ])
  const page = (await chats.read('meeting_123', '', null)).body as unknown as ChatPage
  expect(page).toMatchObject({ conversation_id: 'meeting_123', page: 1, total_pages: 1 })
  expect(page.messages.map(({ content, timestamp, user_id }) => ({ content, timestamp, user_id }))).toEqual(
    data.messages.map((each) => ({ ...each, user_id: 'john_doe' })),
  )
  expect((await chats.history('john_doe', '', null)).body).toEqual({
    user_id: 'john_doe',
    conversations: [
      {
        conversation_id: 'meeting_123',
        last_message: "Let's discuss the project",
        timestamp: '2023-01-01T09:01:00',
      },
    ],
    total_conversations: 1,
    page: 1,
  })
})

describe('what comes back is what was given', () => {
  test.each([
    ['2023-01-01T09:00:00'],
    ['2023-01-01T09:00:00.123456'],
    ['2023-01-01T09:00:00Z'],
    ['2023-01-01T09:00:00+05:30'],
  ])('the time %s', async (timestamp) => {
    const id = freshId()
    expect((await chats.store(batch(id, [message('x', { timestamp })]))).status).toBe(200)
    expect(((await chats.read(id)).body as unknown as ChatPage).messages[0]?.timestamp).toBe(timestamp)
  })

  test.each([
    ['{}'],
    ['{"a":{"b":[1,null,true,{"c":[]}]},"empty":{}}'],
    ['{"__proto__":{"x":1},"constructor":1,"a.b/c#d$e[f]":2,"":3,"__name__":4}'],
    ['{"whole":"\\ud83c\\udf0d","nul":"\\u0000","1":"array-like","0":"too"}'],
  ])('the metadata %s, active and archived', async (metadata) => {
    const id = freshId()
    const body = `{"conversation_id":"${id}","user_id":"u","messages":[{"content":"x","timestamp":"2023-01-01T09:00:00","metadata":${metadata}}]}`
    expect((await chats.store(body)).status).toBe(200)
    const shown = async () =>
      JSON.stringify(((await chats.read(id)).body as unknown as ChatPage).messages[0]?.metadata)
    expect(await shown()).toBe(JSON.stringify(JSON.parse(metadata)))
    expect(await archiveChat(chats.server.deps, keyOf(id))).toBe('archived')
    expect(await shown()).toBe(JSON.stringify(JSON.parse(metadata)))
  })

  test('words in any script, and the longest', async () => {
    const id = freshId()
    const words = ['🆘 मदद करो', 'a\u0000b\u2028c</script>', '__proto__', 'م'.repeat(10_000), ' ']
    expect(
      (
        await chats.store(
          batch(
            id,
            words.map((each) => message(each)),
          ),
        )
      ).status,
    ).toBe(200)
    expect(contents(await chats.read(id))).toEqual(words)
  })
})

test('keeps the order of five hundred messages, and pages through them', async () => {
  const id = freshId()
  expect((await chats.store(batch(id, numbered(500)))).body.inserted_count).toBe(500)
  expect((await chats.store(batch(id, numbered(3, 500)))).body.inserted_count).toBe(3)
  const pages = await Promise.all([1, 2, 3, 4, 5, 6].map((page) => chats.read(id, `?page=${page}&limit=100`)))
  expect(pages.flatMap(contents)).toEqual(Array.from({ length: 503 }, (_, n) => `m${n}`))
  expect(pages.map(({ body }) => body.total_pages)).toEqual(Array.from({ length: 6 }, () => 6))
  expect((await chats.read(id, '?page=7&limit=100')).body).toMatchObject({
    messages: [],
    page: 7,
    total_pages: 6,
  })
  expect(contents(await chats.read(id))).toHaveLength(50)
})

test('leaves no words in the log', () => {
  expect(JSON.stringify(chats.server.logs)).not.toMatch(/Hello team|discuss the project|मदद/)
})
