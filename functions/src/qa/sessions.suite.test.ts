import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { AnswerInput } from './answer-job.ts'
import { submitExample } from './examples.ts'
import { APIError } from './error-schema.ts'
import { QuestionSubmitResponse } from './question-schema.ts'
import { QuestionSession, ResponsesListResponse, SessionListResponse } from './session-schema.ts'
import { offlineModel } from './testing/offline-model.ts'
import { threePeople } from './testing/people.ts'
import { type QaServer, startQaServer } from './testing/qa-server.ts'

let server: QaServer
let gus: string
beforeAll(async () => {
  server = await startQaServer()
  gus = server.token('gus', 'manager', { company: 'c_globex' })
  await server.addProspects(threePeople)
  await server.work()
})
afterAll(() => server.close())

test('the example of the specification is answered as printed, and goes on to its end by itself', async () => {
  const { status, body } = await server.post('/api/v1/qa/sessions', server.ben, submitExample)
  expect(status).toBe(200)
  const submitted = QuestionSubmitResponse.parse(body)
  expect(submitted).toMatchObject({
    status: 'pending',
    message: 'Question submitted successfully to 3 prospects',
    total_prospects: 3,
  })
  expect(submitted.session_id).toMatch(/^QS-/)
  expect(submitted.estimated_completion_time).toBeGreaterThan(0)

  const ended = QuestionSession.parse(await server.ended(submitted.session_id))
  expect(ended).toMatchObject({
    question: submitExample.question,
    status: 'completed',
    total_expected: 3,
    total_responded: 3,
    context: submitExample.context,
    created_by: 'ben',
    error_message: null,
  })
  expect(ended.target_prospects.map(({ lead_id }) => lead_id)).toEqual(submitExample.prospect_ids)
  const byLead = Map.groupBy(ended.responses, ({ persona }) => persona.lead_id)
  expect([...byLead.values()].map(({ length }) => length)).toEqual([1, 1, 1])
  const john = byLead.get('LEAD-1001')?.[0]
  expect(john).toMatchObject({ composed_offline: true, simulated: true })
  expect(john?.answer).toContain('My primary concern is that the life insurance really pays for my family.')
  expect(john?.facts.map(({ fact_id }) => fact_id)).toContain('J1')
  expect(byLead.get('LEAD-1003')?.[0]).toMatchObject({ sentiment: 'unknown', confidence_score: 0 })
  expect(byLead.get('LEAD-1002')?.[0]).toMatchObject({ sentiment: 'negative' })
  expect(ended.summary).toMatchObject({
    panel: { verdict: 'do-not-rely', n: 2, unknown: 1 },
    simulated: true,
  })
})

test('the stream tells every answer, then the end, and resumes by id', async () => {
  const id = await server.ask(['LEAD-1001', 'LEAD-1002'])
  const path = `/api/v1/qa/sessions/${id}/stream`
  const stream = await server.open(path, server.ben)
  await stream.ended
  const told = stream.events.filter(({ event }) => event !== 'heartbeat')
  expect(told.map(({ event }) => event)).toEqual([
    'response_received',
    'response_received',
    'session_completed',
  ])
  expect(told.map(({ data }) => data.event_type)).toEqual(told.map(({ event }) => event))
  expect(told.every(({ data }) => data.simulated === true)).toBe(true)
  expect(told[0]?.data).toMatchObject({ session_id: id, progress: { responded: 1, total: 2 } })
  expect(told[2]?.data).toMatchObject({ progress: { responded: 2, total: 2 }, summary: { simulated: true } })

  const resumed = await server.open(path, server.ben, told[0]?.id)
  await resumed.ended
  expect(resumed.events.map(({ id }) => id)).toEqual(told.slice(1).map(({ id }) => id))
  const nothingMore = await fetch(`${server.origin}${path}`, {
    headers: { authorization: `Bearer ${server.ben}`, 'last-event-id': told[2]?.id ?? '' },
  })
  expect(nothingMore.status).toBe(204)
})

