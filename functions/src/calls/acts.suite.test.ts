import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CallFixture, changeCall, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { callActRoutes } from './act-routes.ts'
import { archiveCall } from './archive-call.ts'

let server: LiveServer
const clock = manualClock(Date.now())
const tokens: Record<string, string> = {}

beforeAll(async () => {
  server = await startLiveServer(callActRoutes, { clock })
  for (const [uid, role] of [
    ['ava', 'manager'],
    ['ben', 'agent'],
    ['cleo', 'agent'],
    ['dan', 'agent'],
    ['ada', 'admin'],
  ] as const) {
    tokens[uid] = server.token(uid, role)
  }
  tokens.gus = server.token('gus', 'manager', { company: 'c_globex' })
  tokens.worker = server.token('worker_1', 'worker')
})
afterAll(() => server.close())

const bodies: Record<string, object> = {
  urgency: { urgency: 'LOW', reason: 'He is safe' },
  transfer: { to: 'dan' },
  end: { reason: 'Safe' },
}
async function act(who: string, what: string, { callId }: { callId: string }, extra: object = {}) {
  const path = `/api/calls/${callId}${what === 'urgency' ? '' : `/${what}`}`
  const given = { ...bodies[what], ...extra }
  // Most acts need no body at all.
  const body = Object.keys(given).length === 0 ? undefined : given
  const reply = await server.send(what === 'urgency' ? 'PATCH' : 'POST', path, tokens[who] ?? '', body)
  const { call, error } = reply.body as { call: Record<string, unknown>; error: Record<string, unknown> }
  return { status: reply.status, call, error }
}
const stored = async ({ callId }: CallFixture): Promise<Record<string, unknown>> =>
  (await server.device.database.ref(`active_calls/${callId}`).get()).val()

const offered = { to: 'cleo', by: 'ben', at: 1, lapses_at: Date.now() + 600_000 }
const states = {
  free: {},
  "ben's": { admin_id: 'ben', takeover: 1 },
  "ben's, offered to cleo": { admin_id: 'ben', takeover: 1, transfer: offered },
  "ben's, ended": { admin_id: 'ben', takeover: 1, status: 'ENDED' },
  'free, ended': { status: 'ENDED' },
}

describe('who may do what', () => {
  const people = ['ava', 'ben', 'cleo', 'dan', 'ada', 'gus', 'worker']
  // Columns: ava (ben's manager), ben, cleo, dan (agents), ada (administrator), gus (other company), a worker.
  test.each<[keyof typeof states, string, number[]]>([
    ['free', 'takeover', [200, 200, 200, 200, 200, 404, 403]],
    ['free', 'release', [409, 409, 409, 409, 409, 404, 403]],
    ['free', 'end', [409, 409, 409, 409, 409, 404, 403]],
    ['free', 'urgency', [409, 409, 409, 409, 409, 404, 403]],
    ['free', 'transfer/accept', [409, 409, 409, 409, 409, 404, 403]],
    ['free', 'transfer/decline', [409, 409, 409, 409, 409, 404, 403]],
    ["ben's", 'takeover', [409, 200, 409, 409, 409, 404, 403]],
    ["ben's", 'release', [200, 200, 409, 409, 409, 404, 403]],
    ["ben's", 'end', [200, 200, 409, 409, 409, 404, 403]],
    ["ben's", 'urgency', [409, 200, 409, 409, 409, 404, 403]],
    ["ben's", 'transfer', [409, 200, 409, 400, 409, 400, 403]],
    ["ben's, offered to cleo", 'transfer/accept', [409, 200, 200, 409, 409, 404, 403]],
    ["ben's, offered to cleo", 'transfer/decline', [409, 200, 200, 409, 409, 404, 403]],
    ["ben's, offered to cleo", 'release', [200, 200, 409, 409, 409, 404, 403]],
    ["ben's, ended", 'takeover', [409, 409, 409, 409, 409, 404, 403]],
    ["ben's, ended", 'end', [200, 200, 409, 409, 409, 404, 403]],
    ["ben's, ended", 'release', [409, 409, 409, 409, 409, 404, 403]],
    ["ben's, ended", 'urgency', [409, 409, 409, 409, 409, 404, 403]],
    ['free, ended', 'takeover', [409, 409, 409, 409, 409, 404, 403]],
    ['free, ended', 'end', [409, 409, 409, 409, 409, 404, 403]],
  ])('%s, %s: %j', async (state, what, expected) => {
    const statuses = people.map(async (who) => {
      const call = await startCall(server, { call: states[state] })
      const before = await stored(call)
      const { status } = await act(who, what, call)
      return { status, isAsBefore: isDeepStrictEqual(before, await stored(call)) }
    })
    const found = await Promise.all(statuses)
    expect(found.map(({ status }) => status)).toEqual(expected)
    expect(found.filter(({ status, isAsBefore }) => status !== 200 && !isAsBefore)).toEqual([])
  })

  test("another company's call is answered in the words of one that does not exist", async () => {
    const call = await startCall(server)
    for (const what of ['takeover', 'release', 'end', 'urgency', 'transfer/accept', 'transfer/decline']) {
      const theirs = await act('gus', what, call)
      const nothing = await act('gus', what, { callId: 'call_nowhere' })
      const impossible = await act('gus', what, { callId: '..%2Factive_calls' })
      expect([theirs.status, nothing.status, impossible.status]).toEqual([404, 404, 404])
      expect(theirs.error).toEqual(nothing.error)
      expect(theirs.error).toEqual(impossible.error)
    }
  })

  test('a worker learns nothing, not even whether a call exists', async () => {
    const call = await startCall(server)
    for (const target of [call, { callId: 'call_nowhere' }]) {
      expect((await act('worker', 'takeover', target)).status).toBe(403)
    }
  })
})

