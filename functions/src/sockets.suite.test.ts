import { afterAll, beforeAll, expect, test } from 'vitest'
import { archiveCall } from './calls/archive-call.ts'
import { changeCall, messageIds, messageRecord, startCall } from './conversations/testing/calls.ts'
import { type SocketTestServer, startSocketServer } from './conversations/testing/socket-server.ts'

let server: SocketTestServer
beforeAll(async () => {
  server = await startSocketServer()
})
afterAll(() => server.close())

test('an archived conversation is told at once, and a message sent again is still answered', async () => {
  const call = await startCall(server, {
    call: { admin_id: 'ben', takeover: 1 },
    messages: { m1: messageRecord('help', { received_at: 1_000 }) },
  })
  const { conversationId: conversation_id } = call
  const client = await server.connect(server.token('ben', 'agent'))
  const message = { action: 'send_message', conversation_id, content: 'Are you safe?', message_id: 'k' }
  client.send(message)
  const { data: first } = await client.next('done')
  await changeCall(server, call, { status: 'ENDED' })
  expect(await archiveCall(server.deps, call.callId)).toBe('archived')

  client.send({ action: 'subscribe', conversation_id })
  const { data } = await client.next('initial')
  const sent = first.message as { message_id: string }
  expect(messageIds(data)).toEqual(['m1', sent.message_id])
  expect((await client.next()).event).toBe('ended')

  client.send(message)
  expect((await client.next('done')).data).toEqual({ ...first, replayed: true })
  client.send({ ...message, message_id: 'k2' })
  expect((await client.next('refused')).data).toMatchObject({
    code: 'conflict',
    details: { reason: 'ended' },
  })
  client.send({ action: 'seen', conversation_id, message_id: 'm1' })
  expect((await client.next('refused')).data).toMatchObject({
    code: 'conflict',
    details: { reason: 'ended' },
  })
  client.socket.close()
})
