import { afterEach, describe, expect, test } from 'vitest'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { PEOPLE_TTL_MS } from './directory.ts'
import { conversationRoutes } from './routes.ts'
import { changeCall, messageRecord, startCall, write } from './testing/calls.ts'
import { type LiveServer, startLiveServer } from './testing/live-server.ts'

const servers: LiveServer[] = []
const start = async (options: Parameters<typeof startLiveServer>[1] = {}) => {
  const server = await startLiveServer(conversationRoutes, options)
  servers.push(server)
  return server
}
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))
/** Its clock stands still: what happens there waits for no timer, and no deadline passes because a machine is busy. */
const startTimeless = async (options: Parameters<typeof startLiveServer>[1] = {}) => {
  const clock = manualClock(Date.now())
  return { clock, server: await start({ ...options, clock }) }
}

const pathOf = ({ conversationId }: { conversationId: string }) =>
  `/api/conversation/${conversationId}/stream`
const DENIED = "Access denied. You don't have permission to view this conversation."

describe('access that ends', () => {
  test('closes the streams of everybody who may no longer see a call taken over at once, and of nobody else', async () => {
    const { server } = await startTimeless()
    const call = await startCall(server)
    const open = (uid: string, role: 'agent' | 'manager') =>
      server.open(pathOf(call), server.token(uid, role))
    const [ava, ben, cleo, dan] = await Promise.all([
      open('ava', 'manager'),
      open('ben', 'agent'),
      open('cleo', 'agent'),
      open('dan', 'agent'),
    ])
    await Promise.all([ava, ben, cleo, dan].map((stream) => stream.next('initial')))
    await changeCall(server, call, { admin_id: 'ben', takeover: 1 })
    await write(server, call, 'secret')
    await Promise.all([cleo.ended, dan.ended])
    for (const stream of [cleo, dan]) {
      expect(stream.events.at(-1)).toMatchObject({
        event: 'error',
        data: { error: DENIED, code: 'access-denied', conversation_id: call.conversationId },
      })
      expect(JSON.stringify(stream.events)).not.toContain('secret')
    }
    for (const stream of [ava, ben]) {
      expect((await stream.next('call_changed')).data).toMatchObject({ admin_id: 'ben' })
      expect(JSON.stringify((await stream.next('new_messages')).data)).toContain('secret')
      stream.close()
    }
  })

  test('closes the stream of a manager whose agent now has another, and says so when Firestore knows it', async () => {
    const { server, clock } = await startTimeless()
    const call = await startCall(server, { call: { admin_id: 'ben' } })
    const ava = await server.open(pathOf(call), server.token('ava', 'manager'))
    const ben = await server.open(pathOf(call), server.token('ben', 'agent'))
    await Promise.all([ava.next('initial'), ben.next('initial')])
    await server.device.firestore.doc('admins/ben').update({ manager_id: 'someone-else' })
    clock.advance(PEOPLE_TTL_MS + 30_000)
    await ava.ended
    expect(ava.events.at(-1)).toMatchObject({
      event: 'error',
      data: { error: DENIED, code: 'access-denied' },
    })
    await write(server, call, 'still-here')
    await ben.next('new_messages')
    ben.close()
  })

  test('closes a stream at once when its token is revoked, with the reason', async () => {
    const { server } = await startTimeless()
    const call = await startCall(server)
    const token = server.token('ava', 'manager')
    const stream = await server.open(pathOf(call), token)
    const other = await server.open(pathOf(call), server.token('ben', 'agent'))
    await Promise.all([stream.next('initial'), other.next('initial')])
    server.revoke(token)
    await stream.ended
    expect(stream.events.at(-1)).toMatchObject({
      event: 'error',
      data: { error: 'You have logged out.', code: 'token-revoked', conversation_id: call.conversationId },
    })
    await write(server, call, 'm1')
    await other.next('new_messages')
    other.close()
  })

  test('closes a stream within a second of its token expiring', async () => {
    const { server, clock } = await startTimeless()
    const call = await startCall(server)
    const endsAt = Date.now() + 20_000
    const stream = await server.open(pathOf(call), server.token('ava', 'manager', { lasts: 20_000 }))
    await stream.next('initial')
    clock.advance(endsAt - 1_000 - clock.now())
    await write(server, call, 'm1')
    await stream.next('new_messages')
    clock.advance(2_000)
    await stream.ended
    expect(stream.events.at(-1)).toMatchObject({ event: 'error', data: { code: 'token-expired' } })
  })
})

