import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ArchiveDeps, archiveCall, archiveLateMessages } from '../../calls/archive-call.ts'
import { changeCall, messageRecord, startCall, write } from '../../conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from '../../conversations/testing/live-server.ts'
import { type Model, OFFLINE_MODEL } from '../../models/model.ts'
import { assign, startTaskWorker, type TaskWorker } from '../../tasks/testing/task-worker.ts'
import { requestDueSummaries, requestDueSummary } from './request-due.ts'
import { type EndedSummaryDeps, makeFinalSummary, summarizeEnded } from './summarize-ended.ts'

let server: LiveServer
let worker: TaskWorker | undefined
let runs: number
let gate: Promise<void>

const model: Model = {
  run: async (job, input) => {
    runs += 1
    await gate
    return { output: job.offline(input), model: OFFLINE_MODEL, isFallback: false }
  },
}
const deps = (): EndedSummaryDeps => ({ ...server.deps, model, directory: server.live.directory })

beforeEach(async () => {
  runs = 0
  gate = Promise.resolve()
  server = await startLiveServer(() => [])
})
afterEach(async () => {
  await worker?.close()
  worker = undefined
  await server.close()
})

async function endedCall(messages: object, rest: Partial<ArchiveDeps> = {}) {
  const call = await startCall(server, { messages })
  await changeCall(server, call, { status: 'ENDED' })
  expect(await archiveCall({ ...server.deps, ...rest }, call.callId)).toBe('archived')
  return call
}
const read = async (path: string) => (await server.device.firestore.doc(path).get()).data()

test('a call that has ended gets a summary of its whole archive, once', async () => {
  worker = await startTaskWorker(server.deps.config, [assign(summarizeEnded, deps())])
  const { conversationId } = await endedCall({
    m1: messageRecord('There is smoke in hall 4.'),
    m2: messageRecord('We are all out now.'),
  })
  expect(await requestDueSummaries(server.deps)).toBe(1)
  expect(await requestDueSummaries(server.deps)).toBe(1)
  await expect
    .poll(() => read(`summaries/${conversationId}`))
    .toMatchObject({
      conversation_id: conversationId,
      company_id: 'c_acme',
      covers_count: 2,
      model: OFFLINE_MODEL,
      is_fallback: false,
    })
  const { content } = (await read(`summaries/${conversationId}`)) ?? {}
  expect(content.lines[0].evidence).toEqual(['m1'])
  expect(await requestDueSummaries(server.deps)).toBe(0)
  expect([worker.deliveries.length, runs]).toEqual([1, 1])
})

test('the end itself asks for it, and a sweep that comes at the same moment asks for the same', async () => {
  worker = await startTaskWorker(server.deps.config, [assign(summarizeEnded, deps())])
  const whenArchived = (conversationId: string) =>
    Promise.all([requestDueSummary(server.deps, conversationId), requestDueSummaries(server.deps)])
  const { conversationId } = await endedCall(
    { m1: messageRecord('There is smoke in hall 4.') },
    { whenArchived },
  )
  await expect.poll(() => read(`summaries/${conversationId}`)).toMatchObject({ covers_count: 1 })
  expect(await requestDueSummary(server.deps, conversationId)).toBe('not-due')
  expect([worker.deliveries.length, runs]).toEqual([1, 1])
})

test('an end that cannot ask for it is an end all the same, and a sweep asks', async () => {
  const whenArchived = () => Promise.reject(new Error('the queue is away'))
  await endedCall({ m1: messageRecord('There is smoke in hall 4.') }, { whenArchived })
  expect(server.logs.map(({ msg }) => msg)).toContain('what follows an archive is left to a sweep')
  worker = await startTaskWorker(server.deps.config, [assign(summarizeEnded, deps())])
  expect(await requestDueSummaries(server.deps)).toBe(1)
})

