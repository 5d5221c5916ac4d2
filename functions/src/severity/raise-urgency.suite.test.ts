import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callActRoutes } from '../calls/act-routes.ts'
import { archiveCall } from '../calls/archive-call.ts'
import { type CallFixture, changeCall, messageRecord, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { raiseUrgency } from './raise-urgency.ts'
import { onMessageCreated } from './trigger.ts'

let server: LiveServer
let ava: string
beforeAll(async () => {
  server = await startLiveServer(callActRoutes)
  ava = server.token('ava', 'manager')
})
afterAll(() => server.close())

const BREATHING = 'He is not breathing'
const FELL = 'I fell'
/** Only the holder may change the urgency of a call. */
const HELD_BY_AVA = { admin_id: 'ava', takeover: 1 }
const DIZZY = 'I feel dizzy'

const stored = async ({ callId }: CallFixture): Promise<Record<string, unknown>> =>
  (await server.device.database.ref(`active_calls/${callId}`).get()).val()
const start = (call: object = {}) => startCall(server, { call: { urgency: 'LOW', ...call } })

/** Stores a message and returns how the database reports it. */
async function say({ conversationId }: CallFixture, messageId: string, content: string, rest: object = {}) {
  const path = `active_conversations/${conversationId}/messages/${messageId}`
  await server.device.database.ref(path).set(messageRecord(content, rest))
  const message = (await server.device.database.ref(path).get()).val()
  return { conversationId, messageId, stored: message, at: Date.now() }
}
const raise = (report: Awaited<ReturnType<typeof say>>) => raiseUrgency(server.deps, report)
const setByAva = ({ callId }: CallFixture, urgency: string) =>
  server.send('PATCH', `/api/calls/${callId}`, ava, { urgency, reason: 'I spoke with him' })

test('raises a call and keeps what that rests on', async () => {
  const call = await start()
  const report = await say(call, 'msg_a', `Quick! ${BREATHING}.`)
  expect(await raise(report)).toBe('raised')
  expect(await stored(call)).toMatchObject({
    urgency: 'CRITICAL',
    urgency_floor: {
      urgency: 'CRITICAL',
      message_id: 'msg_a',
      at: report.stored.received_at,
      cues: [{ text: 'not breathing', start: 13, end: 26, urgency: 'CRITICAL' }],
    },
  })
})

test.each([
  ['of a higher urgency', { urgency: 'HIGH' }, DIZZY, 'HIGH'],
  ['of the same urgency', { urgency: 'CRITICAL' }, BREATHING, 'CRITICAL'],
])('leaves the urgency of a call %s, and keeps the reason', async (_, given, words, urgency) => {
  const call = await start(given)
  await raise(await say(call, 'msg_a', words))
  expect(await stored(call)).toMatchObject({ urgency, urgency_floor: { message_id: 'msg_a' } })
})

test.each([
  ['quiet words', { content: 'Not bleeding, no fire' }, 'quiet'],
  ['the words of an admin', { content: BREATHING, role: 'admin' }, 'quiet'],
  ['the words of an assistant', { content: BREATHING, role: 'assistant' }, 'quiet'],
  ['what is no message', { content: 7 }, 'malformed'],
])('%s change nothing', async (_, rest, outcome) => {
  const call = await start()
  const before = await stored(call)
  expect(await raise(await say(call, 'msg_a', '', rest))).toBe(outcome)
  expect(await stored(call)).toEqual(before)
})

test('an ended, an archived and an unknown call are left alone', async () => {
  const call = await start()
  const report = await say(call, 'msg_a', BREATHING)
  await changeCall(server, call, { status: 'ENDED', ended_at: Date.now(), ended_by: call.workerId })
  expect(await raise(report)).toBe('gone')
  expect(await stored(call)).toMatchObject({ urgency: 'LOW', status: 'ENDED' })
  await archiveCall(server.deps, call.callId)
  expect(await raise(report)).toBe('gone')
  expect(await stored(call)).toBeNull()
  expect(await raise({ ...report, conversationId: 'conv_unknown' })).toBe('gone')
})

describe('messages in any order, and twice', () => {
  const said: [string, string, number][] = [
    ['msg_c', DIZZY, 1_000],
    ['msg_b', BREATHING, 3_000],
    ['msg_a', BREATHING, 3_000],
    ['msg_d', 'There is a fire in the warehouse', 4_000],
    ['msg_e', FELL, 2_000],
  ]
  test.each([
    ['as they came', [0, 1, 2, 3, 4]],
    ['backwards', [4, 3, 2, 1, 0]],
    ['mixed, and each again', [3, 0, 2, 4, 1, 1, 4, 2, 0, 3]],
  ])('%s: the most urgent that was said first gives the reason', async (_, order) => {
    const call = await start()
    const reports = await Promise.all(
      said.map(([id, words, received_at]) => say(call, id, words, { received_at })),
    )
    for (const index of order) await raise(reports[index]!)
    expect(await stored(call)).toMatchObject({
      urgency: 'CRITICAL',
      urgency_floor: { message_id: 'msg_a', at: 3_000 },
    })
  })

  test('all at once', async () => {
    const call = await start()
    const reports = await Promise.all(
      said.map(([id, words, received_at]) => say(call, id, words, { received_at })),
    )
    await Promise.all([...reports, ...reports].map(raise))
    expect(await stored(call)).toMatchObject({ urgency: 'CRITICAL', urgency_floor: { message_id: 'msg_a' } })
  })
})

describe('what a person decided with a reason', () => {
  test('stands against every message that was there before, also when it is heard of late', async () => {
    const call = await start(HELD_BY_AVA)
    const heard = await say(call, 'msg_a', BREATHING, { received_at: Date.now() - 5_000 })
    const late = await say(call, 'msg_b', BREATHING, { received_at: Date.now() - 4_000 })
    await raise(heard)
    expect((await setByAva(call, 'MEDIUM')).status).toBe(200)
    expect([await raise(heard), await raise(late)]).toEqual(['unchanged', 'unchanged'])
    expect(await stored(call)).toMatchObject({
      urgency: 'MEDIUM',
      urgency_changed: { from: 'CRITICAL', by: 'ava' },
      urgency_floor: { message_id: 'msg_a' },
    })
  })

  test('gives way to a later message, which then gives the reason', async () => {
    const call = await start(HELD_BY_AVA)
    await raise(await say(call, 'msg_a', BREATHING, { received_at: Date.now() - 5_000 }))
    await setByAva(call, 'LOW')
    const report = await say(call, 'msg_b', FELL, { received_at: Date.now() + 2_000 })
    expect(await raise(report)).toBe('raised')
    expect(await stored(call)).toMatchObject({ urgency: 'HIGH', urgency_floor: { message_id: 'msg_b' } })
  })
})

test('a message without a server time counts from when the database had it', async () => {
  const call = await start({ urgency_changed: { from: 'HIGH', by: 'ava', at: 5_000, reason: 'Safe' } })
  const report = await say(call, 'msg_a', BREATHING, { received_at: null })
  expect(await raise({ ...report, at: 4_000 })).toBe('unchanged')
  expect(await raise({ ...report, at: 6_000 })).toBe('raised')
  expect(await stored(call)).toMatchObject({ urgency: 'CRITICAL', urgency_floor: { at: 6_000 } })
})

test('the trigger takes an event as the database sends it, and logs no words', async () => {
  const call = await start()
  const { stored: message } = await say(call, 'msg_a', BREATHING)
  const trigger = onMessageCreated(() => server.deps, {})
  const path = `active_conversations/${call.conversationId}/messages/msg_a`
  const event = {
    specversion: '1.0',
    id: 'event_1',
    source: '//firebasedatabase.googleapis.com/projects/_/locations/us-central1/instances/demo',
    type: 'google.firebase.database.ref.v1.created',
    time: new Date().toISOString(),
    subject: `refs/${path}`,
    ref: path,
    instance: 'demo',
    firebasedatabasehost: 'firebaseio.com',
    location: 'us-central1',
    authtype: 'unknown',
    data: {
      '@type': 'type.googleapis.com/google.events.firebase.database.v1.ReferenceEventData',
      data: null,
      delta: message,
    },
  }
  await trigger(event as unknown as Parameters<typeof trigger>[0])
  expect(await stored(call)).toMatchObject({ urgency: 'CRITICAL', urgency_floor: { message_id: 'msg_a' } })
  expect(JSON.stringify(server.logs)).not.toMatch(/breathing/i)
})

test('the reason is shown with the call', async () => {
  const call = await start()
  await raise(await say(call, 'msg_a', BREATHING, { received_at: 1_000 }))
  const { body } = await server.send('POST', `/api/calls/${call.callId}/takeover`, ava)
  expect(body.call).toMatchObject({
    urgency: 'CRITICAL',
    urgency_floor: { urgency: 'CRITICAL', message_id: 'msg_a', at: '1970-01-01T00:00:01.000Z' },
  })
})
