import { ServerValue } from 'firebase-admin/database'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { replyRoutes } from '../conversations/reply-routes.ts'
import { type CallFixture, changeCall, messageRecord, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import type { EventClient } from '../conversations/testing/event-client.ts'
import { archiveCall } from './archive-call.ts'
import { noteMessage } from './note-message.ts'
import { callRoutes } from './routes.ts'
import { type Call, CallsEvents, CallsReply } from './schema.ts'

let server: LiveServer
beforeEach(async () => {
  server = await startLiveServer((deps, live) => [...callRoutes(deps, live), ...replyRoutes(live)], {
    lingerMs: 100,
  })
})
afterEach(() => server.close())

const at = (path: string) => server.device.database.ref(path)
const boardOf = ({ callId }: CallFixture) => at(`boards/c_acme/${callId}`)

/** Stores a message as its sender does; the function that looks at it runs when the test says so. */
async function say({ conversationId }: CallFixture, messageId: string, rest: object = {}) {
  const path = `active_conversations/${conversationId}/messages/${messageId}`
  await at(path).set(messageRecord(`Words of ${messageId}`, rest))
  return { conversationId, messageId, stored: (await at(path).get()).val() as unknown }
}
const sayAndNote = async (call: CallFixture, messageId: string, rest: object = {}) =>
  noteMessage(server.deps, await say(call, messageId, rest))

const see = ({ conversationId }: CallFixture, messageId: string, uid: string) =>
  server.post(
    `/api/conversation/${conversationId}/seen`,
    server.token(uid, uid === 'ava' ? 'manager' : 'agent'),
    { message_id: messageId },
  )

/** What the list says of a call. */
async function listed({ callId }: CallFixture): Promise<Call | undefined> {
  const { body } = await server.get('/api/calls?limit=500', server.token('ava', 'manager'))
  return CallsReply.parse(body).calls.find(({ call_id }) => call_id === callId)
}
const openBoard = (uid = 'ava', role: 'manager' | 'agent' = 'manager') =>
  server.open('/api/calls/stream', server.token(uid, role))
const initialOf = async (board: EventClient) =>
  CallsEvents.initial.parse((await board.next('initial')).data).calls
/** The next number of unread messages that a board is told of. */
const nextCount = async (board: EventClient) =>
  CallsEvents.call_changed.parse((await board.next('call_changed')).data).unread_count

describe('how many messages of the worker nobody has read', () => {
  test('is told by board and list, falls as anybody of the team reads, and rises again', async () => {
    const call = await startCall(server)
    const board = await openBoard()
    expect((await initialOf(board)).map(({ unread_count }) => unread_count)).toEqual([0])
    for (const id of ['msg_1', 'msg_2', 'msg_3']) await sayAndNote(call, id)
    await expect.poll(async () => nextCount(board)).toBe(3)
    expect((await listed(call))?.unread_count).toBe(3)
    // Cleo only watches: her mark is the team's, and her worker must not find it.
    expect((await see(call, 'msg_2', 'cleo')).status).toBe(200)
    expect(await nextCount(board)).toBe(1)
    const readable = [
      (await at(`active_conversations/${call.conversationId}`).get()).val(),
      (await at(`active_calls/${call.callId}`).get()).val(),
    ]
    expect(JSON.stringify(readable)).not.toContain('cleo')
    expect(JSON.stringify(readable)).not.toContain('seen_to')
    await sayAndNote(call, 'msg_4')
    expect(await nextCount(board)).toBe(2)
    await changeCall(server, call, { admin_id: 'ben', takeover: 1 })
    await board.next(({ event, data }) => event === 'call_changed' && data.admin_id === 'ben')
    expect((await see(call, 'msg_4', 'ben')).status).toBe(200)
    expect(await nextCount(board)).toBe(0)
    // Somebody who is behind takes nothing back.
    expect((await see(call, 'msg_1', 'ava')).status).toBe(200)
    expect((await listed(call))?.unread_count).toBe(0)
    board.close()
  })

  test('counts nothing but the worker’s messages, each once, however and whenever they are reported', async () => {
    const call = await startCall(server, { call: { admin_id: 'ben', takeover: 1 } })
    const first = await say(call, 'msg_1')
    const second = await say(call, 'msg_2')
    const third = await say(call, 'msg_3')
    const answer = await say(call, 'msg_4', { role: 'admin', sender_id: 'ben' })
    const assistant = await say(call, 'msg_5', { role: 'assistant', sender_id: 'assistant' })
    await Promise.all([third, first, answer, third, assistant].map((each) => noteMessage(server.deps, each)))
    expect((await listed(call))?.unread_count).toBe(2)
    // Seen before the function has looked at it: not unread any more when it does.
    expect((await see(call, 'msg_2', 'ben')).status).toBe(200)
    expect(await noteMessage(server.deps, second)).toBe('unchanged')
    expect((await listed(call))?.unread_count).toBe(1)
    expect(await noteMessage(server.deps, first)).toBe('unchanged')
    expect((await listed(call))?.unread_count).toBe(1)
    // What was seen is let go of with the next message.
    await sayAndNote(call, 'msg_6')
    expect(Object.keys((await boardOf(call).child('unread').get()).val() as object)).toEqual([
      'msg_3',
      'msg_6',
    ])
    expect((await listed(call))?.unread_count).toBe(2)
  })

  test('never grows beyond a hundred, and is exact again below it', async () => {
    const call = await startCall(server)
    const ids = Array.from({ length: 130 }, (_, n) => `msg_${String(n).padStart(3, '0')}`)
    const messages = Object.fromEntries(
      ids.map((id, n) => [id, messageRecord('Words', { received_at: 1_000 + n })]),
    )
    await at(`active_conversations/${call.conversationId}/messages`).set(messages)
    for (const id of ids) {
      const { conversationId } = call
      await noteMessage(server.deps, { conversationId, messageId: id, stored: messages[id] })
    }
    expect((await boardOf(call).child('unread').get()).numChildren()).toBe(100)
    expect((await listed(call))?.unread_count).toBe(100)
    expect((await see(call, 'msg_099', 'ava')).status).toBe(200)
    expect((await listed(call))?.unread_count).toBe(30)
  })

  test('is the same for a server that has just started, and for a board that comes back', async () => {
    const call = await startCall(server)
    for (const id of ['msg_1', 'msg_2']) await sayAndNote(call, id)
    await see(call, 'msg_1', 'ava')
    const board = await openBoard()
    expect((await initialOf(board)).map(({ unread_count }) => unread_count)).toEqual([1])
    board.close()
    const second = await startLiveServer(callRoutes, { config: server.deps.config })
    const other = await second.open('/api/calls/stream', second.token('cleo', 'agent'))
    expect((await initialOf(other)).map(({ unread_count }) => unread_count)).toEqual([1])
    // Told by the first server, heard by the second.
    await see(call, 'msg_2', 'ava')
    expect(await nextCount(other)).toBe(0)
    other.close()
    await second.close()
  })

  test('goes with the call when it is archived, and does not come back with a late report', async () => {
    const call = await startCall(server)
    await sayAndNote(call, 'msg_1')
    const late = await say(call, 'msg_2')
    await changeCall(server, call, { status: 'ENDED', ended_at: Date.now(), ended_by: call.workerId })
    expect(await noteMessage(server.deps, late)).toBe('gone')
    expect(await archiveCall(server.deps, call.callId)).toBe('archived')
    expect((await boardOf(call).get()).exists()).toBe(false)
    expect(await noteMessage(server.deps, late)).toBe('gone')
    expect((await boardOf(call).get()).exists()).toBe(false)
  })

  test('is not known of a call whose record names no company', async () => {
    const call = await startCall(server, { call: { company_id: null } })
    expect(await sayAndNote(call, 'msg_1')).toBe('noted')
    expect((await see(call, 'msg_1', 'ava')).status).toBe(200)
    expect(await listed(call)).not.toHaveProperty('unread_count')
    expect((await at('boards').get()).exists()).toBe(false)
  })

  test('falls also when many of the team read at the same moment', async () => {
    const call = await startCall(server)
    const ids = ['msg_1', 'msg_2', 'msg_3', 'msg_4']
    for (const id of ids) await sayAndNote(call, id)
    const readers = Array.from({ length: 12 }, (_, n) => see(call, ids[n % 4] ?? '', `admin_${n}`))
    expect(new Set((await Promise.all(readers)).map(({ status }) => status))).toEqual(new Set([200]))
    expect((await listed(call))?.unread_count).toBe(0)
  })
})

describe('who is writing', () => {
  const type = (call: CallFixture, value: unknown) => boardOf(call).child('typing').set(value)

  test('is told to each who may see the call, for six seconds, and taken back', async () => {
    const call = await startCall(server, { call: { admin_id: 'ben', takeover: 1 } })
    const free = await startCall(server)
    const [ava, cleo] = await Promise.all([openBoard(), openBoard('cleo', 'agent')])
    expect(await initialOf(ava)).toHaveLength(2)
    expect(await initialOf(cleo)).toHaveLength(1)
    await type(call, ServerValue.TIMESTAMP)
    const said = CallsEvents.typing.parse((await ava.next('typing')).data)
    expect(said).toMatchObject({ call_id: call.callId, conversation_id: call.conversationId, typing: true })
    expect(said.expires_in_ms).toBeGreaterThan(0)
    expect(said.expires_in_ms).toBeLessThanOrEqual(6_000)
    await type(call, null)
    expect((await ava.next('typing')).data).toMatchObject({ typing: false, expires_in_ms: 0 })
    // The first that Cleo hears of is the call that she may see.
    await type(free, ServerValue.TIMESTAMP)
    expect((await cleo.next('typing')).data).toMatchObject({ call_id: free.callId })
    ava.close()
    cleo.close()
  })

  test('is told to who comes while it lasts, and not what has lost its force', async () => {
    const now = await startCall(server)
    const before = await startCall(server)
    await type(before, Date.now() - 60_000)
    await type(now, ServerValue.TIMESTAMP)
    const board = await openBoard()
    await initialOf(board)
    expect((await board.next()).data).toMatchObject({ call_id: now.callId, typing: true })
    await type(before, null)
    expect((await board.next()).data).toMatchObject({ call_id: before.callId, typing: false })
    board.close()
  })

  test('never reaches another company, nor anybody once the call is over', async () => {
    const call = await startCall(server)
    const gus = await server.open(
      '/api/calls/stream',
      server.token('gus', 'manager', { company: 'c_globex' }),
    )
    const ava = await openBoard()
    await Promise.all([gus.next('initial'), ava.next('initial')])
    // Even where somebody has written it below another company.
    await at(`boards/c_globex/${call.callId}/typing`).set(ServerValue.TIMESTAMP)
    await type(call, ServerValue.TIMESTAMP)
    await ava.next('typing')
    await changeCall(server, call, { status: 'ENDED' })
    await ava.next('call_removed')
    await type(call, ServerValue.TIMESTAMP)
    const theirs = await startCall(server, { company: 'c_globex' })
    expect((await gus.next('call_added')).data).toMatchObject({ call_id: theirs.callId })
    expect(gus.events.map(({ event }) => event)).toEqual(['initial', 'call_added'])
    const ours = await startCall(server)
    expect((await ava.next(({ event }) => event !== 'heartbeat')).data).toMatchObject({
      call_id: ours.callId,
    })
    ava.close()
    gus.close()
  })
})
