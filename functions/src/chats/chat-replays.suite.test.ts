import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLiveServer } from '../conversations/testing/live-server.ts'
import { archiveChat } from './archive-chat.ts'
import { chatRoutes } from './routes.ts'
import {
  type ChatServer,
  batch,
  contents,
  freshId,
  keyOf,
  message,
  numbered,
  refusal,
  startChatServer,
} from './testing/chat-server.ts'

let chats: ChatServer

beforeAll(async () => {
  chats = await startChatServer()
})
afterAll(() => chats.close())

describe('sent again', () => {
  test('a batch is stored once, and what is new in it is counted', async () => {
    const id = freshId()
    expect((await chats.store(batch(id, numbered(3)))).body.inserted_count).toBe(3)
    expect((await chats.store(batch(id, numbered(3)))).body.inserted_count).toBe(0)
    expect((await chats.store(batch(id, numbered(5)))).body.inserted_count).toBe(2)
    expect(contents(await chats.read(id))).toEqual(['m0', 'm1', 'm2', 'm3', 'm4'])
  })

  test('ten times at once it is stored once', async () => {
    const id = freshId()
    const replies = await Promise.all(Array.from({ length: 10 }, () => chats.store(batch(id, numbered(20)))))
    const counts = replies.map(({ body }) => body.inserted_count as number)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20)
    expect(contents(await chats.read(id))).toHaveLength(20)
  })

  test('after it was archived it is known still', async () => {
    const id = freshId()
    await chats.store(batch(id, numbered(3)))
    await archiveChat(chats.server.deps, keyOf(id))
    expect((await chats.store(batch(id, numbered(5)))).body.inserted_count).toBe(2)
    expect(contents(await chats.read(id))).toEqual(['m0', 'm1', 'm2', 'm3', 'm4'])
  })

  test('with other words under the same name all of the batch is refused', async () => {
    const id = freshId()
    await chats.store(batch(id, numbered(1)))
    const changed = [message('new'), message('changed', { client_message_id: 'id-0' })]
    expect(refusal(await chats.store(batch(id, changed)))).toEqual([409, 'conflict'])
    expect(contents(await chats.read(id))).toEqual(['m0'])
  })

  test('within one batch it counts once, and by another user it is another message', async () => {
    const id = freshId()
    const twice = [...numbered(1), ...numbered(1)]
    expect((await chats.store(batch(id, twice))).body.inserted_count).toBe(1)
    expect((await chats.store(batch(id, numbered(1), 'jane'))).body.inserted_count).toBe(1)
  })

  test('without a name it is stored each time', async () => {
    const id = freshId()
    await chats.store(batch(id, [message('x')]))
    await chats.store(batch(id, [message('x')]))
    expect(contents(await chats.read(id))).toEqual(['x', 'x'])
  })
})

test('two processes that write at once lose and mix nothing', async () => {
  const other = await startLiveServer((deps) => chatRoutes(deps), { config: chats.server.deps.config })
  try {
    const id = freshId()
    const token = other.token('ben', 'agent')
    const theirs = (n: number) =>
      other.post('/chats', token, batch(id, [message(`b${n}.0`), message(`b${n}.1`)], 'ben'))
    const ours = (n: number) => chats.store(batch(id, [message(`a${n}.0`), message(`a${n}.1`)]))
    const replies = await Promise.all([0, 1, 2, 3, 4].flatMap((n) => [ours(n), theirs(n)]))
    expect(replies.map(({ status, body }) => [status, body.inserted_count])).toEqual(
      replies.map(() => [200, 2]),
    )
    const all = contents(await chats.read(id))
    expect(new Set(all).size).toBe(20)
    for (let pair = 0; pair < 20; pair += 2) {
      expect(all[pair]?.replace('.0', '.1')).toBe(all[pair + 1])
    }
  } finally {
    await other.close()
  }
})
