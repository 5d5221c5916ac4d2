import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deleteChat } from '../../chats/delete-chat.ts'
import { batch, freshId, keyOf, message, numbered } from '../../chats/testing/chat-server.ts'
import { ModelError } from '../../models/model.ts'
import { createLogger } from '../../platform/logger.ts'
import { type Assignment, assign } from '../../tasks/testing/task-worker.ts'
import { ChatSummary } from '../schema.ts'
import { type SummaryServer, startSummaryServer } from '../testing/summary-server.ts'
import { summarizeChat } from './summarize-chat.ts'
import { LEASE_MS } from './work.ts'

let server: SummaryServer
beforeEach(async () => {
  server = await startSummaryServer()
})
afterEach(() => server.close())

async function chatOf(count: number): Promise<string> {
  const id = freshId()
  await server.store(batch(id, numbered(count)))
  return id
}
const stored = async (id: string, type = 'brief') =>
  (await server.server.device.firestore.doc(`summaries/${keyOf(id)}.${type}`).get()).data()
const dataOf = (id: string, count: number) => ({ chat_key: keyOf(id), summary_type: 'brief', count })
const deliver = (to: Assignment, raw: object) =>
  to.deliver({ raw, taskId: randomUUID(), retryCount: 0, log: createLogger(server.server.deps.config) })
const handler = (rest: object = {}) => assign(summarizeChat, { ...server.taskDeps, ...rest })

test('a task that comes twice at once, and again later, costs one call of the model', async () => {
  const id = await chatOf(2)
  const opened = Promise.withResolvers<void>()
  server.model.gate = opened.promise
  const first = deliver(handler(), dataOf(id, 2))
  await expect.poll(() => server.model.runs).toBe(1)
  // The second throws, so that the queue tries it again: the first could have been killed.
  await expect(deliver(handler(), dataOf(id, 2))).rejects.toThrow('somebody else')
  opened.resolve()
  await first
  await deliver(handler(), dataOf(id, 2))
  expect([server.model.runs, (await stored(id))?.made.covers_count]).toEqual([1, 2])
})

test('after a worker was killed another one does the work, once nothing was heard of it for a while', async () => {
  const id = await chatOf(2)
  const killed = { every: () => () => undefined }
  const { clock } = server.server.deps
  const never = { run: () => new Promise<never>(() => undefined) }
  void deliver(handler({ model: never, clock: { ...clock, ...killed } }), dataOf(id, 2))
  await expect.poll(async () => (await stored(id))?.work).not.toBeNull()
  await expect(deliver(handler(), dataOf(id, 2))).rejects.toThrow('somebody else')
  expect(server.model.runs).toBe(0)
  const later = { ...clock, now: () => Date.now() + LEASE_MS + 1_000 }
  await deliver(handler({ clock: later }), dataOf(id, 2))
  expect([server.model.runs, (await stored(id))?.attempts]).toEqual([1, 2])
  expect((await server.summarize(id)).status).toBe(200)
  expect(server.model.runs).toBe(1)
})

test('whoever works for long says that they are still at it, and nobody else begins', async () => {
  const id = await chatOf(2)
  const opened = Promise.withResolvers<void>()
  server.model.gate = opened.promise
  let renew: () => void = () => undefined
  let now = Date.now()
  const clock = {
    ...server.server.deps.clock,
    now: () => now,
    every: (_: number, run: () => void) => {
      renew = run
      return () => undefined
    },
  }
  const work = deliver(handler({ clock }), dataOf(id, 2))
  await expect.poll(() => server.model.runs).toBe(1)
  now += LEASE_MS - 1_000
  renew()
  await expect.poll(async () => (await stored(id))?.work.until).toBe(now + LEASE_MS)
  now += LEASE_MS - 1_000
  await expect(deliver(handler({ clock }), dataOf(id, 2))).rejects.toThrow('somebody else')
  opened.resolve()
  await work
  expect(server.model.runs).toBe(1)
})

