import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ConversationEvents, type Message } from '../schema.ts'
import {
  type CallFixture,
  changeCall,
  messageIds,
  messageRecord,
  startCall,
  write,
} from '../testing/calls.ts'
import { type SocketTestServer, startSocketServer } from '../testing/socket-server.ts'
import { SocketEvents } from './schema.ts'

let server: SocketTestServer
let ava: string
let ben: string

beforeAll(async () => {
  server = await startSocketServer({ heartbeatSeconds: 1, lingerMs: 100, countsListens: true })
  ava = server.token('ava', 'manager')
  ben = server.token('ben', 'agent')
})
afterAll(() => server.close())

const held = () =>
  startCall(server, { call: { admin_id: 'ben', takeover: 2 }, messages: { m1: messageRecord('first') } })
const about = ({ conversationId }: CallFixture) => ({ conversation_id: conversationId })
const of = (call: CallFixture, name: string) => (event: { event: string; data: Record<string, unknown> }) =>
  event.event === name && event.data.conversation_id === call.conversationId

describe('authentication', () => {
  test('by header, or by the first message', async () => {
    const byHeader = await server.connect(ava)
    const { data } = await byHeader.next()
    expect(SocketEvents.authenticated.parse(data).uid).toBe('ava')
    const byMessage = await server.connect()
    byMessage.send({ action: 'authenticate', token: ben, request_id: 'r1' })
    expect(await byMessage.next()).toMatchObject({
      event: 'authenticated',
      data: { uid: 'ben', request_id: 'r1' },
    })
    byMessage.send({ action: 'authenticate', token: ava })
    expect((await byMessage.next('refused')).data).toMatchObject({
      details: { reason: 'already-authenticated' },
    })
    byHeader.socket.close()
    byMessage.socket.close()
  })
})

test('follows many conversations with the events and ids that SSE readers get', async () => {
  const calls = [await held(), await held()] as const
  const [first, second] = calls
  const streams = await Promise.all(
    calls.map(({ conversationId }) => server.open(`/api/conversation/${conversationId}/stream`, ava)),
  )
  const client = await server.connect(ava)
  for (const call of calls) client.send({ action: 'subscribe', request_id: call.callId, ...about(call) })
  for (const call of calls) {
    expect((await client.next('done')).data).toEqual({
      action: 'subscribe',
      request_id: call.callId,
      ...about(call),
    })
    expect(messageIds((await client.next(of(call, 'initial'))).data)).toEqual(['m1'])
  }
  await Promise.all(calls.map((call) => write(server, call, `new-of-${call.callId}`)))
  await changeCall(server, first, { urgency: 'LOW' })
  await server.device.database.ref(`active_conversations/${second.conversationId}/typing/ben`).set(Date.now())
  for (const [index, call] of calls.entries()) {
    const last = index === 0 ? 'call_changed' : 'typing'
    await expect.poll(() => client.events.some(of(call, last))).toBe(true)
    await streams[index]?.next(last)
    const sse = streams[index]?.events.filter(({ event }) => event !== 'heartbeat')
    const mine = client.events.filter(
      ({ event, data }) => data.conversation_id === call.conversationId && event !== 'done',
    )
    expect(mine.map(({ event, id, data }) => ({ event, id, data }))).toEqual(
      sse?.map(({ event, id, data }) => ({ event, id, data })),
    )
  }
  expect((await client.next('heartbeat')).data).toMatchObject({ status: 'connected' })
  for (const stream of streams) stream.close()
  client.socket.close()
  await expect.poll(() => server.live.streams.size()).toBe(0)
  await expect.poll(() => server.listens()).toEqual([])
})

test('a long conversation arrives whole, though it is sent in pieces', async () => {
  // Three bytes each, so that pieces end within a character. No emoji: the SDK breaks them in writes of this size.
  const words = 'मदद'.repeat(1_000)
  const messages = Array.from({ length: 100 }, (_, index) => [`m${index}`, messageRecord(words)])
  const call = await startCall(server, { messages: Object.fromEntries(messages) })
  const client = await server.connect(ava)
  client.send({ action: 'subscribe', ...about(call) })
  const initial = await client.next('initial')
  const stored = initial.data.messages as Message[]
  expect(stored.map(({ content }) => content === words)).toEqual(messages.map(() => true))
  client.socket.close()
})

test('resumes after the last event, without a gap', async () => {
  const call = await held()
  const client = await server.connect(ava)
  client.send({ action: 'subscribe', ...about(call) })
  const { id } = await client.next('initial')
  client.socket.close()
  await write(server, call, 'missed')
  const again = await server.connect(ava)
  again.send({ action: 'subscribe', last_event_id: id, ...about(call) })
  expect(messageIds((await again.next('new_messages')).data)).toEqual(['missed'])
  expect(again.events.some(({ event }) => event === 'initial')).toBe(false)
  again.socket.close()
})

test('says no more of a conversation that was unsubscribed from, and goes on with the others', async () => {
  const [gone, kept] = [await held(), await held()]
  const client = await server.connect(ava)
  for (const call of [gone, kept]) {
    client.send({ action: 'subscribe', ...about(call) })
    await client.next(of(call, 'initial'))
  }
  client.send({ action: 'unsubscribe', ...about(gone) })
  await client.next('done')
  await write(server, gone, 'unheard')
  await write(server, kept, 'heard')
  expect((await client.next('new_messages')).data).toMatchObject(about(kept))
  client.send({ action: 'unsubscribe', ...about(gone) })
  expect((await client.next('refused')).data).toMatchObject({ details: { reason: 'not-subscribed' } })
  client.send({ action: 'subscribe', ...about(gone) })
  expect(messageIds((await client.next(of(gone, 'initial'))).data)).toEqual(['m1', 'unheard'])
  client.send({ action: 'subscribe', ...about(gone) })
  expect((await client.next('refused')).data).toMatchObject({ details: { reason: 'already-subscribed' } })
  client.socket.close()
})

