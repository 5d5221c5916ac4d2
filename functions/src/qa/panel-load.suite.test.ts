import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { createModel } from '../models/create-model.ts'
import { type Model, ModelError } from '../models/model.ts'
import { startModelServer } from '../models/testing/model-server.ts'
import { systemClock } from '../platform/clock.ts'
import { testConfig } from '../platform/testing/test-config.ts'
import { QuestionSession } from './session-schema.ts'
import { responsesOf } from './session-store.ts'
import { offlineModel } from './testing/offline-model.ts'
import { panelModel } from './testing/panel-model.ts'
import { manyPeople } from './testing/people.ts'
import { type QaServer, startQaServer } from './testing/qa-server.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function start(model: Model, people: number, config = {}): Promise<QaServer & { ids: string[] }> {
  const server = await startQaServer({ model, config })
  closing.push(() => server.close())
  const prospects = manyPeople(people)
  await server.addProspects(prospects)
  return { ...server, ids: prospects.map(({ lead_id }) => lead_id) }
}

const leadOfEvent = (data: Record<string, unknown>): string =>
  (data as { new_response: { persona: { lead_id: string } } }).new_response.persona.lead_id
const leadOf = (input: unknown): string => (input as { persona?: { lead_id: string } }).persona?.lead_id ?? ''

test('500 prospects and a model server on a bad day: everybody answers once or is counted, one summary, nothing stuck', async () => {
  const bad = panelModel({ usualMs: 20, slowMs: 500, refuses: ['Person 7'] })
  const fake = await startModelServer(bad.behaviour)
  closing.push(() => fake.close())
  const { models } = testConfig()
  const model = createModel({
    config: {
      models: { ...models, server: { baseUrl: fake.baseUrl, apiKey: 'none', model: 'm' }, concurrency: 25 },
    },
    clock: systemClock,
    log: pino({ level: 'silent' }),
  })
  const server = await start(model, 500)
  const worker = await server.work({ concurrency: 30 })
  const began = performance.now()
  const id = await server.ask(server.ids)
  const submitMs = performance.now() - began
  const twice = server.ids.filter((_, at) => at % 10 === 0)
  for (const lead_id of twice) {
    const data = { session_id: id, lead_id, sweep: 0 }
    await server.deps.tasks.enqueue('answerAsProspect', { key: `${id}/twice/${lead_id}`, data })
  }
  const stream = await server.open(`/api/v1/qa/sessions/${id}/stream`, server.ben)
  await stream.ended
  const session = QuestionSession.parse((await server.get(`/api/v1/qa/sessions/${id}`, server.ben)).body)

  const answered = session.responses.map(({ persona }) => persona.lead_id)
  const failed = session.failed_prospects.map(({ lead_id }) => lead_id)
  expect([...answered, ...failed].toSorted()).toEqual(server.ids.toSorted())
  // A model server that fails now and then costs nobody their answer: only whom it refuses has none.
  expect(session.failed_prospects).toEqual([
    { lead_id: 'LEAD-0007', full_name: 'Person 7', reason: 'model-refused' },
  ])
  expect(session).toMatchObject({ status: 'completed', total_responded: answered.length })
  // The model did all of what it was there for, and nobody was put the question by two deliveries.
  expect(bad.counts.failed).toBeGreaterThan(200)
  expect(bad.counts.slow).toBeGreaterThan(40)
  expect(bad.counts.twice).toBeGreaterThan(20)
  expect(Math.max(...bad.answered.values())).toBe(2)
  expect(worker.deliveries.length).toBeGreaterThan(540)

  const told = stream.events.filter(({ event }) => event === 'response_received')
  expect(told.map(({ data }) => leadOfEvent(data)).toSorted()).toEqual(answered.toSorted())
  expect(told.at(-1)?.data.progress).toMatchObject({ responded: answered.length, total: 500 })
  expect(stream.events.filter(({ event }) => event === 'session_completed')).toHaveLength(1)
  expect(bad.counts.summaries).toBe(1)
  expect(session.summary).toMatchObject({ summary_text: 'They worry.', composed_offline: false })
  const states = (await responsesOf(server.deps.firestore, id).select('state').get()).docs
  expect(states.filter((each) => each.get('state') === 'working')).toEqual([])
  expect((await server.get('/api/v1/qa/sessions', server.ben)).body).toMatchObject({
    active_sessions_count: 0,
    completed_sessions_count: 1,
  })
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
  await expect.poll(() => model.running()).toBeGreaterThan(0)
  const cancelled = await server.post(`/api/v1/qa/sessions/${id}/cancel`, server.ben, {})
  const callsAtCancel = model.calls.length
  expect(cancelled).toMatchObject({ status: 200, body: { session_id: id, status: 'failed' } })
  const failure = await stream.next('session_failed')
  expect(failure.data).toMatchObject({ event_type: 'session_failed', data: { error_code: 'CANCELLED' } })
  // Those in flight are broken off.
  await expect.poll(() => model.running()).toBe(0)
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
})

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
})

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
  await expect.poll(() => worker.deliveries.length).toBeGreaterThanOrEqual(5)
  expect(model.calls.filter(({ job }) => job === 'answer-as-prospect')).toHaveLength(2)
  expect(model.calls.filter(({ job }) => job === 'summarize-session')).toHaveLength(1)
  expect((await responsesOf(server.deps.firestore, id).get()).size).toBe(2)
})
