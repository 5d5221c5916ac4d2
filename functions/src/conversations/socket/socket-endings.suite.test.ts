import { type Socket, connect } from 'node:net'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { manualClock } from '../../platform/testing/manual-clock.ts'
import { messageRecord, startCall, write } from '../testing/calls.ts'
import { type SocketTestServer, startSocketServer } from '../testing/socket-server.ts'

let server: SocketTestServer
beforeAll(async () => {
  server = await startSocketServer({ lingerMs: 50, tickMs: 20, perUser: 3 })
})
afterAll(() => server.close())
// Whatever was done to it, it goes on working, and holds nothing of those who have left.
afterEach(async () => {
  await vi.waitUntil(() => server.sockets.size() === 0 && server.live.streams.size() === 0, {
    timeout: 20_000,
  })
  const client = await server.connect(server.token('dan', 'agent'))
  await client.next('authenticated')
  client.socket.close()
  await client.closed
})

describe('who may not have a socket is told by its code', () => {
  test.each<[string, () => string | undefined, object | string | undefined, number]>([
    ['a bad token in the header', () => 'none', undefined, 4401],
    ['a bad token in the first message', () => undefined, { action: 'authenticate', token: 'none' }, 4401],
    ['an action before who they are', () => undefined, { action: 'subscribe', conversation_id: 'c' }, 4401],
    ['nonsense before who they are', () => undefined, '{{{', 4401],
    ['a worker', () => server.token('worker_1', 'worker'), undefined, 4403],
  ])('%s', async (_, token, first, code) => {
    const client = await server.connect(token())
    if (first !== undefined) client.send(first)
    expect((await client.closed).code).toBe(code)
    expect(client.events).toEqual([])
  })

  test('too many of one user, until one of them leaves', async () => {
    const ava = server.token('ava', 'manager')
    const clients = await Promise.all([1, 2, 3].map(() => server.connect(ava)))
    await Promise.all(clients.map((client) => client.next('authenticated')))
    const tooMany = await server.connect(ava)
    expect((await tooMany.closed).code).toBe(4429)
    clients[0]?.socket.close()
    await clients[0]?.closed
    await expect.poll(() => server.live.streams.size()).toBe(2)
    const next = await server.connect(ava)
    await next.next('authenticated')
    for (const client of [...clients, next]) client.socket.close()
  })
})

describe('where the clock stands still', () => {
  const clock = manualClock(Date.now())
  let timeless: SocketTestServer
  beforeAll(async () => {
    timeless = await startSocketServer({ clock, authenticateMs: 5_000, pingMs: 20_000 })
  })
  afterAll(async () => {
    const closed = timeless.close()
    clock.advance(1_000)
    await closed
  })

  test('a socket is closed at once when its token is revoked, and says why first', async () => {
    const token = timeless.token('ava', 'manager')
    const client = await timeless.connect(token)
    await client.next('authenticated')
    timeless.revoke(token)
    expect(await client.closed).toEqual({ code: 4401, reason: 'token-revoked' })
    expect(client.events.at(-1)).toEqual({
      event: 'error',
      data: { code: 'token-revoked', error: 'You have logged out.' },
    })
  })

  test('a socket is closed within a second of its token ending', async () => {
    const client = await timeless.connect(timeless.token('ava', 'manager', { lasts: 20_000 }))
    await client.next('authenticated')
    clock.advance(Date.now() + 21_000 - clock.now())
    expect(await client.closed).toEqual({ code: 4401, reason: 'token-expired' })
    expect(client.events.at(-1)?.data).toMatchObject({ code: 'token-expired' })
  })

  test('whoever does not say in time who they are is sent away', async () => {
    const client = await timeless.connect()
    clock.advance(5_000)
    expect((await client.closed).code).toBe(4408)
    expect(client.events).toEqual([])
  })

  test('one that does not answer pings is cut, and one that does is not', async () => {
    const [mute, alive] = [
      await timeless.connect(timeless.token('ava', 'manager')),
      await timeless.connect(timeless.token('ben', 'agent')),
    ]
    await Promise.all([mute, alive].map((client) => client.next('authenticated')))
    mute.socket.pause()
    for (let round = 0; round < 3; round += 1) {
      const pinged = once(alive.socket, 'ping')
      clock.advance(20_000)
      await pinged
      // Answers arrive in order, so that with this one the server has had the one to its own ping.
      const answered = once(alive.socket, 'pong')
      alive.socket.ping()
      await answered
    }
    await expect.poll(() => timeless.sockets.size()).toBe(1)
    expect(timeless.logs.filter(({ msg }) => msg === 'socket cut for missing a ping')).toHaveLength(1)
    expect(alive.socket.readyState).toBe(alive.socket.OPEN)
    mute.socket.terminate()
  })
})

