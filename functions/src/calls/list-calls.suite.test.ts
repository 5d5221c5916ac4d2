import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CallFixture, changeCall, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { callRoutes } from './routes.ts'
import { AdminsReply, CallsReply } from './schema.ts'

let server: LiveServer
beforeAll(async () => {
  server = await startLiveServer(callRoutes)
})
afterAll(() => server.close())

async function page(query: string, token = server.token('ava', 'manager')) {
  const { status, body } = await server.get(`/api/calls?${query}`, token)
  expect(status).toBe(200)
  return CallsReply.parse(body)
}
const listed = async (query: string, token?: string) =>
  (await page(query, token)).calls.map(({ call_id }) => call_id)
const ids = (...calls: CallFixture[]) => calls.map(({ callId }) => callId)

/** Puts an ended call into the index, as the trigger does. */
const index = (id: string, endedAt: number, rest: object = {}) =>
  server.device.firestore.doc(`conversations/conv_${id}`).set({
    conversation_id: `conv_${id}`,
    call_id: `call_${id}`,
    worker_id: 'worker_old',
    company_id: 'c_acme',
    mobile_no: '',
    admin_id: null,
    takeover: 0,
    urgency: 'LOW',
    status: 'ENDED',
    medium: 'Text',
    timestamp: '2025-10-03T11:58:04+05:30',
    started_at: 1_000,
    last_message_at: null,
    ended_at: endedAt,
    ended_by: null,
    end_reason: null,
    ...rest,
  })

describe('active calls', () => {
  let calls: Record<'a' | 'b' | 'c' | 'd', CallFixture>
  beforeAll(async () => {
    const start = (urgency: string, started_at: number, last_message_at: number, timestamp: string) =>
      startCall(server, { call: { urgency, started_at, last_message_at, timestamp } })
    calls = {
      a: await start('LOW', 1_000, 9_000, '2025-10-04T11:00:00Z'),
      b: await start('CRITICAL', 2_000, 8_000, '2025-10-03T11:00:00Z'),
      c: await start('HIGH', 3_000, 7_000, '2025-10-02T11:00:00Z'),
      d: await start('CRITICAL', 4_000, 6_000, '2025-10-01T11:00:00Z'),
    }
    await server.device.firestore.doc(`workers/${calls.d.workerId}`).update({ name: 'José Núñez' })
  })

  test.each([
    ['', 'bdca'],
    ['sort_by=urgency', 'bdca'],
    ['sort_by=urgency&sort_order=asc', 'acdb'],
    ['sort_by=timestamp', 'abcd'],
    ['sort_by=started_at', 'dcba'],
    ['sort_by=started_at&sort_order=asc', 'abcd'],
    ['sort_by=last_message&sort_order=asc', 'dcba'],
    ['urgency=HIGH,LOW', 'ca'],
    ['name=nunez', 'd'],
    ['name=worker&urgency=LOW', 'a'],
  ])('with "%s" come in the order %s', async (query, expected) => {
    const wanted = expected.split('').map((name) => calls[name as keyof typeof calls].callId)
    expect(await listed(query)).toEqual(wanted)
  })

  test('are found by their worker', async () => {
    expect(await listed(`worker_id=${calls.c.workerId}`)).toEqual(ids(calls.c))
  })

  test('come in pages that nothing shifts', async () => {
    const first = await page('limit=2')
    expect(first).toMatchObject({ total: 4, next_cursor: expect.any(String) })
    expect(first.calls.map(({ call_id }) => call_id)).toEqual(ids(calls.b, calls.d))
    // One more at the top, and the last of the first page gone: neither repeats a call nor leaves one out.
    const late = await startCall(server, { call: { urgency: 'CRITICAL', started_at: 500 } })
    await changeCall(server, calls.d, { status: 'ENDED' })
    const second = await page(`limit=2&cursor=${first.next_cursor}`)
    expect(second).toMatchObject({ next_cursor: null })
    expect(second.calls.map(({ call_id }) => call_id)).toEqual(ids(calls.c, calls.a))
    await changeCall(server, late, { status: 'ENDED' })
    await changeCall(server, calls.d, { status: 'ACTIVE' })
  })

  test('name the admin who holds them', async () => {
    await server.device.firestore.doc('admins/ben').update({ name: 'Ben Okafor' })
    await changeCall(server, calls.a, { admin_id: 'ben', takeover: 1 })
    const { calls: mine } = await page('mine=true', server.token('ben', 'agent'))
    expect(mine).toMatchObject([{ call_id: calls.a.callId, admin_id: 'ben', admin_name: 'Ben Okafor' }])
    await changeCall(server, calls.a, { admin_id: null })
  })
})

