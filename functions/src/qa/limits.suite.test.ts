import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { afterEach, expect, test } from 'vitest'
import { OFFLINE_MODEL, ModelError } from '../models/model.ts'
import { openSocket } from '../conversations/testing/socket-client.ts'
import { QuestionSession } from './session-schema.ts'
import { SessionSummary } from './summary-schema.ts'
import { offlineModel } from './testing/offline-model.ts'
import { threePeople } from './testing/people.ts'
import { type QaServer, startQaServer } from './testing/qa-server.ts'
import { testConfig } from '../platform/testing/test-config.ts'

const open: QaServer[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

async function start(options: Parameters<typeof startQaServer>[0] = {}): Promise<QaServer> {
  const server = await startQaServer(options)
  open.push(server)
  await server.addProspects(threePeople)
  return server
}

const question = { question: 'What about insurance?', prospect_ids: ['LEAD-1001'] }

test('a user has so many questions a day, a company so many answers, and what is refused costs nothing', async () => {
  const { qa } = testConfig()
  const server = await start({
    config: { qa: { ...qa, questionsPerUserPerDay: 2, answersPerCompanyPerDay: 4 } },
  })
  const ask = (token: string, body: object) => server.post('/api/v1/qa/sessions', token, body)
  const cleo = server.token('cleo', 'agent')
  const many = { ...question, prospect_ids: ['LEAD-1001', 'LEAD-1002', 'LEAD-1003'] }
  expect((await ask(server.ben, many)).status).toBe(200)
  const tooFar = await ask(cleo, many)
  expect(tooFar).toMatchObject({
    status: 429,
    body: { error_code: 'QUOTA_EXCEEDED', details: { scope: 'company', limit: 4, used: 3 } },
  })
  expect(Number(tooFar.headers.get('retry-after'))).toBeGreaterThan(0)
  // Those that are refused at once with others are as refused as those that come later.
  const both = await Promise.all([ask(server.ben, question), ask(cleo, question)])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 429])
  const third = await ask(server.ben, question)
  expect(third).toMatchObject({ status: 429, body: { error_code: 'QUOTA_EXCEEDED' } })
  const gus = server.token('gus', 'manager', { company: 'c_globex' })
  await server.addProspects([{ lead_id: 'LEAD-7001', facts: [] }], 'c_globex')
  expect((await ask(gus, { ...question, prospect_ids: ['LEAD-7001'] })).status).toBe(200)
  expect((await server.get('/api/v1/qa/sessions', server.ben)).body.total_count).toBe(2)
})

