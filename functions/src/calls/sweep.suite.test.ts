import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { conversationRoutes } from '../conversations/routes.ts'
import {
  type CallFixture,
  changeCall,
  messageIds,
  messageRecord,
  startCall,
} from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { type ManualClock, manualClock } from '../platform/testing/manual-clock.ts'
import { callActRoutes } from './act-routes.ts'
import { keepSweeping } from '../sweeps.ts'
import { callRoutes } from './routes.ts'
import { sweepCalls } from './sweep.ts'

let server: LiveServer
let clock: ManualClock
beforeEach(async () => {
  clock = manualClock(Date.now())
  server = await startLiveServer(
    (deps, live) => [
      ...conversationRoutes(deps, live),
      ...callRoutes(deps, live),
      ...callActRoutes(deps, live),
    ],
    { clock },
  )
})
afterEach(() => server.close())

const LONG_AGO = 1_000_000
const held = (seenAgo: number) => ({
  admin_id: 'ben',
  takeover: 1,
  holder_seen_at: Date.now() - seenAgo,
})
const stored = async ({ callId }: CallFixture) =>
  (await server.device.database.ref(`active_calls/${callId}`).get()).val()
const seenAt = async (call: CallFixture): Promise<number> => (await stored(call)).holder_seen_at
const isFresh = async (call: CallFixture): Promise<boolean> => Date.now() - (await seenAt(call)) < 60_000
const ben = () => server.token('ben', 'agent')
const nothing = { archived: 0, added: 0, lapsed: 0, lost: 0, told: 0, failed: 0 }

describe('that the holder of a call is there is noted', () => {
  test.each([
    ['has the conversation open', (call: CallFixture) => `/api/conversation/${call.conversationId}/stream`],
    ['has the board open', () => '/api/calls/stream'],
  ])('while the holder %s', async (_, path) => {
    const call = await startCall(server, { call: held(LONG_AGO) })
    const stream = await server.open(path(call), ben())
    await stream.next('initial')
    await expect.poll(() => isFresh(call)).toBe(true)
    await changeCall(server, call, { holder_seen_at: 5 })
    clock.advance(15_000)
    await expect.poll(() => isFresh(call)).toBe(true)
    stream.close()
  })

  test.each([
    [
      'reads a conversation',
      (call: CallFixture) => server.get(`/api/conversation/${call.conversationId}`, ben()),
    ],
    ['lists the calls', () => server.get('/api/calls', ben())],
    [
      'acts on a call',
      (call: CallFixture) =>
        server.send('PATCH', `/api/calls/${call.callId}`, ben(), { urgency: 'LOW', reason: 'Safe' }),
    ],
  ])('when the holder %s', async (_, ask) => {
    const call = await startCall(server, { call: held(LONG_AGO) })
    expect((await ask(call)).status).toBe(200)
    await expect.poll(() => isFresh(call)).toBe(true)
  })

  test('once in a while, however much they have open, and not by those who only watch', async () => {
    const call = await startCall(server, { call: held(LONG_AGO) })
    const watched = await startCall(server, { call: { ...held(LONG_AGO), admin_id: 'dan' } })
    const notes: number[] = []
    const reference = server.device.database.ref(`active_calls/${call.callId}/holder_seen_at`)
    reference.on('value', (snapshot) => void notes.push(snapshot.val()))
    await expect.poll(() => notes.length).toBe(1)
    const path = `/api/conversation/${call.conversationId}/stream`
    const token = ben()
    const streams = await Promise.all([
      ...Array.from({ length: 5 }, () => server.open(path, token)),
      server.open(path, server.token('ava', 'manager')),
    ])
    await Promise.all(streams.map((stream) => stream.next('initial')))
    await Promise.all(Array.from({ length: 5 }, () => server.get('/api/calls', token)))
    await expect.poll(() => notes.length).toBe(2)
    clock.advance(15_000)
    await expect.poll(() => notes.length).toBe(3)
    expect(Date.now() - (await seenAt(watched))).toBeGreaterThanOrEqual(LONG_AGO)
    for (const stream of streams) stream.close()
    reference.off()
  })
})