describe('ended calls', () => {
  beforeAll(async () => {
    await server.device.firestore.doc('workers/worker_old').set({ company_id: 'c_acme', name: 'Old' })
    await server.device.firestore.doc('workers/worker_theirs').set({ company_id: 'c_globex', name: 'Theirs' })
    await index('e1', 1_000)
    await index('e2', 2_000, { admin_id: 'ben' })
    await index('e3', 3_000, { admin_id: 'dan', urgency: 'HIGH' })
    await index('e4', 4_000, { urgency: 'HIGH' })
    await index('active', 5_000, { status: 'ACTIVE', ended_at: null })
    await index('theirs', 6_000, { company_id: 'c_globex', worker_id: 'worker_theirs' })
    await index('moved', 7_000, { worker_id: 'worker_theirs' })
  })

  test.each([
    ['status=ENDED', ['call_e4', 'call_e2', 'call_e1']],
    ['status=ENDED&sort_order=asc', ['call_e1', 'call_e2', 'call_e4']],
    ['status=ENDED&urgency=HIGH', ['call_e4']],
    ['status=ENDED&unassigned=false', ['call_e2']],
    ['status=ENDED&worker_id=worker_old&sort_by=ended_at', ['call_e4', 'call_e2', 'call_e1']],
    ['status=ENDED&worker_id=worker_theirs', []],
  ])('with "%s" are those that a manager may read', async (query, expected) => {
    expect(await listed(query)).toEqual(expected)
  })

  test('are shown to an agent who held them, and to nobody of another company', async () => {
    expect(await listed('status=ENDED', server.token('dan', 'agent'))).toEqual([
      'call_e4',
      'call_e3',
      'call_e1',
    ])
    const gus = server.token('gus', 'manager', { company: 'c_globex' })
    expect(await listed('status=ENDED', gus)).toEqual(['call_theirs'])
  })

  test('come in pages', async () => {
    const seen: string[] = []
    let cursor = ''
    for (let pages = 0; pages < 10; pages += 1) {
      const { calls, next_cursor } = await page(`status=ENDED&limit=1${cursor}`)
      seen.push(...calls.map(({ call_id }) => call_id))
      if (next_cursor === null) break
      cursor = `&cursor=${next_cursor}`
    }
    expect(seen).toEqual(['call_e4', 'call_e2', 'call_e1'])
  })
})

test.each([
  'status=PERHAPS',
  'urgency=HIGH,',
  'urgency=high',
  'sort_by=colour',
  'sort_by=ended_at',
  'status=ENDED&sort_by=urgency',
  'sort_order=up',
  'limit=0',
  'limit=501',
  'limit=two',
  'limit=1.5',
  'mine=yes',
  'worker_id=../x',
  'name=%20',
  'cursor=xyz',
  `cursor=${Buffer.from('["ACTIVE","urgency","desc",1,"x",7]').toString('base64url')}`,
  `cursor=${Buffer.from('["ENDED","ended_at","desc",1,0,"conv_1"]').toString('base64url')}`,
])('refuses "%s"', async (query) => {
  const { status, body } = await server.get(`/api/calls?${query}`, server.token('ava', 'manager'))
  expect(status).toBe(400)
  expect(body).toMatchObject({ success: false, error: { code: 'invalid-input' } })
})

test('lists the admins of the own company to its admins, and to nobody else', async () => {
  const admins = async (token: string) => {
    const { status, body } = await server.get('/api/admins', token)
    return status === 200 ? AdminsReply.parse(body).admins.map(({ admin_id }) => admin_id) : status
  }
  expect(await admins(server.token('ben', 'agent'))).toEqual(['ava', 'ben', 'cleo', 'dan'])
  expect(await admins(server.token('gus', 'manager', { company: 'c_globex' }))).toEqual(['gus'])
  expect(await admins(server.token('worker_1', 'worker'))).toBe(403)
  expect((await server.get('/api/admins')).status).toBe(401)
})
