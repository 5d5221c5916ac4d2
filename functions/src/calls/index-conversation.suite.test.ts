import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CallFixture, changeCall, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { archiveCall } from './archive-call.ts'
import { type CallWrite, indexConversation } from './index-conversation.ts'
import { onCallWritten } from './trigger.ts'

let server: LiveServer
beforeAll(async () => {
  server = await startLiveServer(() => [])
})
afterAll(() => server.close())

const stored = async ({ callId }: CallFixture): Promise<unknown> =>
  (await server.device.database.ref(`active_calls/${callId}`).get()).val()
const indexed = async ({ conversationId }: CallFixture) =>
  (await server.device.firestore.doc(`conversations/${conversationId}`).get()).data()
const index = (write: CallWrite) => indexConversation(server.deps, write)

/** Makes a change and returns how the database reports it. */
async function change(call: CallFixture, values: object | null, at: number): Promise<CallWrite> {
  const before = await stored(call)
  if (values === null) await server.device.database.ref(`active_calls/${call.callId}`).remove()
  else await changeCall(server, call, values)
  return { callId: call.callId, before, after: await stored(call), at }
}
const created = async (call: CallFixture, at = 1_000): Promise<CallWrite> => ({
  callId: call.callId,
  before: null,
  after: await stored(call),
  at,
})

test('keeps a new call, under the company of its worker', async () => {
  const call = await startCall(server, {
    company: 'c_acme',
    call: { company_id: 'c_globex', started_at: 500 },
  })
  expect(await index(await created(call))).toBe('indexed')
  expect(await indexed(call)).toMatchObject({
    conversation_id: call.conversationId,
    call_id: call.callId,
    worker_id: call.workerId,
    company_id: 'c_acme',
    admin_id: null,
    takeover: 0,
    urgency: 'CRITICAL',
    status: 'ACTIVE',
    medium: 'Voice',
    started_at: 500,
    ended_at: null,
  })
})

test('follows takeover and end, and keeps what others wrote beside', async () => {
  const call = await startCall(server)
  await index(await created(call))
  await server.device.firestore
    .doc(`conversations/${call.conversationId}`)
    .set({ title: 'kept' }, { merge: true })
  await index(await change(call, { admin_id: 'ben', takeover: 1, urgency: 'LOW' }, 2_000))
  expect(await indexed(call)).toMatchObject({ admin_id: 'ben', takeover: 1, urgency: 'LOW', title: 'kept' })
  await index(await change(call, { status: 'ENDED' }, 3_000))
  expect(await indexed(call)).toMatchObject({ status: 'ENDED', ended_at: 3_000, title: 'kept' })
})

test('a report that comes twice changes nothing', async () => {
  const call = await startCall(server)
  await index(await created(call))
  const end = await change(call, { status: 'ENDED' }, 3_000)
  await index(end)
  const once = await indexed(call)
  await index(end)
  expect(await indexed(call)).toEqual(once)
})

describe('reports out of order', () => {
  test('never bring back an older state', async () => {
    const call = await startCall(server)
    const reports = [
      await created(call),
      await change(call, { admin_id: 'ben', takeover: 1 }, 2_000),
      await change(call, { urgency: 'LOW' }, 3_000),
      await change(call, { status: 'ENDED' }, 4_000),
    ]
    for (const report of reports.toReversed()) await index(report)
    expect(await indexed(call)).toMatchObject({
      admin_id: 'ben',
      urgency: 'LOW',
      status: 'ENDED',
      ended_at: 4_000,
    })
  })

  test('nor do reports handled at once', async () => {
    const call = await startCall(server)
    const reports = [await created(call)]
    for (let i = 1; i <= 8; i += 1) reports.push(await change(call, { takeover: i }, 1_000 + i))
    await Promise.all(reports.map(index))
    expect(await indexed(call)).toMatchObject({ takeover: 8 })
  })
})

test('a call that was taken away has ended', async () => {
  const call = await startCall(server)
  await index(await created(call))
  const removal = await change(call, null, 5_000)
  await index(removal)
  expect(await indexed(call)).toMatchObject({ status: 'ENDED', ended_at: 5_000, worker_id: call.workerId })
})

test('an old report that is heard of after the call was archived changes nothing', async () => {
  const call = await startCall(server)
  const old = await change(call, { admin_id: 'cleo', takeover: 1 }, 2_000)
  await change(call, { admin_id: 'ben', takeover: 2, status: 'ENDED', ended_at: 3_000 }, 3_000)
  await archiveCall(server.deps, call.callId)
  const archived = await indexed(call)
  expect(archived).toMatchObject({ admin_id: 'ben', status: 'ENDED', ended_at: 3_000 })
  expect(await index(old)).toBe('unchanged')
  expect(await indexed(call)).toEqual(archived)
})

test('a removal that is heard of first still leaves a whole record', async () => {
  const call = await startCall(server, { call: { admin_id: 'ben' } })
  await index(await change(call, null, 5_000))
  expect(await indexed(call)).toMatchObject({
    status: 'ENDED',
    ended_at: 5_000,
    admin_id: 'ben',
    company_id: 'c_acme',
  })
})

test('a message that touches the call is not worth a write', async () => {
  const call = await startCall(server)
  expect(await index(await change(call, { last_message_at: 9_000 }, 9_000))).toBe('unchanged')
  expect(await indexed(call)).toBeUndefined()
})

test.each<[string, Partial<CallWrite>]>([
  ['a call that is none', { before: null, after: { status: 'ACTIVE' } }],
  ['nothing', { before: null, after: null }],
  ['an id that could climb out of its place', { callId: 'a/b' }],
])('%s is left out and not tried again', async (_, write) => {
  expect(await index({ callId: 'call_x', before: null, after: null, at: 1, ...write })).toBe('malformed')
})

test('the worker whom nobody knows leaves the company open', async () => {
  const call = await startCall(server, { call: { worker_id: 'nobody' } })
  await index(await created(call))
  expect(await indexed(call)).toMatchObject({ company_id: null })
})

test('the trigger takes an event as the database sends it, with the change as a patch', async () => {
  const call = await startCall(server)
  const after = (await stored(call)) as object
  const trigger = onCallWritten(() => server.deps, {})
  const event = {
    specversion: '1.0',
    id: 'event_1',
    source: '//firebasedatabase.googleapis.com/projects/_/locations/us-central1/instances/demo',
    type: 'google.firebase.database.ref.v1.written',
    time: '2025-10-03T06:28:04.000Z',
    subject: `refs/active_calls/${call.callId}`,
    ref: `active_calls/${call.callId}`,
    instance: 'demo',
    firebasedatabasehost: 'firebaseio.com',
    location: 'us-central1',
    authtype: 'unknown',
    data: {
      '@type': 'type.googleapis.com/google.events.firebase.database.v1.ReferenceEventData',
      data: { ...after, status: 'ACTIVE' },
      delta: { status: 'ENDED' },
    },
  }
  await changeCall(server, call, { status: 'ENDED' })
  await trigger(event as unknown as Parameters<typeof trigger>[0])
  expect(await indexed(call)).toMatchObject({
    status: 'ENDED',
    ended_at: Date.parse(event.time),
    medium: 'Voice',
  })
})
