import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conversationRoutes } from './routes.ts'
import { Conversation, ConversationEvents } from './schema.ts'
import { changeCall, messageIds, messageRecord, startCall, write } from './testing/calls.ts'
import { type LiveServer, startLiveServer } from './testing/live-server.ts'

let server: LiveServer
let ava: string

beforeAll(async () => {
  server = await startLiveServer(conversationRoutes, { heartbeatSeconds: 1 })
  ava = server.token('ava', 'manager')
})
afterAll(() => server.close())

const streamPath = ({ conversationId }: { conversationId: string }) =>
  `/api/conversation/${conversationId}/stream`

test('begins with the whole conversation and goes on with each new message', async () => {
  const call = await startCall(server, {
    messages: { m1: messageRecord('first'), m2: messageRecord('second') },
  })
  const stream = await server.open(streamPath(call), ava)
  expect(stream.status).toBe(200)
  expect(Object.fromEntries(stream.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  const initial = await stream.next()
  expect(initial.event).toBe('initial')
  const conversation = Conversation.parse(initial.data)
  expect(conversation).toMatchObject({
    conversation_id: call.conversationId,
    call_id: call.callId,
    worker_id: call.workerId,
    mobile_no: '+919325590143',
    urgency: 'CRITICAL',
    status: 'ACTIVE',
    medium: 'Voice',
    timestamp: '2025-10-03T11:58:04+05:30',
    total_messages: 2,
    admin_id: null,
  })
  expect(messageIds(initial.data)).toEqual(['m1', 'm2'])

  await write(server, call, 'm3')
  const news = await stream.next('new_messages')
  expect(ConversationEvents.new_messages.parse(news.data)).toMatchObject({
    conversation_id: call.conversationId,
    total_messages: 3,
    messages: [{ message_id: 'm3', content: 'text of m3', sources: '', sender_id: 'worker_1' }],
  })
  expect(news.id).toMatch(/^\d{13}\.m3$/)
  stream.close()
})

test('tells of several messages written at once in one event', async () => {
  const call = await startCall(server)
  const stream = await server.open(streamPath(call), ava)
  await stream.next('initial')
  await server.device.database.ref(`active_conversations/${call.conversationId}/messages`).update({
    a: messageRecord('a'),
    b: messageRecord('b'),
    c: messageRecord('c'),
  })
  const news = await stream.next('new_messages')
  expect(messageIds(news.data)).toEqual(['a', 'b', 'c'])
  expect(stream.events.filter(({ event }) => event === 'new_messages')).toHaveLength(1)
  stream.close()
})

test('beats', async () => {
  const call = await startCall(server)
  const stream = await server.open(streamPath(call), ava)
  const beat = await stream.next('heartbeat')
  expect(beat.data).toEqual({ timestamp: expect.stringMatching(/^\d{4}-.*Z$/), status: 'connected' })
  stream.close()
})

describe('the end', () => {
  test('is said when the call ends, after all its messages, and the stream closes', async () => {
    const call = await startCall(server)
    const stream = await server.open(streamPath(call), ava)
    await stream.next('initial')
    await server.device.database.ref().update({
      [`active_calls/${call.callId}/status`]: 'ENDED',
      [`active_conversations/${call.conversationId}/messages/last`]: messageRecord('last words'),
    })
    await stream.ended
    const names = stream.events.map(({ event }) => event).filter((name) => name !== 'heartbeat')
    expect(names.toSorted()).toEqual(['call_changed', 'ended', 'initial', 'new_messages'])
    expect(names.at(-1)).toBe('ended')
    expect(stream.events.at(-1)?.data).toEqual({
      message: 'Conversation has ended',
      conversation_id: call.conversationId,
    })
  })

  test('is said when the conversation is taken away', async () => {
    const call = await startCall(server)
    const stream = await server.open(streamPath(call), ava)
    await stream.next('initial')
    await server.device.database.ref(`active_conversations/${call.conversationId}`).remove()
    await stream.ended
    expect(stream.events.at(-1)?.event).toBe('ended')
  })

  test('is said when the call is taken away', async () => {
    const call = await startCall(server)
    const stream = await server.open(streamPath(call), ava)
    await stream.next('initial')
    await server.device.database.ref(`active_calls/${call.callId}`).remove()
    await stream.ended
    expect(stream.events.at(-1)?.event).toBe('ended')
  })

  test('follows the whole conversation at once when the call had ended before', async () => {
    const call = await startCall(server, { call: { status: 'ENDED' }, messages: { m1: messageRecord('x') } })
    const stream = await server.open(streamPath(call), ava)
    await stream.ended
    expect(stream.events.map(({ event }) => event)).toEqual(['initial', 'ended'])
  })
})

test('tells when urgency or holder change, and not when a message touches the call', async () => {
  const call = await startCall(server)
  const stream = await server.open(streamPath(call), ava)
  await stream.next('initial')
  await changeCall(server, call, { last_message_at: 5 })
  await changeCall(server, call, { urgency: 'LOW' })
  const changed = await stream.next('call_changed')
  expect(changed.data).toEqual({
    conversation_id: call.conversationId,
    call_id: call.callId,
    urgency: 'LOW',
    status: 'ACTIVE',
    admin_id: null,
  })
  await changeCall(server, call, { admin_id: 'ava', takeover: 1 })
  expect((await stream.next('call_changed')).data).toMatchObject({ admin_id: 'ava' })
  stream.close()
})
