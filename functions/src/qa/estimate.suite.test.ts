import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { testConfig } from '../platform/testing/test-config.ts'
import { QuestionEstimate } from './estimate-schema.ts'
import { threePeople } from './testing/people.ts'
import { type QaServer, startQaServer } from './testing/qa-server.ts'

const { qa, models } = testConfig()
const limits = { questionsPerUserPerDay: 10, answersPerCompanyPerDay: 20, repeats: 2 }

let server: QaServer
beforeAll(async () => {
  server = await startQaServer({ config: { qa: { ...qa, ...limits } } })
  await server.addProspects(threePeople)
  await server.work()
})
afterAll(() => server.close())

const estimate = async (at: QaServer, query: string, token: string) => {
  const { status, body } = await at.get(`/api/v1/qa/estimate?${query}`, token)
  expect(status).toBe(200)
  return QuestionEstimate.parse(body)
}

test('before anything was measured the time is assumed, and looking costs nothing', async () => {
  const first = await estimate(server, 'prospects=3', server.ben)
  expect(first).toMatchObject({
    estimated_completion_time: qa.assumedAnswerSeconds,
    measured_on: null,
    prospects_ahead: 0,
    model: null,
    model_calls: 0,
    questions: { left: 10, limit: 10 },
    answers: { left: 20, limit: 20 },
  })
  expect(Date.parse(first.resets_at)).toBeGreaterThan(Date.now())
  expect(await estimate(server, 'prospects=3', server.ben)).toEqual(first)
})

test('it is what the last session took, and tells what is left of today', async () => {
  const id = await server.ask(threePeople.map(({ lead_id }) => lead_id))
  const { created_at, completed_at } = await server.ended(id)
  const tookMs = Date.parse(String(completed_at)) - Date.parse(String(created_at))
  const next = await estimate(server, 'prospects=2&control_questions=1', server.ben)
  expect(next).toMatchObject({
    estimated_completion_time: Math.max(1, Math.ceil(tookMs / 1_000)),
    measured_on: { sessions: 1, fewest_prospects: 3, most_prospects: 3 },
    questions: { left: 9 },
    answers: { left: 17 },
  })
  // What the API says when the question is put is the same.
  const put = await server.post('/api/v1/qa/sessions', server.ben, {
    question: 'And now?',
    prospect_ids: ['LEAD-1001', 'LEAD-1002'],
  })
  expect(put.body).toMatchObject({
    estimated_completion_time: next.estimated_completion_time,
    simulated: true,
  })
  await server.ended(String(put.body.session_id))
})

test('another company’s sessions and quota have no part in it', async () => {
  const gus = server.token('gus', 'manager', { company: 'c_globex' })
  expect(await estimate(server, 'prospects=3', gus)).toMatchObject({
    measured_on: null,
    questions: { left: 10 },
    answers: { left: 20 },
  })
})

test('with a model it says how often that is asked: each person twice, the control questions, and the summary', async () => {
  const online = await startQaServer({
    config: {
      models: {
        ...models,
        promptCharacters: 60_000,
        server: { baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'none', model: 'some-model' },
      },
    },
  })
  onTestFinished(() => online.close())
  const callsFor = async (query: string) => {
    const { model, model_calls } = await estimate(online, query, online.ben)
    expect(model).toBe('some-model')
    return model_calls
  }
  expect(await callsFor('prospects=3')).toBe(3 * 2 + 1)
  expect(await callsFor('prospects=3&control_questions=2')).toBe(3 * 4 + 1)
  // What does not fit into one prompt is summarized in parts, and the parts are made one.
  expect(await callsFor('prospects=500')).toBe(500 * 2 + 4 + 1)
})

test.each(['', 'prospects=0', 'prospects=501', 'prospects=x', 'prospects=1&control_questions=4'])(
  '“%s” is no question that could be put',
  async (query) => {
    const refused = await server.get(`/api/v1/qa/estimate?${query}`, server.ben)
    expect(refused).toMatchObject({ status: 400, body: { error_code: 'INVALID_REQUEST' } })
  },
)

test('workers and strangers are told nothing', async () => {
  const path = '/api/v1/qa/estimate?prospects=1'
  expect((await server.get(path, server.token('w', 'worker'))).status).toBe(403)
  expect((await server.get(path)).status).toBe(401)
})