test('a fault of the work gives it back at once, and the queue tries again', async () => {
  const id = await chatOf(2)
  let isBroken = true
  server.model.answer = (input, job) => {
    if (!isBroken) return job.offline(input)
    isBroken = false
    throw new TypeError('a bug')
  }
  expect((await server.summarize(id)).status).toBe(200)
  expect(server.worker.deliveries.map(({ failed }) => failed)).toEqual([true, false])
})

test('a task for a conversation that has gone costs nothing and leaves nothing', async () => {
  const id = await chatOf(2)
  await server.server.device.firestore.doc(`summaries/${keyOf(id)}.brief`).set({ left: 'behind' })
  await server.server.device.database.ref(`active_chats/${keyOf(id)}`).remove()
  await deliver(handler(), dataOf(id, 2))
  expect([server.model.runs, await stored(id)]).toEqual([0, undefined])
})

test('a chat that is deleted while its summary is made leaves none behind', async () => {
  const id = await chatOf(2)
  const opened = Promise.withResolvers<void>()
  server.model.gate = opened.promise
  const work = deliver(handler(), dataOf(id, 2))
  await expect.poll(() => server.model.runs).toBe(1)
  const viewer = { uid: 'ava', role: 'manager', company_id: 'c_acme' } as const
  expect(await deleteChat(server.server.deps, viewer, keyOf(id))).toBe('deleted')
  opened.resolve()
  await work
  expect(await stored(id)).toBeUndefined()
  expect((await server.summarize(id)).status).toBe(404)
})

test('a task that comes late summarizes what there is by then', async () => {
  const id = await chatOf(2)
  await server.store(batch(id, numbered(3, 2)))
  await deliver(handler(), dataOf(id, 2))
  expect((await stored(id))?.made.covers_count).toBe(5)
  await server.summarize(id)
  expect(server.model.runs).toBe(1)
})

test.each([
  ['another chat’s', { chat_key: 'conv_1', summary_type: 'brief', count: 1 }],
  ['of another type', { chat_key: 'chat_' + 'a'.repeat(32), summary_type: 'long', count: 1 }],
  ['about nothing', {}],
])('a task %s is not tried again', async (_, raw) => {
  await expect(deliver(handler(), raw)).resolves.toBeUndefined()
  expect(server.model.runs).toBe(0)
})

test('a record that cannot be read is as good as none', async () => {
  const id = await chatOf(2)
  await server.server.device.firestore.doc(`summaries/${keyOf(id)}.brief`).set({ made: 'nonsense' })
  expect((await server.summarize(id)).status).toBe(200)
})

test('the summary of an earlier chat of the same id is not taken for that of the new one', async () => {
  const id = await chatOf(2)
  await server.summarize(id)
  await server.server.device.database.ref().update({
    [`active_chats/${keyOf(id)}`]: null,
    [`chat_messages/${keyOf(id)}`]: null,
    [`chat_message_ids/${keyOf(id)}`]: null,
  })
  await server.store(batch(id, [message('The new one is about a turbine'), message('Yes, the turbine')]))
  const { body } = await server.summarize(id)
  expect(body.summary).toContain('turbine')
  expect(server.model.runs).toBe(2)
})

test('where the model fails the request still answers, and says so', async () => {
  const id = await chatOf(2)
  server.model.answer = () => {
    throw new ModelError('no answer', { isTransient: true })
  }
  const { status, body } = await server.summarize(id)
  expect([status, body.is_fallback, body.model]).toEqual([200, true, 'lifeline-offline'])
  expect(ChatSummary.parse(body).details.lines).not.toEqual([])
})

test('a model that talks nonsense is not believed, and the answer says so', async () => {
  const id = await chatOf(2)
  server.model.answer = (input, job) => ({
    ...job.offline(input),
    lines: [{ text: 'The bank has been robbed.', evidence: ['msg_9999999999'] }],
  })
  server.model.run = async (job, input) => ({
    output: server.model.answer(input as never, job as never) as never,
    model: 'a-model',
    isFallback: false,
  })
  const { body } = await server.summarize(id)
  expect(body).toMatchObject({ is_fallback: true, model: 'lifeline-offline' })
  expect(JSON.stringify(body)).not.toContain('robbed')
})