test('an image is drawn anew, and shown to whoever sees the session and nobody else', async () => {
  const seen: unknown[] = []
  const model = offlineModel(({ job, input }) => {
    if (job === 'answer-as-prospect') seen.push((input as { image: unknown }).image)
  })
  const server = await start({ model })
  await server.work()
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#c00' } })
    .withExif({ IFD0: { Copyright: 'secret place' } })
    .png()
    .toBuffer()
  const id = await server.ask(['LEAD-1001'], {
    image_base64: png.toString('base64'),
    image_mime_type: 'image/png',
  })
  const session = QuestionSession.parse(await server.ended(id))
  expect(seen[0]).toMatchObject({ mimeType: 'image/jpeg' })
  const get = (token?: string) =>
    fetch(`${server.origin}${session.image_url}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    })
  const image = await get(server.token('cleo', 'agent'))
  const bytes = Buffer.from(await image.arrayBuffer())
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 40, height: 30, format: 'jpeg' })
  expect(bytes.includes('secret place')).toBe(false)
  expect((await get()).status).toBe(401)
  expect((await get(server.token('gus', 'manager', { company: 'c_globex' }))).status).toBe(404)
})

test.each([
  ['the shortened one of the specification', 'iVBORw0KGgoAAAANS...', 'image/png'],
  ['a text that calls itself a picture', Buffer.from('<script>1</script>').toString('base64'), 'image/png'],
  ['half a picture', 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB', 'image/png'],
  ['what says that it is none', 'iVBORw0KGgo=', 'text/html'],
])('%s is refused as an image, and nothing is asked', async (_, image_base64, image_mime_type) => {
  const server = await start()
  const refused = await server.post('/api/v1/qa/sessions', server.ben, {
    ...question,
    image_base64,
    image_mime_type,
  })
  expect(refused).toMatchObject({ status: 400, body: { error_code: 'INVALID_IMAGE' } })
  expect((await server.get('/api/v1/qa/sessions', server.ben)).body.total_count).toBe(0)
})

test('an image of too many bytes or points is refused as one, and a request that is larger than any may be as too large', async () => {
  const { media } = testConfig()
  const noise = await sharp(randomBytes(60 * 40 * 3), { raw: { width: 60, height: 40, channels: 3 } })
    .png()
    .toBuffer()
  const ask = (at: QaServer, image: Buffer) =>
    at.post('/api/v1/qa/sessions', at.ben, { ...question, image_base64: image.toString('base64') })
  for (const less of [{ maxImageBytes: noise.length - 1 }, { maxImagePixels: 60 * 40 - 1 }]) {
    const server = await start({ config: { media: { ...media, ...less } } })
    expect(await ask(server, noise)).toMatchObject({ status: 400, body: { error_code: 'INVALID_IMAGE' } })
    expect((await server.get('/api/v1/qa/sessions', server.ben)).body.total_count).toBe(0)
  }
  const server = await start({
    config: { media: { ...media, maxImageBytes: noise.length, maxImagePixels: 60 * 40 } },
  })
  expect((await ask(server, noise)).status).toBe(200)
  expect(await ask(server, randomBytes(10 * 1024 * 1024))).toMatchObject({
    status: 413,
    body: { error_code: 'TOO_LARGE' },
  })
})

test('a summary is written anew in each style and with a focus, and stays when the model fails', async () => {
  let fails = false
  const model = offlineModel(() => {
    if (fails) throw new ModelError('down', { isTransient: true })
  })
  const server = await start({ model })
  await server.work()
  const id = await server.ask(threePeople.map(({ lead_id }) => lead_id))
  await server.ended(id)
  const path = `/api/v1/qa/sessions/${id}/regenerate-summary`
  for (const summary_style of ['detailed', 'concise', 'bullet_points']) {
    const { status, body } = await server.post(path, server.ben, { summary_style, focus_areas: ['family'] })
    expect(status).toBe(200)
    const summary = SessionSummary.parse(body)
    expect(summary).toMatchObject({ summary_style, focus_areas: ['family'], model: OFFLINE_MODEL })
    expect(summary.key_insights[0]).toContain('family')
    expect(summary.summary_text.startsWith('- ')).toBe(summary_style === 'bullet_points')
  }
  const before = (await server.get(`/api/v1/qa/sessions/${id}`, server.ben)).body.summary
  fails = true
  expect(await server.post(path, server.ben, {})).toMatchObject({
    status: 503,
    body: { error_code: 'PROCESSING_ERROR', details: { session_id: id, retryable: true } },
  })
  expect((await server.get(`/api/v1/qa/sessions/${id}`, server.ben)).body.summary).toEqual(before)
  expect(await server.post(path, server.ben, { summary_style: 'poem' })).toMatchObject({
    status: 400,
    body: { error_code: 'INVALID_REQUEST' },
  })
  const cleo = server.token('cleo', 'agent')
  expect((await server.post(path, cleo, {})).body).toMatchObject({ error_code: 'FORBIDDEN' })
})

test('control questions are asked of those of whom the answer is known, and counted', async () => {
  const server = await start()
  await server.work()
  const id = await server.ask(['LEAD-1001', 'LEAD-1002'], {
    context: {
      control_questions: [
        { question: 'What is your work?', expected_field: 'occupation' },
        { question: 'What about the insurance?', expected: { 'LEAD-1002': 'pigeons' } },
      ],
    },
  })
  const session = QuestionSession.parse(await server.ended(id))
  expect(session.summary?.panel.controls).toMatchObject({
    asked: 3,
    right: 2,
    questions: [
      { asked: 2, right: 2 },
      { asked: 1, right: 0 },
    ],
  })
  expect(session.summary?.panel.reasons.join(' ')).toContain('control')
})

test('one socket follows many sessions, says what it may not, and lets go of them', async () => {
  const gate = Promise.withResolvers<void>()
  const server = await start({ model: offlineModel(() => gate.promise) })
  await server.work()
  const first = await server.ask(['LEAD-1001'])
  const second = await server.ask(['LEAD-1002'])
  const url = `${server.origin}/api/v1/qa/sessions/ws`
  const socket = await openSocket(url)
  socket.send({ action: 'authenticate', token: server.ben })
  await socket.next('authenticated')
  socket.send({ action: 'subscribe', session_ids: [first, second, 'QS-none'], request_id: 'r1' })
  expect((await socket.next('refused')).data).toMatchObject({
    action: 'subscribe',
    session_id: 'QS-none',
    error_code: 'SESSION_NOT_FOUND',
    request_id: 'r1',
  })
  expect((await socket.next('subscribed')).data).toEqual({ session_ids: [first, second], request_id: 'r1' })
  socket.send({ action: 'unsubscribe', session_ids: [second] })
  expect((await socket.next('unsubscribed')).data).toEqual({ session_ids: [second] })
  gate.resolve()
  const answer = await socket.next('response_received')
  expect(answer.data).toMatchObject({ session_id: first, progress: { responded: 1, total: 1 } })
  expect((await socket.next('session_completed')).data).toMatchObject({ session_id: first })
  // It was told nothing of the one that it let go, and may come back to it.
  await server.ended(second)
  expect(socket.events.filter(({ data }) => data.session_id === second)).toEqual([])
  socket.send({ action: 'subscribe', session_ids: [second] })
  expect((await socket.next('session_completed')).data).toMatchObject({ session_id: second })
  socket.send('{')
  expect((await socket.next('refused')).data).toMatchObject({ error_code: 'INVALID_REQUEST' })
  socket.socket.close()

  const gus = await openSocket(url, {
    authorization: `Bearer ${server.token('gus', 'manager', { company: 'c_globex' })}`,
  })
  gus.send({ action: 'subscribe', session_ids: [first] })
  expect((await gus.next('refused')).data).toMatchObject({ error_code: 'SESSION_NOT_FOUND' })
  gus.socket.close()
  const worker = await openSocket(url, { authorization: `Bearer ${server.token('w', 'worker')}` })
  expect((await worker.closed).code).toBe(4403)
})