describe('streams that come back', () => {
  test('are asked to at their deadline, and resume without a gap', async () => {
    const { server, clock } = await startTimeless({ streamMaxSeconds: 60 })
    const call = await startCall(server, { messages: { m1: messageRecord('one') } })
    const token = server.token('ava', 'manager')
    const stream = await server.open(pathOf(call), token)
    await stream.next('initial')
    clock.advance(60_000)
    await stream.ended
    expect(stream.events.at(-1)).toMatchObject({
      event: 'reconnect',
      data: { reason: 'deadline', retry_after_ms: expect.any(Number) },
      retry: expect.any(Number),
    })
    const cursor = stream.events.findLast(({ id }) => id !== undefined)?.id
    await write(server, call, 'm2')
    const again = await server.open(pathOf(call), token, cursor)
    expect((await again.next()).event).toBe('call_changed')
    expect((await again.next()).data).toMatchObject({ messages: [{ message_id: 'm2' }] })
    again.close()
  })

  test('are told of a restart with moments of their own to return, and new ones are sent away', async () => {
    const server = await start()
    const call = await startCall(server)
    const tokens = ['ava', 'ben', 'cleo', 'dan'].map((uid) => server.token(uid, 'agent'))
    const streams = await Promise.all(tokens.map((token) => server.open(pathOf(call), token)))
    await Promise.all(streams.map((stream) => stream.next('initial')))
    server.shutDown()
    await Promise.all(streams.map((stream) => stream.ended))
    const last = streams.map((stream) => stream.events.at(-1))
    expect(last.map((event) => event?.data)).toEqual(
      Array.from({ length: 4 }, () => ({ reason: 'shutdown', retry_after_ms: expect.any(Number) })),
    )
    expect(new Set(last.map((event) => event?.retry)).size).toBeGreaterThan(1)
    const refused = await server.open(pathOf(call), tokens[0] ?? '')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
  })
})

describe('limits', () => {
  test('a user may open so many streams, and one more once one has closed', async () => {
    const server = await start({ perUser: 2 })
    const call = await startCall(server)
    const token = server.token('ava', 'manager')
    const [first] = await Promise.all([server.open(pathOf(call), token), server.open(pathOf(call), token)])
    const refused = await server.open(pathOf(call), token)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10'])
    const other = await server.open(pathOf(call), server.token('ben', 'agent'))
    expect(other.status).toBe(200)
    first.close()
    await expect.poll(async () => (await server.open(pathOf(call), token)).status).toBe(200)
  })

  test('a full process sends the next one away', async () => {
    const server = await start({ perProcess: 1 })
    const call = await startCall(server)
    await server.open(pathOf(call), server.token('ava', 'manager'))
    const refused = await server.open(pathOf(call), server.token('ben', 'agent'))
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  })

  test('a refused stream takes no place', async () => {
    const server = await start({ perUser: 1 })
    const token = server.token('ava', 'manager')
    for (let i = 0; i < 3; i += 1)
      expect((await server.open('/api/conversation/nothing/stream', token)).status).toBe(404)
    const call = await startCall(server)
    expect((await server.open(pathOf(call), token)).status).toBe(200)
  })
})

