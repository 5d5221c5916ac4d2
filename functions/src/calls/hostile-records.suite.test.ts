import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeCall, startCall } from '../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../conversations/testing/live-server.ts'
import { indexConversation } from './index-conversation.ts'
import { callRoutes } from './routes.ts'
import { CallsEvents, CallsReply } from './schema.ts'

/** Whatever other back ends store: one odd call must never cost anybody the sight of the others. */

let server: LiveServer
beforeEach(async () => {
  server = await startLiveServer(callRoutes, { lingerMs: 100 })
})
afterEach(() => server.close())

const oddities: [string, object][] = [
  ['a worker whose id Firestore keeps for itself', { worker_id: '__proto__' }],
  ['a holder whose id Firestore keeps for itself', { admin_id: '__ava__' }],
  ['a worker whose id looks like a number', { worker_id: '__id7__' }],
  ['a start beyond all calendars', { started_at: 1e15 }],
  ['a start before all calendars', { started_at: -1e14 }],
  ['a last message beyond all calendars', { last_message_at: 1e15 }],
  ['a date that is of the year 10000 in UTC', { started_at: null, timestamp: '9999-12-31T23:00:00-23:59' }],
  [
    'a date that is of before the year 0 in UTC',
    { started_at: null, timestamp: '0000-01-01T00:00:00+23:59' },
  ],
  [
    'a change of urgency beyond all calendars',
    { urgency_changed: { from: 'LOW', by: 'x', at: 1e15, reason: 'x' } },
  ],
]

test.each(oddities)('the other calls stay in sight beside one with %s', async (_, oddity) => {
  const good = await startCall(server)
  const odd = await startCall(server)
  // Of no company, so that it is on the way to every company's board.
  await changeCall(server, odd, { company_id: null, ...oddity })
  for (const [uid, company, expected] of [
    ['ava', 'c_acme', [good.callId]],
    ['gus', 'c_globex', []],
  ] as const) {
    const token = server.token(uid, 'manager', { company })
    const { status, body } = await server.get('/api/calls', token)
    expect(status).toBe(200)
    expect(CallsReply.parse(body).calls.map(({ call_id }) => call_id)).toEqual(
      expect.arrayContaining([...expected]),
    )
    const board = await server.open('/api/calls/stream', token)
    const { calls } = CallsEvents.initial.parse((await board.next('initial')).data)
    expect(calls.map(({ call_id }) => call_id)).toEqual(expect.arrayContaining([...expected]))
    board.close()
  }
})

test('a call of a worker whose id Firestore keeps for itself is indexed, and not tried again for ever', async () => {
  const odd = await startCall(server)
  await changeCall(server, odd, { worker_id: '__proto__' })
  const after = (await server.device.database.ref(`active_calls/${odd.callId}`).get()).val()
  const write = { callId: odd.callId, before: null, after, at: Date.now() }
  expect(await indexConversation(server.deps, write)).toBe('indexed')
})