test('responses are listed since a time, and say when nothing more will come', async () => {
  const id = await server.ask(['LEAD-1001', 'LEAD-1002'])
  await server.ended(id)
  const path = `/api/v1/qa/sessions/${id}/responses`
  const all = ResponsesListResponse.parse((await server.get(path, server.ben)).body)
  expect(all).toMatchObject({ total_responded: 2, total_expected: 2, is_complete: true, simulated: true })
  const since = all.responses[0]?.answered_at ?? ''
  const later = await server.get(`${path}?since_timestamp=${encodeURIComponent(since)}`, server.ben)
  const rest = ResponsesListResponse.parse(later.body).responses
  expect(rest).toEqual(all.responses.filter(({ answered_at }) => answered_at > since))
})

test('whoever polls since the last answer misses none, however long the others were being written', async () => {
  // The second person begins to answer first and is done last.
  const done = { 'LEAD-1001': Promise.withResolvers<void>(), 'LEAD-1002': Promise.withResolvers<void>() }
  const begun = Promise.withResolvers<void>()
  let times = 0
  const model = offlineModel(async ({ job, input }) => {
    if (job !== 'answer-as-prospect') return
    const { persona, repeat } = input as AnswerInput
    if (persona.lead_id === 'LEAD-1002') {
      times += 1
      if (times === 2) begun.resolve()
      // What becomes the answer is there at once, what it is compared with is not.
      if (repeat > 0) await done['LEAD-1002'].promise
    } else await done['LEAD-1001'].promise
  })
  const slow = await startQaServer({ model })
  onTestFinished(() => slow.close())
  await slow.addProspects(threePeople)
  await slow.work()
  const id = await slow.ask(['LEAD-1001', 'LEAD-1002'])
  const poll = async (since?: string) => {
    const query = since === undefined ? '' : `?since_timestamp=${encodeURIComponent(since)}`
    const { body } = await slow.get(`/api/v1/qa/sessions/${id}/responses${query}`, slow.ben)
    return ResponsesListResponse.parse(body).responses.map(({ persona, answered_at }) => ({
      lead: persona.lead_id,
      answered_at,
    }))
  }
  await begun.promise
  done['LEAD-1001'].resolve()
  await expect.poll(() => poll()).toHaveLength(1)
  const [first] = await poll()
  done['LEAD-1002'].resolve()
  await slow.ended(id)
  const later = await poll(first?.answered_at)
  expect([first?.lead, ...later.map(({ lead }) => lead)]).toEqual(['LEAD-1001', 'LEAD-1002'])
  expect(await poll(later[0]?.answered_at)).toEqual([])
})

test('unknown prospects are named, and nothing is asked', async () => {
  const before = await server.get('/api/v1/qa/sessions', server.ben)
  const { status, body } = await server.post('/api/v1/qa/sessions', server.ben, {
    ...submitExample,
    prospect_ids: ['LEAD-1001', 'LEAD-9999', '../x'],
  })
  expect(status).toBe(400)
  expect(APIError.parse(body)).toMatchObject({
    error_code: 'INVALID_PROSPECT_IDS',
    details: { invalid_prospect_ids: ['LEAD-9999', '../x'] },
  })
  const after = await server.get('/api/v1/qa/sessions', server.ben)
  expect(after.body.total_count).toBe(before.body.total_count)
})

test.each([
  ['no question', { question: '' }],
  ['only blanks', { question: '   ' }],
  ['2,001 characters', { question: 'x'.repeat(2_001) }],
  ['nobody to ask', { prospect_ids: [] }],
  ['more than 500 people', { prospect_ids: Array.from({ length: 501 }, (_, at) => `LEAD-${at}`) }],
  ['a context that is no object', { context: 'x' }],
])('%s is refused in the shape of the specification', async (_, wrong) => {
  const { status, body } = await server.post('/api/v1/qa/sessions', server.ben, {
    ...submitExample,
    ...wrong,
  })
  expect(status).toBe(400)
  expect(APIError.parse(body).error_code).toBe('INVALID_REQUEST')
})

test('2,000 characters are taken, of whatever script', async () => {
  await expect(server.ask(['LEAD-1003'], { question: '🐝'.repeat(2_000) })).resolves.toMatch(/^QS-/)
})

