import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type ChatServer,
  batch,
  freshId,
  keyOf,
  message,
  numbered,
  refusal,
  minute,
  startChatServer,
} from './testing/chat-server.ts'

let chats: ChatServer

beforeAll(async () => {
  chats = await startChatServer()
})
afterAll(() => chats.close())

describe('is refused', () => {
  const id = 'refused'
  const deep = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`) as object
  test.each<[string, unknown]>([
    ['no JSON', '{"conversation_id":'],
    ['an array', '[]'],
    ['null', 'null'],
    ['no conversation', { user_id: 'u', messages: [message('x')] }],
    ['no user', { conversation_id: id, messages: [message('x')] }],
    ['no messages', { conversation_id: id, user_id: 'u' }],
    ['an empty batch', batch(id, [])],
    ['501 messages', batch(id, numbered(501))],
    ['an id that climbs', batch('../active_calls', [message('x')])],
    ['an endless id', batch('x'.repeat(129), [message('x')])],
    ['a user that is none', batch(id, [message('x')], 'a/b')],
    ['no words', batch(id, [{ timestamp: minute(0) }])],
    ['empty words', batch(id, [message('')])],
    ['endless words', batch(id, [message('x'.repeat(10_001))])],
    ['words that are none', batch(id, [{ content: 1, timestamp: minute(0) }])],
    [
      'half a character',
      `{"conversation_id":"${id}","user_id":"u","messages":[{"content":"\\ud83c","timestamp":"2023-01-01T09:00:00"}]}`,
    ],
    ['no time', batch(id, [{ content: 'x' }])],
    ['a day that there is not', batch(id, [message('x', { timestamp: '2023-02-30T00:00:00' })])],
    ['a time in words', batch(id, [message('x', { timestamp: 'now' })])],
    ['metadata that is a list', batch(id, [message('x', { metadata: [] })])],
    ['metadata that is text', batch(id, [message('x', { metadata: 'x' })])],
    ['metadata without end', batch(id, [message('x', { metadata: { a: 'x'.repeat(9_000) } })])],
    ['metadata without ground', batch(id, [message('x', { metadata: deep(21) })])],
    ['a name with blanks', batch(id, [message('x', { client_message_id: 'a b' })])],
    ['one bad message among good ones', batch(id, [message('x'), message('')])],
  ])('%s', async (_, body) => {
    expect(refusal(await chats.store(body))).toEqual([400, 'invalid_input'])
    expect(refusal(await chats.read(id))).toEqual([404, 'not_found'])
  })

  test('metadata so deep that a recursion would end, as anything too deep', async () => {
    const body = `{"conversation_id":"${id}","user_id":"u","messages":[{"content":"x","timestamp":"2023-01-01T09:00:00","metadata":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}]}`
    expect(refusal(await chats.store(body))).toEqual([400, 'invalid_input'])
  })

  test('a body beyond its limit, another type, and another method', async () => {
    expect(refusal(await chats.store(`"${'x'.repeat(4 * 1_024 * 1_024)}"`))).toEqual([413, 'too_large'])
    const form = await fetch(`${chats.server.origin}/chats`, {
      method: 'POST',
      body: new URLSearchParams({ a: 'b' }),
    })
    expect([form.status, ((await form.json()) as { detail: object }).detail]).toEqual([
      400,
      expect.anything(),
    ])
    const other = await fetch(`${chats.server.origin}/chats`, { method: 'DELETE' })
    expect([other.status, ((await other.json()) as { detail: { code: string } }).detail.code]).toEqual([
      405,
      'method_not_allowed',
    ])
  })

  test.each(['%F0%9F%86%98', '..%2F..%2Factive_calls', 'x'.repeat(200), 'chat_none'])(
    'reading %s',
    async (name) => {
      expect(refusal(await chats.read(name))).toEqual([404, 'not_found'])
    },
  )
})

test('a failure of ours says nothing of itself, in the shape of the family', async () => {
  const id = freshId()
  await chats.store(batch(id, [message('x')]))
  await chats.server.device.database.ref(`active_chats/${keyOf(id)}/count`).set('many')
  expect(refusal(await chats.read(id))).toEqual([500, 'internal'])
})