test('two tasks for one archive, the second asked for while the first runs, cost one call of the model', async () => {
  const opened = Promise.withResolvers<void>()
  gate = opened.promise
  worker = await startTaskWorker(server.deps.config, [assign(summarizeEnded, deps())])
  const { conversationId } = await endedCall({ m1: messageRecord('There is smoke in hall 4.') })
  const data = { conversation_id: conversationId }
  await server.deps.tasks.enqueue('summarizeEnded', { key: 'first', data })
  await expect.poll(() => runs).toBe(1)
  await server.deps.tasks.enqueue('summarizeEnded', { key: 'second', data })
  await expect.poll(() => worker?.deliveries.some(({ failed }) => failed)).toBe(true)
  opened.resolve()
  await expect.poll(() => read(`summaries/${conversationId}`)).toMatchObject({ covers_count: 1 })
  await expect.poll(() => worker?.deliveries.at(-1)).toMatchObject({ failed: false })
  expect(runs).toBe(1)
})

test('messages that are added to an archive later make its summary due again', async () => {
  const call = await endedCall({ m1: messageRecord('There is smoke in hall 4.') })
  expect(await makeFinalSummary(deps(), call.conversationId)).toBe('written')
  expect(await makeFinalSummary(deps(), call.conversationId)).toBe('not-due')
  await write(server, call, 'm2')
  await archiveLateMessages(server.deps, call.conversationId)
  expect(await makeFinalSummary(deps(), call.conversationId)).toBe('written')
  expect(await read(`summaries/${call.conversationId}`)).toMatchObject({ covers_count: 2 })
})

test('its findings become live insights, beside those of people, and are replaced by the next one', async () => {
  const call = await endedCall({ m1: messageRecord('There is smoke in hall 4. Where is the exit?') })
  const path = `live_insights/${call.conversationId}`
  const theirs = { insight: 'Knows the hall well', type: 'note' }
  await server.device.firestore.doc(path).set({
    conversation_id: call.conversationId,
    insights: [theirs],
    created_at: 1,
    updated_at: 1,
  })
  await makeFinalSummary(deps(), call.conversationId)
  const first = (await read(path))?.insights as { type: string; evidence?: string[] }[]
  expect(first[0]).toEqual(theirs)
  expect(first).toContainEqual(expect.objectContaining({ type: 'summary.open_question', evidence: ['m1'] }))
  await write(server, call, 'm2')
  await archiveLateMessages(server.deps, call.conversationId)
  await makeFinalSummary(deps(), call.conversationId)
  const second = (await read(path))?.insights as { type: string }[]
  expect(second.filter(({ type }) => type === 'note')).toEqual([theirs])
  expect(second.filter(({ type }) => type === 'summary.sentiment')).toHaveLength(1)
  expect(await read(path)).toMatchObject({ created_at: 1 })
})

test('a summary of an archive that changed meanwhile is not kept', async () => {
  const call = await endedCall({ m1: messageRecord('There is smoke in hall 4.') })
  const opened = Promise.withResolvers<void>()
  gate = opened.promise
  const work = makeFinalSummary(deps(), call.conversationId)
  await expect.poll(() => runs).toBe(1)
  await write(server, call, 'm2')
  await archiveLateMessages(server.deps, call.conversationId)
  opened.resolve()
  expect(await work).toBe('changed')
  expect(await read(`summaries/${call.conversationId}`)).toBeUndefined()
  expect(await read(`conversations/${call.conversationId}`)).toMatchObject({ summary_due: true })
})

test('a conversation without words needs none', async () => {
  const { conversationId } = await endedCall({})
  expect(await makeFinalSummary(deps(), conversationId)).toBe('written')
  expect([await read(`summaries/${conversationId}`), runs]).toEqual([undefined, 0])
  expect(await requestDueSummaries(server.deps)).toBe(0)
})

test('a conversation that is active or unknown has none due', async () => {
  const { conversationId } = await startCall(server, { messages: { m1: messageRecord('Fire') } })
  expect(await makeFinalSummary(deps(), conversationId)).toBe('not-due')
  expect(await makeFinalSummary(deps(), 'conv_unknown')).toBe('not-due')
  expect(runs).toBe(0)
})
