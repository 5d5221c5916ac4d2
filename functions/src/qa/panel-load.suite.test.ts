import { afterEach, expect, test, vi } from 'vitest'
import { ModelError } from '../models/model.ts'
import { QuestionSession } from './schema.ts'
import { responsesOf } from './session-store.ts'
import { type TestModel, offlineModel } from './testing/offline-model.ts'
import { manyPeople } from './testing/people.ts'
import { type QaServer, startQaServer } from './testing/qa-server.ts'

const open: QaServer[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

async function start(model: TestModel, people: number, config = {}): Promise<QaServer & { ids: string[] }> {
  const server = await startQaServer({ model, config })
  open.push(server)
  const prospects = manyPeople(people)
  await server.addProspects(prospects)
  return { ...server, ids: prospects.map(({ lead_id }) => lead_id) }
}

const leadOf = (input: unknown): string => (input as { persona?: { lead_id: string } }).persona?.lead_id ?? ''

test('500 prospects and a model that fails now and then: everybody answers once or is counted, one summary', async () => {
  let call = 0
  const model = offlineModel(async ({ job, input }) => {
    call += 1
    if (job !== 'answer-as-prospect') return
    // Every fifth call fails, some for good; one is slow.
    if (leadOf(input) === 'LEAD-0007') throw new ModelError('refused', { isTransient: false })
    if (call % 5 === 0) throw new ModelError('busy', { isTransient: true })
    if (call % 50 === 1) await new Promise((resolve) => setTimeout(resolve, 500))
  })
  const server = await start(model, 500)
  await server.work({ concurrency: 25 })
  const began = performance.now()
  const id = await server.ask(server.ids)
  const submitMs = performance.now() - began
  const stream = await server.open(`/api/v1/qa/sessions/${id}/stream`, server.ben)
  await stream.ended
  const session = QuestionSession.parse((await server.get(`/api/v1/qa/sessions/${id}`, server.ben)).body)

  const answered = session.responses.map(({ persona }) => persona.lead_id)
  const failed = session.failed_prospects.map(({ lead_id }) => lead_id)
  expect(new Set([...answered, ...failed]).size).toBe(500)
  expect(answered.length + failed.length).toBe(500)
  expect(failed).toContain('LEAD-0007')
  expect(session).toMatchObject({ status: 'completed', total_responded: answered.length })
  expect(stream.events.filter(({ event }) => event === 'response_received')).toHaveLength(answered.length)
  expect(model.calls.filter(({ job }) => job === 'summarize-session')).toHaveLength(1)
  const last = stream.events.findLast(({ event }) => event === 'response_received')
  expect(last?.data.progress).toMatchObject({ responded: answered.length, total: 500 })
  expect(submitMs).toBeLessThan(5_000)
}, 240_000)

test('after a cancel no call to the model begins, and what is answered is kept', async () => {
  const released = Promise.withResolvers<void>()
  let hold = false
  const model = offlineModel(async ({ signal }) => {
    if (!hold) return
    const aborted = Promise.withResolvers<never>()
    signal?.addEventListener('abort', () => aborted.reject(signal.reason), { once: true })
    await Promise.race([released.promise, aborted.promise])
  })
  const server = await start(model, 60)
  await server.work({ concurrency: 5 })
  const id = await server.ask(server.ids)
  const stream = await server.open(`/api/v1/qa/sessions/${id}/stream`, server.ben)
  for (let at = 0; at < 3; at += 1) await stream.next('response_received')
  hold = true
  await vi.waitFor(() => expect(model.running()).toBeGreaterThan(0))
  const cancelled = await server.post(`/api/v1/qa/sessions/${id}/cancel`, server.ben, {})
  const callsAtCancel = model.calls.length
  expect(cancelled).toMatchObject({ status: 200, body: { session_id: id, status: 'failed' } })
  const failure = await stream.next('session_failed')
  expect(failure.data).toMatchObject({ event_type: 'session_failed', data: { error_code: 'CANCELLED' } })
  // Those in flight are broken off.
  await vi.waitFor(() => expect(model.running()).toBe(0))
  released.resolve()
  const other = await server.ask([server.ids[0] ?? ''])
  hold = false
  await server.ended(other)
  const later = model.calls.slice(callsAtCancel)
  expect(
    later.filter(({ job, input }) => job === 'answer-as-prospect' && leadOf(input) !== server.ids[0]),
  ).toEqual([])
  const session = QuestionSession.parse((await server.get(`/api/v1/qa/sessions/${id}`, server.ben)).body)
  expect(session.responses.length).toBeGreaterThanOrEqual(3)
  expect(session.total_responded).toBe(session.responses.length)
  expect(session.error_message).toContain('Cancelled')
  const again = await server.post(`/api/v1/qa/sessions/${id}/cancel`, server.ben, {})
  expect(again).toMatchObject({ status: 200, body: { cancelled_at: cancelled.body.cancelled_at } })
}, 60_000)

test('when everybody fails the session fails and says so', async () => {
  const model = offlineModel(() => {
    throw new ModelError('refused', { isTransient: false })
  })
  const server = await start(model, 2)
  await server.work()
  const id = await server.ask(server.ids)
  const stream = await server.open(`/api/v1/qa/sessions/${id}/stream`, server.ben)
  const failure = await stream.next('session_failed')
  expect(failure.data).toMatchObject({
    data: { error_code: 'PROCESSING_ERROR' },
    progress: { failed: 2, responded: 0 },
  })
  const session = await server.ended(id)
  expect(session).toMatchObject({
    status: 'failed',
    failed_prospects: [{ reason: 'model-refused' }, { reason: 'model-refused' }],
  })
  const refused = await server.post(`/api/v1/qa/sessions/${id}/regenerate-summary`, server.ben, {})
  expect(refused).toMatchObject({ status: 409, body: { error_code: 'SESSION_NOT_COMPLETED' } })
  const late = await server.post(`/api/v1/qa/sessions/${id}/cancel`, server.ben, {})
  expect(late).toMatchObject({ status: 409, body: { error_code: 'SESSION_NOT_ACTIVE' } })
}, 60_000)

test('a task delivered twice at once answers once', async () => {
  const model = offlineModel(() => new Promise((resolve) => setTimeout(resolve, 100)))
  const server = await start(model, 1)
  const worker = await server.work()
  const id = await server.ask(server.ids)
  for (const copy of [1, 2, 3]) {
    await server.deps.tasks.enqueue('answerAsProspect', {
      key: `${id}/copy/${copy}`,
      data: { session_id: id, lead_id: server.ids[0] ?? '', sweep: 0 },
    })
  }
  await server.ended(id)
  await vi.waitFor(() => expect(worker.deliveries.length).toBeGreaterThanOrEqual(5))
  expect(model.calls.filter(({ job }) => job === 'answer-as-prospect')).toHaveLength(2)
  expect(model.calls.filter(({ job }) => job === 'summarize-session')).toHaveLength(1)
  expect((await responsesOf(server.deps.firestore, id).get()).size).toBe(2)
}, 60_000)
