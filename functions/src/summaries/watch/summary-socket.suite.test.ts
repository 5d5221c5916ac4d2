import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveCall } from '../../calls/archive-call.ts'
import { batch, freshId, keyOf, message } from '../../chats/testing/chat-server.ts'
import { changeCall, messageRecord, startCall, write } from '../../conversations/testing/calls.ts'
import { manualClock } from '../../platform/testing/manual-clock.ts'
import { makeFinalSummary } from '../ended/summarize-ended.ts'
import { bringUpToDate } from '../live/summarize-call.ts'
import { SummaryEvents } from '../schema.ts'
import { type SummaryServer, startSummaryServer } from '../testing/summary-server.ts'

let server: SummaryServer
beforeAll(async () => {
  server = await startSummaryServer()
})
afterAll(() => server.close())

const begin = async (first: object | string, token?: string) => {
  const socket = await server.connect(token)
  socket.send(first)
  return socket
}
const deps = () => ({ ...server.server.deps, directory: server.server.live.directory })
const people = {
  ben: () => server.server.token('ben', 'agent'),
  gus: () => server.server.token('gus', 'manager', { company: 'c_globex' }),
}

describe('beginning', () => {
  test('with the token in the first message, in the header, or none in the sandbox', async () => {
    const [own, open] = [freshId(), freshId()]
    await server.store(batch(own, [message('Hello from Acme')]))
    await server.store(batch(open, [message('Hello from nobody')]), null)
    const sockets = [
      await begin({ conversation_id: own, token: server.ava }),
      await begin({ conversation_id: own }, server.ava),
      await begin({ conversation_id: keyOf(own) }, server.ava),
      await begin({ conversation_id: open }),
    ]
    for (const [at, socket] of sockets.entries()) {
      const id = at === 3 ? open : own
      expect((await socket.next()).data).toEqual({ conversation_id: id, kind: 'chat' })
      expect((await socket.next('summary')).data).toMatchObject({ conversation_id: id })
      socket.socket.close()
    }
  })

  test.each<[string, object | string, number]>([
    ['no JSON', 'hello', 4400],
    ['no conversation', { token: 'x' }, 4400],
    ['an id that is no text', { conversation_id: 7 }, 4400],
    ['a token that is not valid', { conversation_id: 'x', token: 'none' }, 4401],
    ['a conversation that there is not', { conversation_id: 'none' }, 4404],
    ['an id that cannot exist', { conversation_id: '../x' }, 4404],
  ])('with %s closes the socket', async (_, first, code) => {
    expect((await (await begin(first)).closed).code).toBe(code)
  })

  test('a second time closes it too', async () => {
    const id = freshId()
    await server.store(batch(id, [message('Hello')]))
    const socket = await begin({ conversation_id: id, token: server.ava })
    await socket.next('watching')
    socket.send({ conversation_id: id })
    expect((await socket.closed).code).toBe(4400)
  })

  test('another company’s chat is one that there is not', async () => {
    const id = freshId()
    await server.store(batch(id, [message('Hello')]))
    const socket = await begin({ conversation_id: id, token: people.gus() })
    expect(await socket.closed).toEqual({ code: 4404, reason: 'not-found' })
  })

  test('too late closes the socket, and each side’s being there is checked', async () => {
    const clock = manualClock(Date.now())
    const own = await startSummaryServer({ clock, beginMs: 10_000, pingMs: 20_000 })
    try {
      const late = await own.connect(own.ava)
      clock.advance(10_000)
      expect((await late.closed).code).toBe(4408)
      const id = freshId()
      await own.store(batch(id, [message('Hello')]))
      const { socket, ...watcher } = await own.connect(own.ava)
      watcher.send({ conversation_id: id })
      await watcher.next('watching')
      const pinged = once(socket, 'ping')
      clock.advance(20_000)
      await pinged
    } finally {
      const closed = own.close()
      clock.advance(1_000)
      await closed
    }
  })

  test('a token that is revoked closes the socket', async () => {
    const id = freshId()
    await server.store(batch(id, [message('Hello')]))
    const token = people.ben()
    const socket = await begin({ conversation_id: id, token })
    await socket.next('watching')
    server.server.revoke(token)
    expect(await socket.closed).toEqual({ code: 4401, reason: 'token-revoked' })
  })
})

