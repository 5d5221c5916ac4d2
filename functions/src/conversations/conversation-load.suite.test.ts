import { once } from 'node:events'
import { type IncomingMessage, get } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { conversationRoutes } from './routes.ts'
import { type CallFixture, messageIds, messageRecord, startCall, write } from './testing/calls.ts'
import { type LiveServer, startLiveServer } from './testing/live-server.ts'

let server: LiveServer
beforeAll(async () => {
  server = await startLiveServer(conversationRoutes, { perUser: 100, lingerMs: 200, countsListens: true })
})
afterAll(() => server.close())

const pathOf = ({ conversationId }: { conversationId: string }) =>
  `/api/conversation/${conversationId}/stream`
const messagesOf = ({ conversationId }: CallFixture) =>
  server.device.database.ref(`active_conversations/${conversationId}/messages`)

/** What a connection that may be cut still delivers. */
async function readToTheEnd(response: IncomingMessage): Promise<string> {
  let text = ''
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  // A cut connection reports an error before it closes, which is what this is about.
  response.on('error', () => undefined)
  response.resume()
  if (!response.closed) await new Promise((resolve) => response.once('close', resolve))
  return text
}

test('a hundred streams on twenty conversations cost the database twenty listeners, one each for all their calls, summaries, and what the team has seen', async () => {
  const token = server.token('ava', 'manager')
  const calls = await Promise.all(Array.from({ length: 20 }, () => startCall(server)))
  const streams = await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      const call = calls[i % 20]
      if (call === undefined) throw new Error('no such call')
      return { call, stream: await server.open(pathOf(call), token) }
    }),
  )
  await Promise.all(streams.map(({ stream }) => stream.next('initial')))
  const conversations = calls.map(({ conversationId }) => `active_conversations/${conversationId} × 1`)
  expect(server.listens()).toEqual([
    'active_calls × 1',
    ...conversations.toSorted(),
    'live_summaries × 1',
    'team_seen × 1',
  ])

  await Promise.all(calls.map((call) => write(server, call, `of-${call.callId}`)))
  const news = await Promise.all(streams.map(({ stream }) => stream.next('new_messages')))
  expect(news.map(({ data }) => messageIds(data))).toEqual(streams.map(({ call }) => [`of-${call.callId}`]))

  for (const { stream } of streams) stream.close()
  await expect.poll(() => server.live.streams.size()).toBe(0)
  await expect.poll(() => server.live.rooms.size()).toBe(0)
  await expect.poll(() => server.listens()).toEqual([])
})

test('a reader who stalls is let go, holds nobody up, and resumes where it was', async () => {
  const call = await startCall(server, { messages: { first: messageRecord('x') } })
  const token = server.token('ben', 'agent')
  const healthy = await server.open(pathOf(call), token)
  await healthy.next('initial')

  const request = get(`${server.origin}${pathOf(call)}`, { headers: { authorization: `Bearer ${token}` } })
  const [stalled] = (await once(request, 'response')) as [IncomingMessage]
  await expect.poll(() => server.live.streams.size()).toBe(2)

  // More than the buffers of both ends of the connection and the queue can take together.
  const text = '.'.repeat(4_000)
  let written = 0
  while (server.live.streams.size() === 2 && written < 20_000) {
    await messagesOf(call).update(
      Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`m${written + i}`, messageRecord(text)])),
    )
    written += 100
  }
  // Cut within the grace for last words, and with it everything that was kept for it.
  await expect.poll(() => server.live.streams.size()).toBe(1)
  const received: string[] = []
  while (received.length < written) received.push(...messageIds((await healthy.next('new_messages')).data))
  expect(new Set(received).size).toBe(written)

  const taken = await readToTheEnd(stalled)
  const events = taken.split('\n\n').slice(0, -1)
  const had = events.flatMap((event) => [...event.matchAll(/"message_id":"([^"]+)"/g)].map(([, id]) => id))
  expect(had.length).toBeLessThan(written)
  const last = events.map((event) => /^id: (.*)$/m.exec(event)?.[1]).findLast((id) => id !== undefined)
  const resumed = await server.open(pathOf(call), token, last)
  const missed = messageIds((await resumed.next('new_messages')).data)
  expect(new Set([...had, ...missed]).size).toBe(written + 1)
  resumed.close()
  healthy.close()
})

test('in a conversation of five thousand messages one more costs one more', async () => {
  const call = await startCall(server)
  for (let batch = 0; batch < 10; batch += 1) {
    await messagesOf(call).update(
      Object.fromEntries(
        Array.from({ length: 500 }, (_, i) => [`m${batch * 500 + i}`, messageRecord('x'.repeat(100))]),
      ),
    )
  }
  const token = server.token('cleo', 'agent')
  const readers = await Promise.all(Array.from({ length: 10 }, () => server.open(pathOf(call), token)))
  for (const reader of readers) expect(messageIds((await reader.next('initial')).data)).toHaveLength(5_000)
  const cpu = process.cpuUsage()
  for (let i = 0; i < 100; i += 1) {
    await write(server, call, `late${i}`)
    for (const reader of readers)
      expect(messageIds((await reader.next('new_messages')).data)).toEqual([`late${i}`])
  }
  const { user, system } = process.cpuUsage(cpu)
  // Reading five thousand again each time would cost about 20 ms of each; this leaves room for a busy machine.
  expect((user + system) / 1_000 / 100).toBeLessThan(15)

  const { body } = await server.get(pathOf(call).replace('/stream', ''), token)
  expect(body).toMatchObject({ conversation: { total_messages: 5_100 } })
  for (const reader of readers) reader.close()
})
