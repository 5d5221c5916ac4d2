import { ServerValue } from 'firebase-admin/database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { replyRoutes } from './reply-routes.ts'
import { conversationRoutes } from './routes.ts'
import { ConversationEvents, SeenReply } from './schema.ts'
import { type CallFixture, changeCall, messageRecord, startCall } from './testing/calls.ts'
import { type LiveServer, startLiveServer } from './testing/live-server.ts'

/** Behind the database's by the time that has passed since; it moves only where a test says so. */
const clock = manualClock(Date.now())
let server: LiveServer
let ava: string
let ben: string

beforeAll(async () => {
  server = await startLiveServer((deps, live) => [...conversationRoutes(deps, live), ...replyRoutes(live)], {
    clock,
  })
  ava = server.token('ava', 'manager')
  ben = server.token('ben', 'agent')
})
afterAll(() => server.close())

const held = (call: object = {}) =>
  startCall(server, {
    call: { admin_id: 'ben', takeover: 2, ...call },
    messages: {
      m1: messageRecord('one', { received_at: 1_000 }),
      m2: messageRecord('two', { received_at: 2_000 }),
    },
  })
const post = (
  { conversationId }: Pick<CallFixture, 'conversationId'>,
  what: string,
  token: string,
  body: unknown,
) => server.post(`/api/conversation/${conversationId}/${what}`, token, body)
const see = (call: CallFixture, message_id: unknown, token = ben) => post(call, 'seen', token, { message_id })
const watch = ({ conversationId }: CallFixture, token = ava) =>
  server.open(`/api/conversation/${conversationId}/stream`, token)
const stored = async (path: string) => (await server.device.database.ref(path).get()).val()
const asWorker = ({ conversationId, workerId }: CallFixture, what: string, value: unknown) =>
  server.device.database.ref(`active_conversations/${conversationId}/${what}/${workerId}`).set(value)
const refusal = ({ status, body }: Awaited<ReturnType<typeof post>>) => {
  const { code, details } = body.error as { code: string; details?: { reason: string } }
  return [status, code, details?.reason]
}

