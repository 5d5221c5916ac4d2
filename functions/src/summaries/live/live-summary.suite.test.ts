import { afterEach, beforeEach, expect, test } from 'vitest'
import { conversationRoutes } from '../../conversations/routes.ts'
import { ConversationEvents } from '../../conversations/schema.ts'
import { changeCall, messageRecord, startCall, write } from '../../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../../conversations/testing/live-server.ts'
import { type Model, OFFLINE_MODEL } from '../../models/model.ts'
import { assign, startTaskWorker, type TaskWorker } from '../../tasks/testing/task-worker.ts'
import { requestLiveSummary } from './request-live-summary.ts'
import { type LiveSummaryDeps, bringUpToDate, summarizeCall } from './summarize-call.ts'

let server: LiveServer
let worker: TaskWorker | undefined
let runs: number
/** Held back until it resolves. */
let gate: Promise<void>

const model: Model = {
  run: async (job, input) => {
    runs += 1
    await gate
    return { output: job.offline(input), model: OFFLINE_MODEL, isFallback: false }
  },
}
const deps = (): LiveSummaryDeps => ({ ...server.deps, model, directory: server.live.directory })

beforeEach(async () => {
  runs = 0
  gate = Promise.resolve()
  server = await startLiveServer(conversationRoutes, { lingerMs: 100 })
})
afterEach(async () => {
  await worker?.close()
  worker = undefined
  await server.close()
})

const streamOf = (conversationId: string) => `/api/conversation/${conversationId}/stream`
const stored = async (conversationId: string) =>
  (await server.deps.writes.ref(`live_summaries/${conversationId}`).get()).val()

test('a message brings a summary onto the open stream that covers it and cites it', async () => {
  worker = await startTaskWorker(server.deps.config, [assign(summarizeCall, deps())])
  const call = await startCall(server, { messages: { m1: messageRecord('There is smoke in hall 4.') } })
  const stream = await server.open(streamOf(call.conversationId), server.token('ava', 'manager'))
  await stream.next('initial')

  await requestLiveSummary(server.deps, {
    conversationId: call.conversationId,
    messageId: 'm1',
    stored: { ...messageRecord('There is smoke in hall 4.'), received_at: Date.now() },
  })
  const summary = ConversationEvents.summary.parse((await stream.next('summary')).data)
  expect(summary).toMatchObject({
    is_final: false,
    covers_up_to: 'm1',
    covers_count: 1,
    model: OFFLINE_MODEL,
  })
  expect(summary.lines.map(({ evidence }) => evidence)).toEqual([['m1']])

  const late = await server.open(streamOf(call.conversationId), server.token('ben', 'agent'))
  expect((await late.next('summary')).data).toEqual(summary)
})

test('a message that is reported twice asks for one summary, and a system message for none', async () => {
  worker = await startTaskWorker(server.deps.config, [assign(summarizeCall, deps())])
  const { conversationId } = await startCall(server, { messages: { m1: messageRecord('Help, fire!') } })
  const message = {
    conversationId,
    messageId: 'm1',
    stored: { ...messageRecord('Help, fire!'), received_at: Date.now() },
  }
  expect(await requestLiveSummary(server.deps, message)).toBe('asked')
  expect(await requestLiveSummary(server.deps, message)).toBe('asked')
  const system = { ...message, messageId: 's1', stored: { ...message.stored, role: 'system' } }
  expect(await requestLiveSummary(server.deps, system)).toBe('ignored')
  await expect.poll(() => stored(conversationId)).not.toBeNull()
  expect(worker.deliveries).toHaveLength(1)
})

test('what is covered already costs no model call', async () => {
  const { conversationId } = await startCall(server, { messages: { m1: messageRecord('Fire') } })
  expect(await bringUpToDate(deps(), conversationId)).toBe('written')
  expect(await bringUpToDate(deps(), conversationId)).toBe('current')
  expect(runs).toBe(1)
})

test('one is made at a time, and what came meanwhile is in the next one', async () => {
  const opened = Promise.withResolvers<void>()
  gate = opened.promise
  worker = await startTaskWorker(server.deps.config, [assign(summarizeCall, deps())])
  const call = await startCall(server, { messages: { m1: messageRecord('Fire in hall 4') } })
  const { conversationId } = call
  const ask = (key: string) =>
    server.deps.tasks.enqueue('summarizeCall', { key, data: { conversation_id: conversationId } })
  await ask('first')
  await expect.poll(() => runs).toBe(1)
  await write(server, call, 'm2')
  await ask('second')
  await expect.poll(() => worker?.deliveries).toHaveLength(2)
  await expect
    .poll(async () => (await server.deps.writes.ref(`summary_work/${conversationId}/again`).get()).val())
    .toBe(true)
  expect(runs).toBe(1)

  opened.resolve()
  await expect.poll(() => stored(conversationId)).toMatchObject({ covers_up_to: 'm2', covers_count: 2 })
  expect(runs).toBe(2)
})

test('an older summary never replaces a newer one', async () => {
  const opened = Promise.withResolvers<void>()
  gate = opened.promise
  const call = await startCall(server, { messages: { m1: messageRecord('Fire in hall 4') } })
  const older = bringUpToDate(deps(), call.conversationId)
  await expect.poll(() => runs).toBe(1)
  await write(server, call, 'm2')
  gate = Promise.resolve()
  expect(await bringUpToDate(deps(), call.conversationId)).toBe('written')
  opened.resolve()
  expect(await older).toBe('overtaken')
  expect(await stored(call.conversationId)).toMatchObject({ covers_up_to: 'm2' })
})

test('nothing is written for a conversation that has gone meanwhile', async () => {
  const opened = Promise.withResolvers<void>()
  gate = opened.promise
  const call = await startCall(server, { messages: { m1: messageRecord('Fire in hall 4') } })
  const work = bringUpToDate(deps(), call.conversationId)
  await expect.poll(() => runs).toBe(1)
  await server.device.database.ref(`active_conversations/${call.conversationId}`).remove()
  opened.resolve()
  expect(await work).toBe('overtaken')
  expect(await stored(call.conversationId)).toBeNull()
  expect(await bringUpToDate(deps(), call.conversationId)).toBe('gone')
})

test('a change of the call leaves the summary as it is', async () => {
  const call = await startCall(server, { messages: { m1: messageRecord('Fire') } })
  await bringUpToDate(deps(), call.conversationId)
  const before = await stored(call.conversationId)
  await changeCall(server, call, { urgency: 'LOW' })
  expect(await stored(call.conversationId)).toEqual(before)
})
