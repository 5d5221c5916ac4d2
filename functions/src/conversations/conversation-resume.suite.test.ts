import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conversationRoutes } from './routes.ts'
import type { Message } from './schema.ts'
import { type CallFixture, messageIds, messageRecord, startCall, write } from './testing/calls.ts'
import { type LiveServer, startLiveServer } from './testing/live-server.ts'

let server: LiveServer
let ava: string
beforeAll(async () => {
  server = await startLiveServer(conversationRoutes)
  ava = server.token('ava', 'manager')
})
afterAll(() => server.close())

const pathOf = ({ conversationId }: { conversationId: string }) =>
  `/api/conversation/${conversationId}/stream`
const open = (call: CallFixture, lastEventId?: string) => server.open(pathOf(call), ava, lastEventId)

/** Messages with these server times. */
const at = (times: Record<string, number>) =>
  Object.fromEntries(Object.entries(times).map(([id, ms]) => [id, messageRecord(id, { received_at: ms })]))

describe('coming back with an id', () => {
  test('sends the state of the call, then what was missed and no more', async () => {
    const call = await startCall(server, { messages: at({ a: 1_000, b: 2_000, c: 3_000 }) })
    const stream = await open(call, '1000.a')
    expect(await stream.next()).toMatchObject({
      event: 'call_changed',
      data: { call_id: call.callId, urgency: 'CRITICAL', status: 'ACTIVE', admin_id: null },
    })
    const missed = await stream.next()
    expect(missed).toMatchObject({ event: 'new_messages', id: '3000.c', data: { total_messages: 3 } })
    expect(messageIds(missed.data)).toEqual(['b', 'c'])
    stream.close()
  })

  test('repeats nothing but what came within the same millisecond', async () => {
    const call = await startCall(server, { messages: at({ a: 1_000, b: 1_000, c: 1_000 }) })
    const stream = await open(call, '1000.b')
    expect(messageIds((await stream.next('new_messages')).data)).toEqual(['a', 'c'])
    stream.close()
  })

  test('sends only the state of the call when nothing was missed', async () => {
    const call = await startCall(server, { messages: at({ a: 1_000 }) })
    const stream = await open(call, '1000.a')
    await stream.next('call_changed')
    await write(server, call, 'b')
    expect(messageIds((await stream.next('new_messages')).data)).toEqual(['b'])
    expect(stream.events.map(({ event }) => event)).toEqual(['call_changed', 'new_messages'])
    stream.close()
  })

  test.each(['', 'nonsense', '1000', '1000.', '.a', '1000.a b', '1e3.a', '1000.gone', '99999999999999999.a'])(
    'begins anew for %j, which is no place in this conversation',
    async (id) => {
      const call = await startCall(server, { messages: at({ a: 1_000 }) })
      const stream = await open(call, id)
      expect((await stream.next()).event).toBe('initial')
      stream.close()
    },
  )

  test('says what was missed and the end when the call has ended meanwhile', async () => {
    const call = await startCall(server, { call: { status: 'ENDED' }, messages: at({ a: 1_000, b: 2_000 }) })
    const stream = await open(call, '1000.a')
    await stream.ended
    expect(stream.events.map(({ event }) => event)).toEqual(['call_changed', 'new_messages', 'ended'])
  })

  test('a message ahead of the clock does not hide those that come after it', async () => {
    const call = await startCall(server, { messages: at({ a: 1_000, ahead: Date.now() + 3_600_000 }) })
    const first = await open(call)
    const initial = await first.next('initial')
    expect(initial.id).toBe('1000.a')
    first.close()
    await write(server, call, 'b')
    const stream = await open(call, initial.id)
    expect(messageIds((await stream.next('new_messages')).data)).toContain('b')
    stream.close()
  })
})

test('a reader who is cut again and again under sustained writing misses nothing and gets all in order', async () => {
  const TOTAL = 400
  const call = await startCall(server)
  const messages = server.device.database.ref(`active_conversations/${call.conversationId}/messages`)
  const writing = (async () => {
    for (let i = 0; i < TOTAL; i += 8) {
      // Eight at once, under ids whose order has nothing to do with the order of writing.
      await Promise.all(
        Array.from({ length: 8 }, (_, k) =>
          messages.child(`m${(i * 37 + k * 11) % 97}-${i + k}`).set(messageRecord(`${i + k}`)),
        ),
      )
    }
  })()

  const seen = new Map<string, Message>()
  const repeats: Message[] = []
  const order: string[] = []
  let cursor: string | undefined
  let cuts = 0
  while (seen.size < TOTAL) {
    const stream = await open(call, cursor)
    const patience = 1 + (cuts % 5)
    for (let i = 0; i < patience && seen.size < TOTAL; i += 1) {
      const event = await stream.next(({ event }) => event === 'initial' || event === 'new_messages')
      for (const message of event.data.messages as Message[]) {
        if (seen.has(message.message_id)) repeats.push(message)
        else order.push(message.message_id)
        seen.set(message.message_id, message)
      }
      // What an honest client sends back: the last id it was given, if any.
      cursor = event.id ?? cursor
    }
    stream.close()
    cuts += 1
  }
  await writing

  expect(cuts).toBeGreaterThan(5)
  expect(seen.size).toBe(TOTAL)
  const stored = (await messages.get()).val() as Record<string, { received_at: number }>
  const expected = Object.keys(stored).toSorted(
    (a, b) => (stored[a]?.received_at ?? 0) - (stored[b]?.received_at ?? 0) || (a < b ? -1 : 1),
  )
  // Within one millisecond messages come as they were committed; across milliseconds always in order of time.
  const times = order.map((id) => stored[id]?.received_at ?? 0)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(order.toSorted()).toEqual(expected.toSorted())
  expect(repeats.length).toBeLessThan(8 * cuts)
})

test('after the SDK has connected again, only what came meanwhile is sent', async () => {
  const call = await startCall(server, { messages: at({ a: 1_000, b: 2_000 }) })
  const stream = await open(call)
  await stream.next('initial')
  server.deps.database.goOffline()
  await write(server, call, 'c')
  await write(server, call, 'd')
  server.deps.database.goOnline()
  const news = await stream.next('new_messages')
  expect(messageIds(news.data)).toEqual(['c', 'd'])
  await write(server, call, 'e')
  expect(messageIds((await stream.next('new_messages')).data)).toEqual(['e'])
  expect(stream.events.map(({ event }) => event)).toEqual(['initial', 'new_messages', 'new_messages'])
  stream.close()
})