describe('what the holder of a call has seen', () => {
  test('is kept where its worker sees it, and told to every reader', async () => {
    const call = await held()
    const stream = await watch(call)
    await stream.next('initial')
    const reply = await see(call, 'm2')
    const { seen } = SeenReply.parse(reply.body)
    expect([reply.status, seen]).toEqual([
      200,
      { uid: 'ben', side: 'admin', message_id: 'm2', seen_at: expect.any(String) },
    ])
    expect(await stored(`active_conversations/${call.conversationId}/seen`)).toEqual({
      ben: { message_id: 'm2', received_at: 2_000, seen_at: Date.parse(seen.seen_at) },
    })
    const event = await stream.next('seen')
    expect(ConversationEvents.seen.parse(event.data)).toEqual({
      conversation_id: call.conversationId,
      marks: [seen],
    })
    expect(event.id).toBeUndefined()
    stream.close()
  })

  test('never goes back to an earlier message', async () => {
    const call = await held()
    const { seen } = SeenReply.parse((await see(call, 'm2')).body)
    expect(SeenReply.parse((await see(call, 'm1')).body).seen).toEqual(seen)
    expect(SeenReply.parse((await see(call, 'm2')).body).seen).toEqual(seen)
    const messages = Array.from({ length: 20 }, (_, i) => [
      `x${i}`,
      messageRecord('x', { received_at: 3_000 + i }),
    ])
    await server.device.database
      .ref(`active_conversations/${call.conversationId}/messages`)
      .update(Object.fromEntries(messages))
    const marks = await Promise.all(messages.map(([id]) => see(call, id)))
    expect(new Set(marks.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await stored(`active_conversations/${call.conversationId}/seen/ben`)).toMatchObject({
      message_id: 'x19',
    })
  })
})

describe('what one who only watches has seen', () => {
  test('leaves no mark for the worker, and is told to the team', async () => {
    const call = await held()
    const stream = await watch(call, ben)
    await stream.next('initial')
    const { seen } = SeenReply.parse((await see(call, 'm1', ava)).body)
    expect(seen).toMatchObject({ uid: 'ava', side: 'watcher', message_id: 'm1' })
    expect((await stream.next('seen')).data.marks).toEqual([seen])
    // The worker may read all of this and nothing else.
    const readable = JSON.stringify(await stored(`active_conversations/${call.conversationId}`))
    expect(readable).not.toContain('ava')
    expect(await stored(`team_seen/${call.conversationId}`)).toEqual({
      ava: { message_id: 'm1', received_at: 1_000, seen_at: Date.parse(seen.seen_at) },
    })
    stream.close()
  })

  test('never goes back either, and stays silent where nobody holds the call', async () => {
    const call = await held({ admin_id: null, takeover: 0 })
    await see(call, 'm2', ava)
    expect(SeenReply.parse((await see(call, 'm1', ava)).body).seen.message_id).toBe('m2')
    expect(await stored(`active_conversations/${call.conversationId}/seen`)).toBeNull()
  })

  test('becomes visible only with what is seen after taking the call over', async () => {
    const call = await held({ admin_id: null, takeover: 0 })
    await see(call, 'm1', ben)
    await changeCall(server, call, { admin_id: 'ben', takeover: 1 })
    expect(await stored(`active_conversations/${call.conversationId}/seen`)).toBeNull()
    expect(SeenReply.parse((await see(call, 'm2')).body).seen.side).toBe('admin')
  })
})

describe('a stream', () => {
  test('begins with the marks, the typing and the last contact that there are', async () => {
    const call = await held()
    await see(call, 'm1')
    await see(call, 'm2', ava)
    await asWorker(call, 'typing', ServerValue.TIMESTAMP)
    await asWorker(call, 'presence', { last_seen: ServerValue.TIMESTAMP })
    const stream = await watch(call)
    const marks = (await stream.next('seen')).data.marks as { uid: string }[]
    // The team's own marks may come a moment later, by a listener of their own.
    while (marks.length < 2) marks.push(...((await stream.next('seen')).data.marks as { uid: string }[]))
    expect(marks.map(({ uid }) => uid).toSorted()).toEqual(['ava', 'ben'])
    await expect
      .poll(() => stream.events.map(({ event }) => event))
      .toEqual(expect.arrayContaining(['presence', 'typing']))
    const dataOf = (name: string) => stream.events.find(({ event }) => event === name)?.data
    expect(ConversationEvents.typing.parse(dataOf('typing'))).toMatchObject({
      uid: call.workerId,
      side: 'worker',
      typing: true,
    })
    const presence = ConversationEvents.presence.parse(dataOf('presence'))
    expect(presence.uid).toBe(call.workerId)
    expect(presence.age_ms).toBe(0)
    const told = `active_conversations/${call.conversationId}/presence/${call.workerId}/last_seen`
    expect(Date.parse(presence.last_contact_at)).toBe(await stored(told))
    stream.close()
  })

  test('tells what the worker has seen, and when they were last heard of', async () => {
    const call = await held()
    const stream = await watch(call)
    await stream.next('initial')
    await asWorker(call, 'seen', { message_id: 'm1', received_at: 1_000, seen_at: ServerValue.TIMESTAMP })
    expect((await stream.next('seen')).data.marks).toMatchObject([
      { uid: call.workerId, side: 'worker', message_id: 'm1' },
    ])
    await asWorker(call, 'presence', { last_seen: clock.now() - 90_000 })
    const { age_ms } = ConversationEvents.presence.parse((await stream.next('presence')).data)
    expect(age_ms).toBe(90_000)
    stream.close()
  })

  test('passes over typing that has lost its force, and whatever is malformed', async () => {
    const call = await held()
    await asWorker(call, 'typing', clock.now() - 60_000)
    await asWorker(call, 'seen', { message_id: 'm 1', received_at: 'x' })
    await asWorker(call, 'presence', { last_seen: 1e300 })
    const stream = await watch(call)
    await stream.next('initial')
    await asWorker(call, 'typing', null)
    expect((await stream.next((event) => event.event !== 'heartbeat')).data).toEqual({
      conversation_id: call.conversationId,
      uid: call.workerId,
      side: 'worker',
      typing: false,
      expires_in_ms: 0,
    })
    stream.close()
  })
})

describe('typing', () => {
  test('of the holder is told for six seconds, ends at a word, and costs one write in two seconds', async () => {
    const call = await held()
    const stream = await watch(call)
    await stream.next('initial')
    for (let key = 0; key < 10; key += 1) {
      expect((await post(call, 'typing', ben, { typing: true })).body).toEqual({
        success: true,
        typing: true,
      })
    }
    const event = ConversationEvents.typing.parse((await stream.next('typing')).data)
    expect(event).toMatchObject({ uid: 'ben', side: 'admin', typing: true, expires_in_ms: 6_000 })
    clock.advance(2_000)
    await post(call, 'typing', ben, { typing: true })
    expect((await stream.next('typing')).data).toMatchObject({ uid: 'ben', typing: true })
    await post(call, 'typing', ben, { typing: false })
    expect((await stream.next('typing')).data).toMatchObject({ uid: 'ben', typing: false })
    expect(stream.events.filter(({ event }) => event === 'typing')).toHaveLength(3)
    expect(await stored(`active_conversations/${call.conversationId}/typing`)).toBeNull()
    stream.close()
  })

  test.each<[string, string, object, object, unknown[]]>([
    ['to a manager who watches', 'ava', {}, {}, [409, 'conflict', 'not-the-holder']],
    ['to a colleague', 'cleo', {}, {}, [409, 'conflict', 'held-by-another']],
    ['where nobody holds the call', 'ben', { admin_id: null }, {}, [409, 'conflict', 'not-the-holder']],
    ['where the call has ended', 'ben', { status: 'ENDED' }, {}, [409, 'conflict', 'ended']],
    ['under an old lease', 'ben', {}, { lease: 1 }, [409, 'conflict', 'stale-lease']],
    ['without a word', 'ben', {}, { typing: 'yes' }, [400, 'invalid-input', undefined]],
  ])('is refused %s', async (_, uid, change, body, expected) => {
    const call = await held(change)
    const token = server.token(uid, uid === 'ava' ? 'manager' : 'agent')
    expect(refusal(await post(call, 'typing', token, { typing: true, ...body }))).toEqual(expected)
    expect(await stored(`active_conversations/${call.conversationId}/typing`)).toBeNull()
  })
})

test.each<[string, string, 'agent' | 'manager' | 'worker', object, unknown, unknown[]]>([
  ['of a message that is not there', 'ben', 'agent', {}, 'm9', [404, 'not-found', undefined]],
  ['of no message at all', 'ben', 'agent', {}, '', [400, 'invalid-input', undefined]],
  ['of a path', 'ben', 'agent', {}, '../m1', [400, 'invalid-input', undefined]],
  ['of a number', 'ben', 'agent', {}, 7, [400, 'invalid-input', undefined]],
  ['by a colleague who may not read', 'cleo', 'agent', {}, 'm1', [403, 'forbidden', undefined]],
  ['by a worker', 'worker_1', 'worker', {}, 'm1', [403, 'forbidden', undefined]],
  ['where the call has ended', 'ben', 'agent', { status: 'ENDED' }, 'm1', [409, 'conflict', 'ended']],
])('a mark is refused %s', async (_, uid, role, change, message, expected) => {
  const call = await held(change)
  expect(refusal(await see(call, message, server.token(uid, role)))).toEqual(expected)
  expect(await stored(`active_conversations/${call.conversationId}/seen`)).toBeNull()
  expect(await stored(`team_seen/${call.conversationId}`)).toBeNull()
})