describe('hostile messages', () => {
  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
  test.each<[string, string]>([
    ['no JSON', '{"action":'],
    ['an empty message', ''],
    ['JSON that is no object', 'null'],
    ['a list', '["subscribe"]'],
    ['a deep list', deep(15_000)],
    ['deep objects', `${'{"a":'.repeat(4_000)}1${'}'.repeat(4_000)}`],
    ['a deep field', `{"action":"subscribe","conversation_id":${deep(10_000)}}`],
    ['an unknown action', '{"action":"__proto__"}'],
    ['an action that is none', '{"action":{"toString":null}}'],
    ['a name of ours', '{"__proto__":{"action":"subscribe"},"constructor":1}'],
    ['an endless name', `{"action":"${'x'.repeat(30_000)}","request_id":"${'y'.repeat(100)}"}`],
  ])('%s: refused, and the socket stays', async (_, message) => {
    const client = await server.connect(server.token('ava', 'manager'))
    await client.next('authenticated')
    client.send(message)
    const refused = await client.next('refused')
    expect(refused.data).toMatchObject({ code: 'invalid-input' })
    expect(JSON.stringify(refused).length).toBeLessThan(1_000)
    client.send({ action: 'unsubscribe', conversation_id: 'c', request_id: 'still-there' })
    expect((await client.next('refused')).data).toMatchObject({ request_id: 'still-there' })
    client.socket.close()
  })

  test.each<[string, (client: Awaited<ReturnType<SocketTestServer['connect']>>) => void, number]>([
    ['binary', (client) => client.send(Buffer.from([0, 1, 2])), 1003],
    ['more than fits', (client) => client.send('x'.repeat(40_000)), 1009],
    ['text that is none', (client) => client.socket.send(Buffer.from([0xff, 0xfe]), { binary: false }), 1007],
    ['nonsense without end', (client) => Array.from({ length: 11 }, () => client.send('x')), 4400],
    [
      'a flood',
      (client) =>
        Array.from({ length: 200 }, () => client.send({ action: 'unsubscribe', conversation_id: 'c' })),
      4429,
    ],
  ])('%s closes the socket and says why', async (_, attack, code) => {
    const client = await server.connect(server.token('ava', 'manager'))
    await client.next('authenticated')
    attack(client)
    expect((await client.closed).code).toBe(code)
  })

  test('bytes that are no frames', async () => {
    const client = await server.connect(server.token('ava', 'manager'))
    await client.next('authenticated')
    const { _socket: raw } = client.socket as unknown as { _socket: Socket }
    raw.write(Buffer.alloc(100, 0xff))
    expect([1002, 1006]).toContain((await client.closed).code)
  })

  test.each([
    ['another path', 'GET /ws/other HTTP/1.1', '404'],
    ['a path beyond the known one', 'GET /ws/conversation/x HTTP/1.1', '404'],
    ['a name of ours', 'GET __proto__ HTTP/1.1', '40'],
    ['a wrong version', 'GET /ws/conversation HTTP/1.1\r\nSec-WebSocket-Version: 1', '400'],
    ['no key', 'GET /ws/conversation HTTP/1.1\r\nSec-WebSocket-Version: 13', '400'],
  ])('an upgrade of %s is refused', async (_, head, status) => {
    const { port } = new URL(server.origin)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(`${head}\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    let reply = ''
    socket.on('data', (bytes) => (reply += bytes.toString()))
    await once(socket, 'close')
    expect(reply).toMatch(new RegExp(`^HTTP/1.1 ${status}`))
  })

  test('a client that goes away in the middle of a message', async () => {
    const client = await server.connect(server.token('ava', 'manager'))
    await client.next('authenticated')
    client.socket.send('{"action":', { fin: false })
    client.socket.terminate()
    expect((await client.closed).code).toBe(1006)
  })
})

test('a reader who takes nothing is closed and does not grow the process', async () => {
  const own = await startSocketServer({ lingerMs: 50, tickMs: 20, maxQueuedBytes: 200_000, maxStallMs: 400 })
  try {
    const call = await startCall(own, { messages: { m1: messageRecord('x') } })
    const client = await own.connect(own.token('ava', 'manager'))
    client.send({ action: 'subscribe', conversation_id: call.conversationId })
    await client.next('initial')
    client.socket.pause()
    const text = 'x'.repeat(4_000)
    // Far more than the buffers of both sides' kernels hold.
    for (let round = 0; round < 40 && own.live.streams.size() > 0; round += 1) {
      const batch = Array.from({ length: 100 }, (_, index) => [`m${round}-${index}`, messageRecord(text)])
      await own.device.database
        .ref(`active_conversations/${call.conversationId}/messages`)
        .update(Object.fromEntries(batch))
    }
    await expect.poll(() => own.live.streams.size()).toBe(0)
    await expect.poll(() => own.sockets.size()).toBe(0)
    client.socket.terminate()
  } finally {
    await own.close()
  }
})

test('a server that stops tells everybody to come back, and refuses newcomers', async () => {
  const own = await startSocketServer({ lingerMs: 50 })
  try {
    const call = await startCall(own)
    const client = await own.connect(own.token('ava', 'manager'))
    client.send({ action: 'subscribe', conversation_id: call.conversationId })
    await client.next('initial')
    await write(own, call, 'last')
    await client.next('new_messages')
    const nobody = await own.connect()
    own.shutDown()
    expect(await client.closed).toEqual({ code: 1012, reason: 'shutdown' })
    expect(client.events.at(-1)).toMatchObject({ event: 'reconnect', data: { reason: 'shutdown' } })
    expect((await nobody.closed).code).toBe(1012)
    await expect(own.connect()).rejects.toThrow('503')
    expect(await own.sockets.drain(1_000)).toBe(0)
  } finally {
    await own.close()
  }
})
