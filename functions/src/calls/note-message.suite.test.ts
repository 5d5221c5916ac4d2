import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CallFixture, changeCall, messageRecord, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { archiveCall } from './archive-call.ts'
import { noteMessage } from './note-message.ts'
import { callRoutes } from './routes.ts'

let server: LiveServer
let ava: string
beforeAll(async () => {
  server = await startLiveServer(callRoutes)
  ava = server.token('ava', 'manager')
})
afterAll(() => server.close())

async function say({ conversationId }: CallFixture, messageId: string, content: string, rest: object = {}) {
  const path = `active_conversations/${conversationId}/messages/${messageId}`
  await server.device.database.ref(path).set(messageRecord(content, rest))
  return { conversationId, messageId, stored: (await server.device.database.ref(path).get()).val() }
}
const stored = async ({ callId }: CallFixture) =>
  (await server.device.database.ref(`active_calls/${callId}`).get()).val()

test('the board shows the last words and since when they have had no answer', async () => {
  const call = await startCall(server, {})
  const message = await say(call, 'msg_a', 'There is smoke')
  expect(await noteMessage(server.deps, message)).toBe('noted')
  expect(await noteMessage(server.deps, message)).toBe('unchanged')
  const reply = await server.get('/api/calls?limit=500', ava)
  const { calls } = reply.body as { calls: { call_id: string }[] }
  const at = new Date(message.stored.received_at).toISOString()
  expect(calls.find(({ call_id }) => call_id === call.callId)).toMatchObject({
    last_words: { message_id: 'msg_a', role: 'user', text: 'There is smoke' },
    worker_words: { message_id: 'msg_a', text: 'There is smoke' },
    unread_count: 1,
    worker_message_at: at,
    unanswered_at: at,
  })
})

test('ten messages at once are all taken in', async () => {
  const call = await startCall(server, {})
  const said = []
  for (let n = 0; n < 10; n += 1) said.push(await say(call, `msg_${n}`, `Words ${n}`))
  await Promise.all(said.toReversed().map((message) => noteMessage(server.deps, message)))
  const last = said.at(-1)?.stored.received_at
  expect((await stored(call)).talk).toMatchObject({ last: { text: 'Words 9', at: last }, worker_at: last })
})

test('what is no message, and what belongs to no active call, leaves no trace', async () => {
  const call = await startCall(server, {})
  expect(await noteMessage(server.deps, await say(call, 'msg_a', '', { content: 7 }))).toBe('malformed')
  const message = await say(call, 'msg_b', 'Too late')
  await changeCall(server, call, { status: 'ENDED', ended_at: Date.now(), ended_by: call.workerId })
  expect(await noteMessage(server.deps, message)).toBe('gone')
  expect(await stored(call)).not.toHaveProperty('talk')
  await archiveCall(server.deps, call.callId)
  expect(await noteMessage(server.deps, message)).toBe('gone')
  expect(await stored(call)).toBeNull()
})
