import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CallFixture, changeCall, messageRecord, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { callRoutes } from './routes.ts'
import { type Call, CallsEvents, CallsReply } from './schema.ts'

let server: LiveServer
beforeEach(async () => {
  server = await startLiveServer(callRoutes, { lingerMs: 100, countsListens: true })
})
afterEach(() => server.close())

const list = async (token: string, query = '') => {
  const { status, body } = await server.get(`/api/calls${query}`, token)
  return status === 200 ? CallsReply.parse(body).calls.map(({ call_id }) => call_id) : status
}
const ids = (calls: CallFixture[]) => calls.map(({ callId }) => callId)
const idsOf = (data: Record<string, unknown>) => (data.calls as Call[]).map(({ call_id }) => call_id)

describe('the list', () => {
  test('shows each caller the active calls that they may see, most urgent first, then longest-waiting', async () => {
    const low = await startCall(server, { call: { urgency: 'LOW', started_at: 1_000 } })
    const late = await startCall(server, { call: { started_at: 3_000 } })
    const early = await startCall(server, { call: { started_at: 2_000 } })
    const bens = await startCall(server, { call: { urgency: 'HIGH', admin_id: 'ben' } })
    const legacy = await startCall(server, { call: { urgency: 'MEDIUM', company_id: null } })
    await startCall(server, { call: { status: 'ENDED' } })
    await startCall(server, { call: { urgency: 'PERHAPS' } })
    await startCall(server, { call: { worker_id: 'nobody' } })
    const theirs = await startCall(server, { company: 'c_globex' })
    const liars = await startCall(server, { company: 'c_globex', call: { company_id: 'c_acme' } })

    const visible = ids([early, late, bens, legacy, low])
    const withoutBens = ids([early, late, legacy, low])
    expect(await list(server.token('ava', 'manager'))).toEqual(visible)
    expect(await list(server.token('ben', 'agent'))).toEqual(visible)
    expect(await list(server.token('cleo', 'agent'))).toEqual(withoutBens)
    expect(await list(server.token('ada', 'admin'))).toEqual(withoutBens)
    expect(await list(server.token('gus', 'manager', { company: 'c_globex' }))).toEqual(ids([theirs]))
    expect(await list(server.token('gus', 'manager', { company: 'c_globex' }))).not.toContain(liars.callId)
    expect(await list(server.token('eve', 'agent', { company: 'c_none' }))).toEqual([])
  })

  test('says who calls, from their own record', async () => {
    const { callId, workerId } = await startCall(server, {
      call: { started_at: 1_759_472_884_000, last_message_at: 1_759_472_885_000 },
    })
    const { body } = await server.get('/api/calls', server.token('ava', 'manager'))
    expect(CallsReply.parse(body)).toMatchObject({
      total: 1,
      calls: [
        {
          call_id: callId,
          worker_id: workerId,
          worker_name: expect.stringContaining('Worker'),
          company_id: 'c_acme',
          started_at: '2025-10-03T06:28:04.000Z',
          last_message_at: '2025-10-03T06:28:05.000Z',
        },
      ],
    })
  })

  test('can be narrowed down', async () => {
    const free = await startCall(server)
    const mine = await startCall(server, { call: { admin_id: 'ben', urgency: 'LOW' } })
    const ben = server.token('ben', 'agent')
    expect(await list(ben, '?mine=true')).toEqual(ids([mine]))
    expect(await list(ben, '?mine=false')).toEqual(ids([free]))
    expect(await list(ben, '?unassigned=true')).toEqual(ids([free]))
    expect(await list(ben, '?urgency=LOW')).toEqual(ids([mine]))
    expect(await list(ben, '?urgency=LOW&unassigned=true')).toEqual([])
    expect(await list(ben, '?urgency=URGENT')).toBe(400)
  })

  test('is not for workers, and not for strangers', async () => {
    expect(await list(server.token('worker_1', 'worker'))).toBe(403)
    expect((await server.get('/api/calls')).status).toBe(401)
    const stream = await server.open('/api/calls/stream', server.token('worker_1', 'worker'))
    expect(stream.status).toBe(403)
  })
})

