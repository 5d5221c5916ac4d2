import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserChats } from './schema.ts'
import { type ChatServer, batch, message, refusal, startChatServer } from './testing/chat-server.ts'

let chats: ChatServer

beforeAll(async () => {
  chats = await startChatServer()
})
afterAll(() => chats.close())

describe('a user’s history', () => {
  const user = 'historian'
  beforeAll(async () => {
    for (const [n, timestamp] of [
      '2023-03-01T23:59:59',
      '2023-03-02T00:00:00+02:00',
      '2023-03-03T12:00:00',
    ].entries()) {
      await chats.store(batch(`h${n}`, [message(`last of ${n}`, { timestamp })], user))
    }
  })
  const listed = async (query: string) => {
    const { body } = await chats.history(user, query)
    const { conversations, total_conversations } = body as unknown as UserChats
    return [total_conversations, ...conversations.map(({ conversation_id }) => conversation_id)]
  }

  test.each<[string, unknown[]]>([
    ['', [3, 'h2', 'h0', 'h1']],
    ['?limit=2', [3, 'h2', 'h0']],
    ['?limit=2&page=2', [3, 'h1']],
    ['?page=9', [3]],
    ['?start_date=2023-03-02', [1, 'h2']],
    ['?end_date=2023-03-01', [2, 'h0', 'h1']],
    ['?start_date=2023-03-01T23:00:00&end_date=2023-03-01T23:59:59Z', [1, 'h0']],
    ['?start_date=2023-03-03T12:00:00&end_date=2023-03-03T12:00:00', [1, 'h2']],
    ['?start_date=2024-01-01', [0]],
  ])('%s', async (query, expected) => {
    expect(await listed(query)).toEqual(expected)
  })

  test('of somebody who never wrote is empty', async () => {
    expect((await chats.history('stranger')).body).toEqual({
      user_id: 'stranger',
      conversations: [],
      total_conversations: 0,
      page: 1,
    })
  })

  test.each([
    '?page=0',
    '?page=x',
    '?limit=0',
    '?limit=101',
    '?page=1.5',
    '?start_date=yesterday',
    '?end_date=2023-02-30',
    '?start_date=2023-03-02&end_date=2023-03-01',
  ])('refuses %s', async (query) => {
    expect(refusal(await chats.history(user, query))).toEqual([400, 'invalid_input'])
  })
})
