import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { archiveChat } from '../../chats/archive-chat.ts'
import { deleteChat } from '../../chats/delete-chat.ts'
import { batch, freshId, keyOf, message, numbered } from '../../chats/testing/chat-server.ts'
import { SummaryEvents } from '../schema.ts'
import { type SummaryServer, startSummaryServer } from '../testing/summary-server.ts'

let server: SummaryServer

beforeAll(async () => {
  server = await startSummaryServer()
})
beforeEach(async () => {
  // The room of the test before lingers for a moment.
  await vi.waitUntil(() => server.feeds.rooms.size() === 0, { timeout: 20_000 })
  server.model.runs = 0
  server.model.gate = Promise.resolve()
})
afterAll(() => server.close())

async function chatOf(count: number): Promise<string> {
  const id = freshId()
  await server.store(batch(id, numbered(count)))
  return id
}
const open = (id: string, { token = server.ava, lastEventId = undefined as string | undefined } = {}) =>
  server.server.open(`/chats/${id}/summary/stream`, token, lastEventId)
const follow = async (id: string) => {
  const socket = await server.connect()
  socket.send({ conversation_id: id, token: server.ava })
  return socket
}

test('whoever follows a chat gets its summary, and a new one when somebody has written', async () => {
  const id = await chatOf(2)
  const stream = await open(id)
  expect((await stream.next()).data).toEqual({ conversation_id: id, kind: 'chat' })
  const first = await stream.next('summary')
  expect(SummaryEvents.summary.parse(first.data)).toMatchObject({ conversation_id: id, covers_count: 2 })
  await server.store(batch(id, [message('One more')]))
  await server.store(batch(id, [message('And another')]))
  expect((await stream.next('summary')).data).toMatchObject({ covers_count: 4 })
  expect(server.model.runs).toBe(2)
  stream.close()
})

test('without a follower no message costs anything, also just after the last one has left', async () => {
  const id = await chatOf(2)
  const stream = await open(id)
  await stream.next('summary')
  stream.close()
  await expect.poll(() => server.feeds.rooms.size()).toBe(0)
  await server.store(batch(id, [message('Is anybody there?')]))
  const other = await chatOf(1)
  const later = await open(other)
  await later.next('summary')
  expect(server.model.runs).toBe(2)
  expect(
    server.worker.deliveries.filter(({ data }) => (data as { chat_key: string }).chat_key === keyOf(id)),
  ).toHaveLength(1)
  later.close()
})

test('who comes back with the last id is told only what is new', async () => {
  const id = await chatOf(2)
  const stream = await open(id)
  const { id: lastEventId } = await stream.next('summary')
  stream.close()
  const again = await open(id, { lastEventId: lastEventId ?? '' })
  await again.next('watching')
  await server.store(batch(id, [message('News')]))
  expect((await again.next('summary')).data).toMatchObject({ covers_count: 3 })
  expect(again.events.map(({ event }) => event)).toEqual(['watching', 'summary'])
  again.close()
})

test('readers of both kinds share one call of the model, and are told the same', async () => {
  const id = await chatOf(2)
  const opened = Promise.withResolvers<void>()
  server.model.gate = opened.promise
  const readers = await Promise.all([open(id), open(id), follow(id), follow(id)])
  for (const reader of readers) await reader.next('watching')
  expect(server.feeds.rooms.size()).toBe(1)
  opened.resolve()
  const told = await Promise.all(readers.map(async (reader) => await reader.next('summary')))
  expect(new Set(told.map(({ id: eventId, data }) => JSON.stringify([eventId, data]))).size).toBe(1)
  expect(server.model.runs).toBe(1)
  const [first, second, third, fourth] = readers
  first.close()
  second.close()
  third.socket.close()
  fourth.socket.close()
})

test('what was made for a request is told to those who follow, and the other way round', async () => {
  const id = await chatOf(2)
  await server.summarize(id)
  const stream = await open(id)
  await stream.next('summary')
  await server.store(batch(id, [message('News')]))
  const { body } = await server.summarize(id)
  expect((await stream.next('summary')).data).toEqual(body)
  expect(server.model.runs).toBe(2)
  stream.close()
})

test('ends when the conversation does: the stream with `ended`, the socket with 1000', async () => {
  const id = await chatOf(2)
  const [stream, socket] = [await open(id), await follow(id)]
  await stream.next('summary')
  await socket.next('summary')
  await archiveChat(server.server.deps, keyOf(id))
  expect((await stream.next('ended')).data).toMatchObject({ conversation_id: id })
  await stream.ended
  await socket.next('ended')
  expect(await socket.closed).toEqual({ code: 1000, reason: 'ended' })
})

test('one that ended long ago is summarized for whoever comes, and then is over', async () => {
  const id = await chatOf(2)
  await archiveChat(server.server.deps, keyOf(id))
  const socket = await follow(id)
  expect(await socket.closed).toEqual({ code: 1000, reason: 'ended' })
  expect(socket.events.map(({ event }) => event)).toEqual(['watching', 'summary', 'ended'])
  expect(server.model.runs).toBe(1)
})

test('one that is deleted ends for those who follow it', async () => {
  const id = await chatOf(2)
  const stream = await open(id)
  await stream.next('summary')
  const viewer = { uid: 'ava', role: 'manager', company_id: 'c_acme' } as const
  await deleteChat(server.server.deps, viewer, keyOf(id))
  expect((await stream.next('ended')).data).toMatchObject({ conversation_id: id })
  await stream.ended
})

test('a chat that somebody may not read is unknown to them', async () => {
  const id = await chatOf(1)
  const gus = server.server.token('gus', 'manager', { company: 'c_globex' })
  const worker = server.server.token('worker_1', 'worker')
  for (const token of [gus, worker]) expect((await open(id, { token })).status).toBe(404)
  const response = await fetch(`${server.server.origin}/chats/${id}/summary/stream`)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ detail: { code: 'not_found' } })
})

test('where the queue does not answer readers stay, and get their summary once it does', async () => {
  const id = await chatOf(1)
  const { tasks } = server.server.deps
  const enqueue = tasks.enqueue.bind(tasks)
  let refused = 0
  tasks.enqueue = () => {
    refused += 1
    return Promise.reject(new Error('away'))
  }
  const stream = await open(id)
  await expect.poll(() => refused).toBe(1)
  tasks.enqueue = enqueue
  expect((await stream.next('summary')).data).toMatchObject({ covers_count: 1 })
  stream.close()
})