describe('the live board', () => {
  test('begins with the list and tells of calls that come, change and end', async () => {
    const first = await startCall(server, { call: { urgency: 'LOW' } })
    const board = await server.open('/api/calls/stream', server.token('ava', 'manager'))
    const initial = await board.next()
    expect(initial.event).toBe('initial')
    expect(CallsEvents.initial.parse(initial.data).calls.map(({ call_id }) => call_id)).toEqual([
      first.callId,
    ])

    const second = await startCall(server)
    expect(CallsEvents.call_added.parse((await board.next('call_added')).data)).toMatchObject({
      call_id: second.callId,
    })
    await changeCall(server, second, { urgency: 'HIGH' })
    expect(CallsEvents.call_changed.parse((await board.next('call_changed')).data)).toMatchObject({
      call_id: second.callId,
      urgency: 'HIGH',
    })
    await changeCall(server, first, { status: 'ENDED' })
    expect((await board.next('call_removed')).data).toEqual({
      call_id: first.callId,
      conversation_id: first.conversationId,
    })
    await server.device.database.ref(`active_calls/${second.callId}`).remove()
    expect((await board.next('call_removed')).data).toMatchObject({ call_id: second.callId })
    board.close()
  })

  test('adds and removes a call for each reader as it is taken over and handed back', async () => {
    const call = await startCall(server)
    const open = (uid: string, role: 'agent' | 'manager') =>
      server.open('/api/calls/stream', server.token(uid, role))
    const boards = await Promise.all([open('ava', 'manager'), open('ben', 'agent'), open('cleo', 'agent')])
    const [ava, ben, cleo] = boards
    for (const board of boards) expect(idsOf((await board.next('initial')).data)).toEqual([call.callId])
    await changeCall(server, call, { admin_id: 'ben', takeover: 1 })
    expect((await ava.next()).event).toBe('call_changed')
    expect((await ben.next()).event).toBe('call_changed')
    expect(await cleo.next()).toMatchObject({ event: 'call_removed', data: { call_id: call.callId } })
    await changeCall(server, call, { admin_id: null })
    expect((await ben.next()).event).toBe('call_changed')
    expect(await cleo.next()).toMatchObject({ event: 'call_added', data: { admin_id: null } })
    // Ava manages neither; held by Dan it is out of her sight as well.
    await changeCall(server, call, { admin_id: 'dan' })
    for (const board of boards)
      expect(await board.next(({ event }) => event === 'call_removed')).toBeDefined()
    for (const board of boards) board.close()
  })

  test('never tells of another company', async () => {
    const gus = await server.open(
      '/api/calls/stream',
      server.token('gus', 'manager', { company: 'c_globex' }),
    )
    await gus.next('initial')
    const ours = await startCall(server, { call: { company_id: null } })
    await startCall(server, { company: 'c_acme' })
    const theirs = await startCall(server, { company: 'c_globex' })
    expect((await gus.next('call_added')).data).toMatchObject({ call_id: theirs.callId })
    expect(JSON.stringify(gus.events)).not.toContain(ours.callId)
    gus.close()
  })

  test('tells at most once a second that messages came', async () => {
    const clock = manualClock(Date.now())
    const own = await startLiveServer(callRoutes, { clock })
    try {
      const call = await startCall(own)
      const board = await own.open('/api/calls/stream', own.token('ava', 'manager'))
      await board.next('initial')
      const now = Date.now()
      for (let i = 1; i <= 20; i += 1) await changeCall(own, call, { last_message_at: now + i })
      // What is new is told at once, and after what came before it.
      const other = await startCall(own)
      expect((await board.next()).data).toMatchObject({ call_id: other.callId })
      clock.advance(1_000)
      const told = { call_id: call.callId, last_message_at: new Date(now + 20).toISOString() }
      expect((await board.next('call_changed')).data).toMatchObject(told)
      await changeCall(own, call, { urgency: 'LOW' })
      expect((await board.next('call_changed')).data).toMatchObject({ ...told, urgency: 'LOW' })
      expect(board.events).toHaveLength(4)
    } finally {
      await own.close()
    }
  })

  test('leaves out what is no call, and the call again once it is one', async () => {
    const board = await server.open('/api/calls/stream', server.token('ava', 'manager'))
    await board.next('initial')
    const broken = await startCall(server, { call: { urgency: 7 } })
    await startCall(server, { call: { started_at: { hour: 5 } } })
    const good = await startCall(server)
    expect((await board.next('call_added')).data).toMatchObject({ call_id: good.callId })
    await changeCall(server, broken, { urgency: 'LOW' })
    expect((await board.next('call_added')).data).toMatchObject({ call_id: broken.callId })
    await changeCall(server, broken, { urgency: 'no urgency' })
    expect((await board.next('call_removed')).data).toMatchObject({ call_id: broken.callId })
    expect(server.logs.some(({ callId }) => callId === broken.callId)).toBe(true)
    board.close()
  })

  test('costs the database three listeners for all readers, and none once they have left', async () => {
    const boards = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        server.open('/api/calls/stream', server.token(`admin${i}`, 'agent')),
      ),
    )
    await Promise.all(boards.map((board) => board.next('initial')))
    expect(server.listens()).toEqual(['active_calls × 1', 'active_calls × 1', 'boards/c_acme × 1'])
    for (const board of boards) board.close()
    await expect.poll(() => server.listens()).toEqual([])
  })

  test('reads the people behind a hundred calls together', async () => {
    const calls = await Promise.all(
      Array.from({ length: 100 }, () => startCall(server, { messages: { m: messageRecord('x') } })),
    )
    let reads = 0
    const { firestore } = server.deps
    const getAll = firestore.getAll.bind(firestore)
    firestore.getAll = (...documents) => {
      reads += 1
      return getAll(...documents)
    }
    const board = await server.open('/api/calls/stream', server.token('ava', 'manager'))
    expect(idsOf((await board.next('initial')).data)).toHaveLength(calls.length)
    expect(reads).toBe(1)
    board.close()
  })
})