describe('taking a call over', () => {
  test('raises the lease by one each time, and repeating it changes nothing', async () => {
    const call = await startCall(server)
    for (const lease of [1, 2, 3]) {
      expect(await act('ben', 'takeover', call)).toMatchObject({
        status: 200,
        call: { admin_id: 'ben', takeover: lease, taken_over_at: expect.any(String) },
      })
      const once = await stored(call)
      expect(await act('ben', 'takeover', call)).toMatchObject({ status: 200, call: { takeover: lease } })
      expect(await stored(call)).toEqual(once)
      await act('ben', 'release', call)
    }
  })

  test('tells who comes too late who holds the call, and under which lease', async () => {
    await server.device.firestore.doc('admins/ben').update({ name: 'Ben Okafor' })
    clock.advance(60_000)
    const call = await startCall(server, { call: states["ben's"] })
    expect((await act('cleo', 'takeover', call)).error).toMatchObject({
      code: 'conflict',
      message: 'Ben Okafor holds this call.',
      details: { reason: 'already-held', holder: { admin_id: 'ben', name: 'Ben Okafor' }, takeover: 1 },
    })
  })

  test('leaves alone what it does not know of the call', async () => {
    const call = await startCall(server, { call: { legacy: { note: 1 } } })
    await act('ben', 'takeover', call)
    expect(await stored(call)).toMatchObject({ legacy: { note: 1 }, worker_id: call.workerId })
  })
})

describe('an old lease', () => {
  test.each(['release', 'end', 'urgency', 'transfer'])('is refused: %s', async (what) => {
    const call = await startCall(server, { call: states["ben's"] })
    await act('ben', 'release', call)
    await act('ben', 'takeover', call)
    const before = await stored(call)
    const late = await act('ben', what, call, { lease: 1 })
    expect(late).toMatchObject({
      status: 409,
      error: { details: { reason: 'stale-lease', takeover: 2, holder: { admin_id: 'ben' } } },
    })
    expect(await stored(call)).toEqual(before)
    expect((await act('ben', what, call, { lease: 2 })).status).toBe(200)
  })

  test('of a former holder names the new one', async () => {
    const call = await startCall(server, { call: states["ben's"] })
    await act('ben', 'release', call)
    await act('cleo', 'takeover', call)
    expect((await act('ben', 'end', call, { lease: 1 })).error).toMatchObject({
      details: { reason: 'stale-lease', holder: { admin_id: 'cleo' }, takeover: 2 },
    })
  })
})

test('handing back says who did it', async () => {
  const call = await startCall(server, { call: states["ben's"] })
  const { call: free } = await act('ava', 'release', call)
  expect(free).toMatchObject({
    admin_id: null,
    takeover: 1,
    released: { from: 'ben', by: 'ava', takeover: 1, reason: 'released', at: expect.any(String) },
  })
  expect(free).not.toHaveProperty('holder_seen_at')
})