test('while Firestore does not answer, new readers are told so and open streams go on', async () => {
  const { server, clock } = await startTimeless()
  const call = await startCall(server)
  const token = server.token('ava', 'manager')
  const stream = await server.open(pathOf(call), token)
  await stream.next('initial')
  const { firestore } = server.deps
  firestore.getAll = () => Promise.reject(new Error('14 UNAVAILABLE: /secret/path'))
  clock.advance(PEOPLE_TTL_MS + 30_000)
  const refused = await server.open(pathOf(call), token)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  expect(JSON.stringify(refused.refusal)).not.toContain('secret')
  await write(server, call, 'm1')
  expect((await stream.next('new_messages')).data).toMatchObject({ total_messages: 1 })
  // Who may see it under a new holder cannot be told, so nobody is shown more.
  await changeCall(server, call, { admin_id: 'ben' })
  await stream.ended
  expect(stream.events.at(-1)).toMatchObject({ event: 'error', data: { code: 'unavailable' } })
})

test('a HEAD request gets the headers of a stream and holds no place', async () => {
  const server = await start({ perUser: 1 })
  const call = await startCall(server)
  const token = server.token('ava', 'manager')
  const head = await fetch(`${server.origin}${pathOf(call)}`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${token}` },
  })
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  await expect.poll(() => server.live.streams.size()).toBe(0)
  await expect.poll(async () => (await server.open(pathOf(call), token)).status).toBe(200)
})

test('a call that cannot be read any more is not said to have ended', async () => {
  const server = await start()
  const call = await startCall(server)
  const stream = await server.open(pathOf(call), server.token('ava', 'manager'))
  await stream.next('initial')
  await changeCall(server, call, { urgency: 'Critical' })
  await stream.ended
  expect(stream.events.at(-1)).toMatchObject({ event: 'error', data: { code: 'unavailable' } })
  expect(stream.events.map(({ event }) => event)).not.toContain('ended')
  await changeCall(server, call, { urgency: 'CRITICAL' })
  const again = await server.open(pathOf(call), server.token('ava', 'manager'))
  await again.next('initial')
})

test('a conversation that vanished and came back under its id is opened afresh', async () => {
  const server = await start()
  const call = await startCall(server, { messages: { m1: messageRecord('one') } })
  const token = server.token('ava', 'manager')
  const stream = await server.open(pathOf(call), token)
  await stream.next('initial')
  const paths = [`active_calls/${call.callId}`, `active_conversations/${call.conversationId}`]
  const root = server.device.database.ref()
  const values = await Promise.all(
    paths.map(async (path) => [path, (await root.child(path).get()).val()] as const),
  )
  await root.update(Object.fromEntries(paths.map((path) => [path, null])))
  await stream.ended
  expect(stream.events.at(-1)?.event).toBe('ended')
  expect((await server.open(pathOf(call), token)).status).toBe(404)
  await root.update(Object.fromEntries(values))
  const again = await server.open(pathOf(call), token)
  expect((await again.next()).event).toBe('initial')
  await changeCall(server, call, { urgency: 'LOW' })
  await again.next('call_changed')
  again.close()
})

test('says that it is no longer live when the database stays away, and is live again when it is back', async () => {
  const { server, clock } = await startTimeless({ databaseLostMs: 300 })
  const call = await startCall(server)
  const token = server.token('ava', 'manager')
  const stream = await server.open(pathOf(call), token)
  await stream.next('initial')
  server.deps.database.goOffline()
  clock.advance(300)
  await stream.ended
  expect(stream.events.at(-1)).toMatchObject({
    event: 'error',
    data: { code: 'unavailable', conversation_id: call.conversationId },
  })
  const refused = await server.open(pathOf(call), token)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  await write(server, call, 'meanwhile')
  server.deps.database.goOnline()
  await expect.poll(async () => (await server.open(pathOf(call), token)).status).toBe(200)
  const again = await server.open(pathOf(call), token)
  expect(JSON.stringify((await again.next('initial')).data)).toContain('meanwhile')
})
