import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { replyRoutes } from './reply-routes.ts'
import { conversationRoutes } from './routes.ts'
import { type Message, PostMessageReply } from './schema.ts'
import { sendMessage } from './send-message.ts'
import { type CallFixture, changeCall, messageIds, messageRecord, startCall } from './testing/calls.ts'
import { type LiveServer, startLiveServer } from './testing/live-server.ts'

let server: LiveServer
let ava: string
let ben: string

beforeAll(async () => {
  server = await startLiveServer((deps, live) => [...conversationRoutes(deps, live), ...replyRoutes(live)])
  ava = server.token('ava', 'manager')
  ben = server.token('ben', 'agent')
})
afterAll(() => server.close())

const held = (call: object = {}, messages: object = {}) =>
  startCall(server, { call: { admin_id: 'ben', takeover: 2, ...call }, messages })

let keys = 0
const send = (
  { conversationId }: Pick<CallFixture, 'conversationId'>,
  body: unknown = { content: 'Are you safe?' },
  { token = ben, key = `key-${(keys += 1)}` }: { token?: string; key?: string | null } = {},
) =>
  server.post(
    `/api/conversation/${conversationId}/messages`,
    token,
    body,
    key === null ? {} : { 'idempotency-key': key },
  )

const storedMessages = async ({ conversationId }: CallFixture): Promise<Record<string, unknown>> =>
  (await server.device.database.ref(`active_conversations/${conversationId}/messages`).get()).val() ?? {}
const storedCall = async ({ callId }: CallFixture) =>
  (await server.device.database.ref(`active_calls/${callId}`).get()).val()
const refusal = ({ status, body }: Awaited<ReturnType<typeof send>>) => {
  const { code, details } = body.error as { code: string; details?: { reason: string } }
  return [status, code, details?.reason]
}

test('stores what the holder says, by the token’s name and the server’s time, and tells every reader', async () => {
  const call = await held()
  const stream = await server.open(`/api/conversation/${call.conversationId}/stream`, ava)
  await stream.next('initial')
  const before = Date.now()
  const reply = await send(call, { content: 'Are you safe? 🆘', timestamp: '2025-10-03T11:58:30+05:30' })
  expect(reply.status).toBe(201)
  const { message } = PostMessageReply.parse(reply.body)
  expect(message).toMatchObject({
    role: 'admin',
    content: 'Are you safe? 🆘',
    timestamp: '2025-10-03T11:58:30+05:30',
    sender_id: 'ben',
    sources: '',
  })
  expect(Math.abs(Date.parse(message.received_at) - before)).toBeLessThan(60_000)

  const news = await stream.next('new_messages')
  expect((news.data.messages as Message[])[0]).toEqual(message)
  const stored = (await storedMessages(call))[message.message_id] as Record<string, unknown>
  expect(stored).toMatchObject({ lease: 2, received_at: Date.parse(message.received_at) })
  expect((await storedCall(call)).last_message_at).toBe(stored.received_at)
  stream.close()
})

test('dates a message by the server when the sender does not', async () => {
  const { body } = await send(await held(), { content: 'x', lease: 2 })
  expect(Math.abs(Date.parse(PostMessageReply.parse(body).message.timestamp) - Date.now())).toBeLessThan(
    60_000,
  )
})

test('ends the sender’s typing', async () => {
  const call = await held()
  const typing = server.device.database.ref(`active_conversations/${call.conversationId}/typing`)
  await typing.update({ ben: Date.now(), [call.workerId]: 7 })
  await send(call)
  expect((await typing.get()).val()).toEqual({ [call.workerId]: 7 })
})

describe('a message sent again under its key', () => {
  test('is stored once and answered alike', async () => {
    const call = await held()
    const first = await send(call, undefined, { key: 'k' })
    const again = await send(call, undefined, { key: 'k' })
    const inBody = await send(call, { content: 'Are you safe?', message_id: 'k' }, { key: null })
    expect([first.status, again.status, inBody.status]).toEqual([201, 201, 201])
    expect(again.body).toEqual(first.body)
    expect(inBody.body).toEqual(first.body)
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
    expect(Object.keys(await storedMessages(call))).toHaveLength(1)
  })

  test('twenty times at once is stored once', async () => {
    const call = await held()
    const replies = await Promise.all(Array.from({ length: 20 }, () => send(call, undefined, { key: 'k' })))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(replies.filter(({ headers }) => !headers.has('idempotency-replayed'))).toHaveLength(1)
    expect(Object.keys(await storedMessages(call))).toHaveLength(1)
  })

  test('is answered by a process that knows nothing of the first', async () => {
    const call = await held()
    const first = await send(call, undefined, { key: 'k' })
    const restarted = await startLiveServer((_, live) => replyRoutes(live))
    try {
      const actor = { uid: 'ben', role: 'agent', company_id: 'c_acme' } as const
      const outgoing = { content: 'Are you safe?', key: 'k' }
      // The other process's own connections, to the first one's database.
      const elsewhere = { ...server.deps, directory: restarted.live.directory }
      await restarted.device.firestore.doc(`workers/${call.workerId}`).set({ company_id: 'c_acme' })
      const again = await sendMessage(elsewhere, actor, call.conversationId, outgoing)
      expect(again).toEqual({ message: first.body.message, replayed: true })
    } finally {
      await restarted.close()
    }
  })

  test.each([
    ['was taken over', { admin_id: 'cleo', takeover: 3 }],
    ['was handed back', { admin_id: null }],
    ['has ended', { status: 'ENDED' }],
  ])('is answered alike although the call %s since', async (_, change) => {
    const call = await held()
    const first = await send(call, undefined, { key: 'k' })
    await changeCall(server, call, change)
    expect((await send(call, undefined, { key: 'k' })).body).toEqual(first.body)
    expect(refusal(await send(call)).slice(0, 2)).toEqual([409, 'conflict'])
  })

  test('with other words is refused', async () => {
    const call = await held()
    await send(call, undefined, { key: 'k' })
    expect(refusal(await send(call, { content: 'Something else' }, { key: 'k' }))).toEqual([
      409,
      'conflict',
      'key-reused',
    ])
  })

  test('by another admin, or in another call, is another message', async () => {
    const call = await held()
    const first = await send(call, undefined, { key: 'k' })
    await changeCall(server, call, { admin_id: 'ava', takeover: 3 })
    const second = await send(call, undefined, { key: 'k', token: ava })
    const third = await send(await held(), undefined, { key: 'k' })
    const ids = [first, second, third].map(({ body }) => PostMessageReply.parse(body).message.message_id)
    expect(new Set(ids).size).toBe(3)
  })
})