describe('a call whose holder has vanished', () => {
  test('goes back to nobody, says so, and tells its conversation once', async () => {
    const call = await startCall(server, { call: held(91_000), messages: { m: messageRecord('Help') } })
    const watcher = await server.open(
      `/api/conversation/${call.conversationId}/stream`,
      server.token('ava', 'manager'),
    )
    await watcher.next('initial')
    expect(await sweepCalls(server.deps)).toEqual(nothing)
    expect(await stored(call)).toMatchObject({ admin_id: 'ben', holder_missed_at: expect.any(Number) })
    clock.advance(40_000)
    expect(await sweepCalls(server.deps)).toEqual({ ...nothing, lost: 1, told: 1 })
    expect(await stored(call)).toMatchObject({
      takeover: 1,
      status: 'ACTIVE',
      released: { from: 'ben', takeover: 1, reason: 'holder-lost', at: expect.any(Number) },
    })
    expect(await stored(call)).not.toHaveProperty('admin_id')
    const told = await watcher.next('new_messages')
    expect(told.data.messages).toMatchObject([
      {
        role: 'system',
        content: 'ben has lost the connection to this call. Anyone on the team can take it over now.',
      },
    ])
    expect(await sweepCalls(server.deps)).toEqual(nothing)
    const path = `/api/calls/${call.callId}`
    expect((await server.send('POST', `${path}/end`, ben(), { lease: 1 })).body).toMatchObject({
      error: { details: { reason: 'not-the-holder', holder: null, takeover: 1 } },
    })
    expect((await server.send('POST', `${path}/takeover`, server.token('cleo', 'agent'))).body).toMatchObject(
      {
        call: { admin_id: 'cleo', takeover: 2, released: { from: 'ben', reason: 'holder-lost' } },
      },
    )
    expect((await server.send('POST', `${path}/end`, ben(), { lease: 1 })).body).toMatchObject({
      error: { details: { reason: 'stale-lease', holder: { admin_id: 'cleo' } } },
    })
    watcher.close()
  })

  test.each<[string, object]>([
    ['seen a moment ago', held(60_000)],
    ['taken over by who notes no presence', { admin_id: 'ben', takeover: 1 }],
    ['of nobody', { holder_seen_at: 5 }],
  ])('is not one %s', async (_, fields) => {
    const call = await startCall(server, { call: fields })
    const before = await stored(call)
    expect(await sweepCalls(server.deps)).toEqual(nothing)
    expect(await stored(call)).toEqual(before)
  })

  test('is not one that was there all the time and could not be noted, as after an outage', async () => {
    const call = await startCall(server, { call: held(LONG_AGO) })
    expect(await sweepCalls(server.deps)).toEqual(nothing)
    await server.get('/api/calls', ben())
    await expect.poll(() => isFresh(call)).toBe(true)
    clock.advance(40_000)
    expect(await sweepCalls(server.deps)).toEqual(nothing)
    expect(await stored(call)).not.toHaveProperty('holder_missed_at')
  })

  test('is told of by the next sweep when a crash came in between, and only once', async () => {
    const released = { from: 'ben', takeover: 1, reason: 'holder-lost', at: 5 }
    const call = await startCall(server, { call: { takeover: 1, released } })
    expect(await sweepCalls(server.deps)).toEqual({ ...nothing, told: 1 })
    // Told, but the crash came before the call says so.
    await changeCall(server, call, { released })
    expect(await sweepCalls(server.deps)).toEqual({ ...nothing, told: 1 })
    const { body } = await server.get(
      `/api/conversation/${call.conversationId}`,
      server.token('ava', 'manager'),
    )
    expect(messageIds(body.conversation as Record<string, unknown>)).toEqual(['system_holder_lost_1'])
  })
})

test('an offer that nobody answered is taken back, and the other one sees the conversation no more', async () => {
  const call = await startCall(server, { call: held(0) })
  await server.send('POST', `/api/calls/${call.callId}/transfer`, ben(), { to: 'cleo' })
  const cleo = await server.open(
    `/api/conversation/${call.conversationId}/stream`,
    server.token('cleo', 'agent'),
  )
  await cleo.next('initial')
  clock.advance(59_000)
  expect(await sweepCalls(server.deps)).toEqual(nothing)
  clock.advance(1_000)
  expect(await sweepCalls(server.deps)).toEqual({ ...nothing, lapsed: 1 })
  await cleo.ended
  expect(cleo.events.at(-1)).toMatchObject({ event: 'error', data: { code: 'access-denied' } })
  expect(await stored(call)).toMatchObject({ admin_id: 'ben', takeover: 1 })
})

test('what fails for one call is tried again and keeps no other waiting', async () => {
  // More than a document of Firestore holds.
  const messages = { m: messageRecord('x'.repeat(1_100_000)) }
  const [full, empty] = [
    await startCall(server, { call: { status: 'ENDED' }, messages }),
    await startCall(server, { call: { status: 'ENDED' } }),
  ]
  expect(await sweepCalls(server.deps)).toEqual({ ...nothing, archived: 1, failed: 1 })
  expect(server.logs.filter(({ level }) => level === 50)).toMatchObject([{ callId: full.callId }])
  expect([(await stored(full)).status, await stored(empty)]).toEqual(['ENDED', null])
  await server.device.database
    .ref(`active_conversations/${full.conversationId}/messages/m/content`)
    .set('short')
  expect(await sweepCalls(server.deps)).toEqual({ ...nothing, archived: 1 })
  expect(await stored(full)).toBeNull()
})

test('a running process sweeps by itself until it is stopped', async () => {
  const timers = clock.pending
  const stop = keepSweeping([() => sweepCalls(server.deps)], server.deps)
  const call = await startCall(server, { call: { status: 'ENDED' } })
  clock.advance(15_000)
  await expect.poll(() => stored(call)).toBeNull()
  stop()
  await expect.poll(() => clock.pending).toBe(timers)
})