test('another company has neither the prospects nor the sessions', async () => {
  const id = await server.ask(['LEAD-1003'])
  const refused = await server.post('/api/v1/qa/sessions', gus, submitExample)
  expect(refused.body).toMatchObject({ error_code: 'INVALID_PROSPECT_IDS' })
  const base = `/api/v1/qa/sessions/${id}`
  const unknown = await server.get('/api/v1/qa/sessions/QS-none', gus)
  for (const path of [base, `${base}/responses`, `${base}/stream`]) {
    const { status, body } = await server.get(path, gus)
    expect(status).toBe(404)
    expect({ ...body, timestamp: '' }).toEqual({ ...unknown.body, timestamp: '' })
  }
  for (const path of [`${base}/cancel`, `${base}/regenerate-summary`]) {
    expect((await server.post(path, gus, {})).body).toMatchObject({ error_code: 'SESSION_NOT_FOUND' })
  }
  expect((await server.get('/api/v1/qa/sessions', gus)).body).toMatchObject({ total_count: 0 })
  expect((await server.get('/api/v1/qa/prospects', gus)).body).toMatchObject({ total_count: 0 })
})

test('strangers and workers are refused', async () => {
  const noToken = await server.get('/api/v1/qa/sessions')
  expect([noToken.status, noToken.body.error_code]).toEqual([401, 'UNAUTHENTICATED'])
  const worker = await server.get('/api/v1/qa/sessions', server.token('w', 'worker'))
  expect([worker.status, worker.body.error_code]).toEqual([403, 'FORBIDDEN'])
})

test('the list is filtered, searched, sorted and paged', async () => {
  const company = 'c_listing'
  const token = server.token('lea', 'manager', { company })
  const people = threePeople.map((person) => ({ ...person, lead_id: person.lead_id.replace('1', '2') }))
  await server.addProspects(people, company)
  const ids: string[] = []
  for (const [at, question] of ['Alpha?', 'Bravo?', 'Charlie?'].entries()) {
    const id = await server.ask(at === 2 ? ['LEAD-2002'] : ['LEAD-2001'], { question }, token)
    await server.ended(id, token)
    ids.push(id)
  }
  const [a, b, c] = ids
  const list = async (query: string) => {
    const { status, body } = await server.get(`/api/v1/qa/sessions?${query}`, token)
    expect(status).toBe(200)
    return SessionListResponse.parse(body)
  }
  const idsOf = async (query: string) => (await list(query)).sessions.map(({ session_id }) => session_id)
  expect(await list('page=2&page_size=2')).toMatchObject({
    total_count: 3,
    page: 2,
    page_size: 2,
    total_pages: 2,
    active_sessions_count: 0,
    completed_sessions_count: 3,
    sessions: [{ session_id: a, total_responded: 1, responses: [] }],
  })
  expect(
    await idsOf('status_filter=in_progress,completed&page=1&page_size=20&sort_by=created_at&sort_order=desc'),
  ).toEqual([c, b, a])
  expect(await idsOf('status_filter=pending&status_filter=failed')).toEqual([])
  expect(await idsOf('status_filter=pending&status_filter=completed&sort_order=asc')).toEqual([a, b, c])
  expect(await idsOf('prospect_id=LEAD-2002')).toEqual([c])
  expect(await idsOf('prospect_id=LEAD-2001&status_filter=completed')).toEqual([b, a])
  expect(await idsOf('search_query=bravo')).toEqual([b])
  expect(await idsOf('search_query=zoe')).toEqual([c])
  expect(await idsOf('sort_by=completed_at&sort_order=asc')).toEqual([a, b, c])
  expect(await idsOf('sort_by=status')).toHaveLength(3)
  const { created_at = '' } = (await list('search_query=bravo')).sessions[0] ?? {}
  const at = encodeURIComponent(created_at)
  expect(await idsOf(`date_from=${at}`)).toEqual([c, b])
  expect(await idsOf(`date_to=${at}`)).toEqual([b, a])
  expect(await idsOf(`date_from=${at}&date_to=${at}&sort_by=completed_at`)).toEqual([b])
  for (const wrong of ['page=0', 'page_size=101', 'sort_by=question', 'status_filter=done', 'date_from=x']) {
    expect((await server.get(`/api/v1/qa/sessions?${wrong}`, token)).body).toMatchObject({
      error_code: 'INVALID_REQUEST',
    })
  }
})