describe('is refused', () => {
  test.each<[string, string, object, unknown[]]>([
    ['where nobody holds the call', 'ben', { admin_id: null }, [409, 'conflict', 'not-the-holder']],
    ['where a colleague holds it', 'cleo', {}, [409, 'conflict', 'held-by-another']],
    ['to the manager of the holder', 'ava', {}, [409, 'conflict', 'not-the-holder']],
    ['where the call has ended', 'ben', { status: 'ENDED' }, [409, 'conflict', 'ended']],
    ['under an old lease', 'ben', { takeover: 3 }, [409, 'conflict', 'stale-lease']],
    ['under a lease to come', 'ben', { takeover: 1 }, [409, 'conflict', 'stale-lease']],
  ])('%s', async (_, uid, change, expected) => {
    const call = await held(change)
    const token = server.token(uid, uid === 'ava' ? 'manager' : 'agent')
    expect(refusal(await send(call, { content: 'x', lease: 2 }, { token }))).toEqual(expected)
    expect(await storedMessages(call)).toEqual({})
  })

  test('to strangers: as an unknown conversation for another company, and to workers', async () => {
    const call = await held()
    const gus = server.token('gus', 'manager', { company: 'c_globex' })
    const worker = server.token(call.workerId, 'worker')
    const unknown = await send({ conversationId: 'conv_none' })
    const foreign = await send(call, undefined, { token: gus })
    expect(refusal(foreign)).toEqual([404, 'not-found', undefined])
    expect((foreign.body.error as Error).message).toBe((unknown.body.error as Error).message)
    expect(refusal(await send(call, undefined, { token: worker }))).toEqual([403, 'forbidden', undefined])
    expect((await send(call, undefined, { token: 'none' })).status).toBe(401)
    expect(await storedMessages(call)).toEqual({})
  })

  test.each<[string, unknown, string | null]>([
    ['without words', {}, 'k'],
    ['with empty words', { content: '' }, 'k'],
    ['with blanks', { content: ' \n\t' }, 'k'],
    ['with 4,001 characters', { content: 'x'.repeat(4_001) }, 'k'],
    ['with half a character', '{"content":"\\ud83c"}', 'k'],
    ['with words that are none', { content: { text: 'x' } }, 'k'],
    ['without a key', { content: 'x' }, null],
    ['with an empty key', { content: 'x', message_id: '' }, null],
    ['with an endless key', { content: 'x' }, 'x'.repeat(129)],
    ['with a key of blanks', { content: 'x', message_id: 'a b' }, null],
    ['with two keys', { content: 'x', message_id: 'other' }, 'k'],
    ['with a local time', { content: 'x', timestamp: '2025-10-03T11:58:04' }, 'k'],
    ['with a time without seconds', { content: 'x', timestamp: '2025-10-03T11:58Z' }, 'k'],
    ['with an endless time', { content: 'x', timestamp: `2025-10-03T11:58:04.${'0'.repeat(40)}Z` }, 'k'],
    ['with a lease that is none', { content: 'x', lease: -1 }, 'k'],
    ['with JSON that is none', '{"content":', 'k'],
    ['with an array', '[]', 'k'],
  ])('%s', async (_, body, key) => {
    const call = await held()
    expect(refusal(await send(call, body, { key }))).toEqual([400, 'invalid-input', undefined])
    expect(await storedMessages(call)).toEqual({})
  })

  test.each(['conv none', 'conv_none', '..%2F..%2Factive_calls', '%F0%9F%86%98', 'x'.repeat(200)])(
    'into the conversation %s that does not exist',
    async (conversationId) => {
      expect(refusal(await send({ conversationId })).slice(0, 2)).toEqual([404, 'not-found'])
    },
  )
})

test('takes 4,000 characters in any script, and whatever JSON can hold', async () => {
  const call = await held()
  for (const content of ['म'.repeat(4_000), '🆘'.repeat(2_000), 'a\u0000b\u2028c"\\</script>', '__proto__']) {
    const reply = await send(call, { content })
    expect([reply.status, (reply.body.message as Message).content]).toEqual([201, content])
  }
})

test('keeps its place among the worker’s messages', async () => {
  const call = await held({}, { m1: messageRecord('help') })
  const { body } = await send(call)
  const { message_id } = PostMessageReply.parse(body).message
  const snapshot = await server.get(`/api/conversation/${call.conversationId}`, ben)
  expect(messageIds(snapshot.body.conversation as Record<string, unknown>)).toEqual(['m1', message_id])
})