test('ending says who did it and why, keeps the holder, and can be repeated', async () => {
  const call = await startCall(server, { call: states["ben's, offered to cleo"] })
  const { call: ended } = await act('ben', 'end', call)
  expect(ended).toMatchObject({ status: 'ENDED', admin_id: 'ben', ended_by: 'ben', end_reason: 'Safe' })
  expect(ended).not.toHaveProperty('transfer')
  const once = await stored(call)
  expect(Date.now() - Number(once.ended_at)).toBeLessThan(60_000)
  expect((await act('ben', 'end', call, { reason: 'Again' })).status).toBe(200)
  expect(await stored(call)).toEqual(once)
})

test('an archived call answers as an ended one', async () => {
  const call = await startCall(server, { call: { ...states["ben's, ended"], ended_by: 'ben' } })
  await archiveCall(server.deps, call.callId)
  expect(await act('ben', 'end', call)).toMatchObject({
    status: 200,
    call: { status: 'ENDED', ended_by: 'ben' },
  })
  expect((await act('ava', 'end', call)).status).toBe(200)
  for (const what of ['takeover', 'release', 'urgency', 'transfer/accept']) {
    expect((await act('ben', what, call)).error).toMatchObject({ details: { reason: 'ended' } })
  }
  expect([(await act('cleo', 'end', call)).status, (await act('gus', 'end', call)).status]).toEqual([
    409, 404,
  ])
})

test('a changed urgency keeps what it was, who changed it, and why', async () => {
  const call = await startCall(server, { call: states["ben's"] })
  expect((await act('ben', 'urgency', call)).call).toMatchObject({
    urgency: 'LOW',
    urgency_changed: { from: 'CRITICAL', by: 'ben', reason: 'He is safe', at: expect.any(String) },
  })
})

describe('a call offered to another', () => {
  test('stays with its holder until the other accepts, under a new lease', async () => {
    const call = await startCall(server, { call: states["ben's"] })
    expect((await act('ben', 'transfer', call, { to: 'cleo' })).call).toMatchObject({
      admin_id: 'ben',
      takeover: 1,
      transfer: { to: 'cleo', by: 'ben', lapses_at: new Date(clock.now() + 60_000).toISOString() },
    })
    expect((await act('ben', 'urgency', call, { lease: 1 })).status).toBe(200)
    const { call: accepted } = await act('cleo', 'transfer/accept', call)
    expect(accepted).toMatchObject({ admin_id: 'cleo', takeover: 2 })
    expect(accepted).not.toHaveProperty('transfer')
    expect((await act('cleo', 'transfer/accept', call)).call).toMatchObject({ takeover: 2 })
    expect((await act('ben', 'urgency', call, { lease: 1 })).status).toBe(409)
  })

  test('is not theirs any more once the offer has lapsed', async () => {
    const call = await startCall(server, { call: states["ben's"] })
    await act('ben', 'transfer', call, { to: 'cleo' })
    clock.advance(60_000)
    expect(await act('cleo', 'transfer/accept', call)).toMatchObject({
      status: 409,
      error: { details: { reason: 'not-offered', holder: { admin_id: 'ben' } } },
    })
    expect(await stored(call)).toMatchObject({ admin_id: 'ben', takeover: 1 })
  })

  test.each(['cleo', 'ben'])('stays with its holder when %s declines or takes it back', async (who) => {
    const call = await startCall(server, { call: states["ben's"] })
    await act('ben', 'transfer', call, { to: 'cleo' })
    const { status, call: declined } = await act(who, 'transfer/decline', call)
    expect([status, declined.admin_id, declined.transfer]).toEqual([200, 'ben', undefined])
    expect((await act('cleo', 'transfer/accept', call)).status).toBe(409)
  })

  test.each(['gus', 'nobody', 'ben'])('cannot be offered to %s', async (to) => {
    const call = await startCall(server, { call: states["ben's"] })
    const before = await stored(call)
    expect((await act('ben', 'transfer', call, { to })).status).toBe(400)
    expect(await stored(call)).toEqual(before)
  })
})

test('a worker writing at the same moment loses nothing to an act, nor it to them', async () => {
  const call = await startCall(server)
  const touches = Array.from({ length: 20 }, (_, i) =>
    changeCall(server, call, { last_message_at: 10_000 + i, [`mark_${i}`]: true }),
  )
  const [taken] = await Promise.all([act('ben', 'takeover', call), ...touches])
  expect(taken.status).toBe(200)
  const now = await stored(call)
  expect(now).toMatchObject({ admin_id: 'ben', takeover: 1, last_message_at: 10_019 })
  expect(Object.keys(now).filter((key) => key.startsWith('mark_'))).toHaveLength(20)
})
