import { afterAll, beforeAll, expect, test } from 'vitest'
import { conversationRoutes } from '../conversations/routes.ts'
import { type CallFixture, messageIds, messageRecord, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { archiveCall } from './archive-call.ts'

/** The rules keep clients from it; what an older back end or an administrator writes must do no harm either. */

let server: LiveServer
beforeAll(async () => {
  server = await startLiveServer(conversationRoutes)
})
afterAll(() => server.close())

const ENDED = { status: 'ENDED', ended_at: 5_000, ended_by: 'ben' }

/** Another company's worker starts a call under the ids of `call`, and ends it. */
async function intrude(call: CallFixture, over: object): Promise<void> {
  const intruder = await startCall(server, { company: 'c_globex' })
  await server.device.database.ref().update({
    [`active_calls/${intruder.callId}`]: null,
    [`active_conversations/${intruder.conversationId}`]: null,
    [`active_calls/${call.callId}`]: {
      conversation_id: call.conversationId,
      worker_id: intruder.workerId,
      company_id: 'c_globex',
      urgency: 'LOW',
      medium: 'Text',
      timestamp: '2025-10-03T11:58:04+05:30',
      started_at: 9_000,
      ...ENDED,
      ...over,
    },
    [`active_conversations/${call.conversationId}`]: {
      call_id: call.callId,
      worker_id: intruder.workerId,
      company_id: 'c_globex',
      messages: { forged: messageRecord('I was never in danger', { received_at: 9_001 }) },
    },
  })
}

const archived = async ({ conversationId }: CallFixture) => {
  const document = server.device.firestore.doc(`conversations/${conversationId}`)
  const { docs } = await document.collection('messages').get()
  return { index: (await document.get()).data(), ids: docs.map(({ id }) => id) }
}

test.each([
  ['by another worker', () => ({})],
  ['by the same worker', ({ workerId }: CallFixture) => ({ worker_id: workerId })],
])('nothing is added to an archive when its ids are used again %s', async (_, over) => {
  const call = await startCall(server, {
    call: { ...ENDED, started_at: 1_000 },
    messages: { true: messageRecord('Help', { received_at: 1_001 }) },
  })
  expect(await archiveCall(server.deps, call.callId)).toBe('archived')
  const before = await archived(call)
  expect(before.ids).toEqual(['true'])
  await intrude(call, over(call))
  expect(await archiveCall(server.deps, call.callId)).toBe('malformed')
  expect(await archived(call)).toEqual(before)
  expect(server.logs).toContainEqual(
    expect.objectContaining({
      conversationId: call.conversationId,
      msg: expect.stringMatching(/used again/),
    }),
  )
})

test('whose ids another company uses again, its archive stays in sight, and neither sees what is of the other', async () => {
  const call = await startCall(server, {
    call: { ...ENDED, started_at: 1_000 },
    messages: { true: messageRecord('Help', { received_at: 1_001 }) },
  })
  await archiveCall(server.deps, call.callId)
  await intrude(call, { status: 'ACTIVE', ended_at: null, ended_by: null })
  for (const [uid, company, expected] of [
    ['ava', 'c_acme', ['true']],
    ['gus', 'c_globex', ['forged']],
  ] as const) {
    const token = server.token(uid, 'manager', { company })
    const { status, body } = await server.get(`/api/conversation/${call.conversationId}`, token)
    expect([status, messageIds((body.conversation ?? { messages: [] }) as Record<string, unknown>)]).toEqual([
      200,
      expected,
    ])
    const stream = await server.open(`/api/conversation/${call.conversationId}/stream`, token)
    expect(messageIds((await stream.next('initial')).data)).toEqual(expected)
    stream.close()
  }
})