describe('an emergency call', () => {
  test('is followed by its live summaries, and closes when it ends', async () => {
    const call = await startCall(server.server, {
      messages: { m1: messageRecord('There is smoke in hall 4.') },
    })
    const socket = await begin({ conversation_id: call.conversationId, token: server.ava })
    const stream = await server.server.open(`/chats/${call.conversationId}/summary/stream`, server.ava)
    expect((await socket.next()).data).toEqual({ conversation_id: call.conversationId, kind: 'call' })
    await bringUpToDate(deps(), call.conversationId)
    const first = await socket.next('summary')
    expect(SummaryEvents.summary.parse(first.data)).toMatchObject({
      conversation_id: call.conversationId,
      covers_up_to: 'm1',
      details: { lines: [{ evidence: ['m1'] }] },
    })
    expect(await stream.next('summary')).toMatchObject({ id: first.id, data: first.data })
    await write(server.server, call, 'm2')
    await bringUpToDate(deps(), call.conversationId)
    expect((await socket.next('summary')).data).toMatchObject({ covers_count: 2 })
    const again = await begin({ conversation_id: call.conversationId, last_event_id: first.id }, server.ava)
    expect((await again.next('summary')).data).toMatchObject({ covers_count: 2 })

    await changeCall(server.server, call, { status: 'ENDED' })
    await socket.next('ended')
    expect(await socket.closed).toEqual({ code: 1000, reason: 'ended' })
    await stream.ended
    const names = new Set(socket.events.map(({ event }) => event))
    expect(names).toEqual(new Set(['watching', 'summary', 'ended']))
  })

  test('that has been archived tells its final summary and ends', async () => {
    const call = await startCall(server.server, {
      messages: { m1: messageRecord('There is smoke in hall 4.') },
    })
    await changeCall(server.server, call, { status: 'ENDED' })
    await archiveCall(server.server.deps, call.callId)
    await makeFinalSummary(deps(), call.conversationId)
    const socket = await begin({ conversation_id: call.conversationId, token: server.ava })
    expect(await socket.closed).toEqual({ code: 1000, reason: 'ended' })
    expect(socket.events.map(({ event }) => event)).toEqual(['watching', 'summary', 'ended'])
    expect(socket.events[1]?.data).toMatchObject({ covers_up_to: 'm1' })
  })

  test.each([
    ['held by a colleague', { admin_id: 'cleo', takeover: 1 }, people.ben, 4403],
    ['of another company', {}, people.gus, 4404],
    ['asked for by a worker', {}, () => server.server.token('worker_1', 'worker'), 4404],
    ['asked for by nobody', {}, () => undefined, 4404],
  ])('%s is refused', async (_, call, token, code) => {
    const { conversationId } = await startCall(server.server, { call })
    const socket = await begin({ conversation_id: conversationId }, token())
    expect((await socket.closed).code).toBe(code)
  })

  test('that a colleague takes over closes the socket', async () => {
    const call = await startCall(server.server)
    const socket = await begin({ conversation_id: call.conversationId }, people.ben())
    await socket.next('watching')
    await changeCall(server.server, call, { admin_id: 'cleo', takeover: 1 })
    expect((await socket.next('error')).data).toMatchObject({ code: 'access-denied' })
    expect(await socket.closed).toEqual({ code: 4403, reason: 'access-denied' })
  })

  test('is not hidden by a chat that somebody stores under its id', async () => {
    const call = await startCall(server.server)
    await server.store(batch(call.conversationId, [message('Not the call')]))
    const socket = await begin({ conversation_id: call.conversationId }, server.ava)
    expect((await socket.next()).data).toMatchObject({ kind: 'call' })
    socket.socket.close()
  })
})