test('ends one conversation’s part and keeps the socket', async () => {
  const [ended, taken, kept] = [await held(), await startCall(server), await held()]
  const client = await server.connect(ben)
  for (const call of [ended, taken, kept]) client.send({ action: 'subscribe', ...about(call) })
  await client.next(of(kept, 'initial'))
  await changeCall(server, ended, { status: 'ENDED' })
  await client.next(of(ended, 'ended'))
  await changeCall(server, taken, { admin_id: 'cleo', takeover: 1 })
  expect((await client.next(of(taken, 'error'))).data).toMatchObject({ code: 'access-denied' })
  await write(server, taken, 'not-for-ben')
  await write(server, kept, 'for-ben')
  expect(messageIds((await client.next('new_messages')).data)).toEqual(['for-ben'])
  client.socket.close()
})

test('sends, marks and types as HTTP does, and answers each action by its name', async () => {
  const call = await held()
  const watcher = await server.open(`/api/conversation/${call.conversationId}/stream`, ava)
  const client = await server.connect(ben)
  client.send({ action: 'typing', typing: true, request_id: 't', ...about(call) })
  client.send({ action: 'seen', message_id: 'm1', request_id: 's', ...about(call) })
  client.send({
    action: 'send_message',
    message_id: 'k',
    content: 'Are you safe?',
    request_id: 'm',
    ...about(call),
  })
  client.send({
    action: 'send_message',
    message_id: 'k',
    content: 'Are you safe?',
    request_id: 'm2',
    ...about(call),
  })
  const answers = []
  for (let answer = 0; answer < 4; answer += 1)
    answers.push(SocketEvents.done.parse((await client.next('done')).data))
  expect(answers.map(({ request_id }) => request_id)).toEqual(['t', 's', 'm', 'm2'])
  expect(answers[1]?.seen).toMatchObject({ uid: 'ben', side: 'admin', message_id: 'm1' })
  expect(answers.map(({ replayed }) => replayed)).toEqual([undefined, undefined, false, true])
  const news = await watcher.next('new_messages')
  expect((news.data.messages as Message[])[0]).toEqual(answers[2]?.message)
  expect(answers[3]?.message).toEqual(answers[2]?.message)
  const overHttp = await server.post(`/api/conversation/${call.conversationId}/messages`, ben, {
    content: 'Are you safe?',
    message_id: 'k',
  })
  expect(overHttp.body.message).toEqual(answers[2]?.message)
  const seen = watcher.events.find(({ event }) => event === 'seen')
  expect(ConversationEvents.seen.parse(seen?.data).marks).toEqual([answers[1]?.seen])
  expect(watcher.events.some(({ event }) => event === 'typing')).toBe(true)
  watcher.close()
  client.socket.close()
})

test.each<[string, { action: string; conversation_id: string } & Record<string, unknown>, object]>([
  ['an unknown conversation', { action: 'subscribe', conversation_id: 'conv_none' }, { code: 'not-found' }],
  [
    'an id that cannot be',
    { action: 'subscribe', conversation_id: '../active_calls' },
    { code: 'not-found' },
  ],
  [
    'a message to an unknown one',
    { action: 'send_message', conversation_id: 'conv_none', content: 'x', message_id: 'k' },
    { code: 'not-found' },
  ],
  [
    'blanks',
    { action: 'send_message', conversation_id: 'c', content: ' ', message_id: 'k' },
    { code: 'invalid-input' },
  ],
  [
    'a message without a key',
    { action: 'send_message', conversation_id: 'c', content: 'x' },
    { code: 'invalid-input' },
  ],
  ['typing without a word', { action: 'typing', conversation_id: 'c' }, { code: 'invalid-input' }],
  ['an unknown action', { action: 'drop', conversation_id: 'c' }, { code: 'invalid-input' }],
])('refuses %s by name, and changes nothing', async (_, message, expected) => {
  const client = await server.connect(ben)
  client.send({ request_id: 'r', ...message })
  const { data } = await client.next('refused')
  const { action, conversation_id } = message
  expect(SocketEvents.refused.parse(data)).toMatchObject({
    request_id: 'r',
    action,
    conversation_id,
    ...expected,
  })
  expect(JSON.stringify(data)).not.toContain('content"')
  client.socket.close()
})

test('says how a call stands to who does not hold it', async () => {
  const call = await held()
  const client = await server.connect(ava)
  client.send({ action: 'send_message', message_id: 'k', content: 'x', ...about(call) })
  expect((await client.next('refused')).data).toMatchObject({
    action: 'send_message',
    code: 'conflict',
    details: { reason: 'not-the-holder', takeover: 2, holder: { admin_id: 'ben' } },
  })
  client.send({ action: 'seen', message_id: 'm1', ...about(call) })
  expect((await client.next('done')).data).toMatchObject({ seen: { side: 'watcher' } })
  const stranger = await server.connect(server.token('gus', 'manager', { company: 'c_globex' }))
  stranger.send({ action: 'subscribe', ...about(call) })
  expect((await stranger.next('refused')).data).toMatchObject({ code: 'not-found' })
  stranger.send({ action: 'send_message', message_id: 'k', content: 'x', ...about(call) })
  expect((await stranger.next('refused')).data).toMatchObject({ code: 'not-found' })
  client.socket.close()
  stranger.socket.close()
})
