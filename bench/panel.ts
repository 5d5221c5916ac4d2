import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createApp } from '../functions/src/app.ts'
import { createDeps } from '../functions/src/deps.ts'
import { loadConfig } from '../functions/src/platform/config.ts'
import { createAnswerTask } from '../functions/src/qa/answer-task.ts'
import { QuestionSession } from '../functions/src/qa/session-schema.ts'
import { summarizeSession } from '../functions/src/qa/summary-task.ts'
import { manyPeople } from '../functions/src/qa/testing/people.ts'
import { QUEUES } from '../functions/src/tasks/queues.ts'
import { assign, startTaskWorker } from '../functions/src/tasks/testing/task-worker.ts'
import type { ModelWork, Surroundings } from './panel-surroundings.ts'

/**
 * A panel of 500 with a model server that fails every fifth request, delays some by five seconds and sends some answers
 * twice, and a queue that delivers every tenth task twice: is everybody answered once or counted, and how far is the time
 * from what the model alone would take?
 */
const PROSPECTS = 500
/**
 * Requests that may be open at the model; fewer than tasks are worked on at once, so that the model need not wait while
 * an answer is stored and the next task is fetched.
 */
const PLACES = 40
const DELIVERIES = QUEUES.answerAsProspect.concurrency

const surroundings = fork(fileURLToPath(new URL('panel-surroundings.ts', import.meta.url)))
const [{ env, modelUrl }] = (await once(surroundings, 'message')) as [Surroundings]

const config = loadConfig({
  ...env,
  JWT_SECRET: randomUUID() + randomUUID(),
  FIREBASE_API_KEY: 'local',
  LOG_LEVEL: 'error',
  OPENAI_BASE_URL: modelUrl,
  OPENAI_MODEL: 'm',
  MODEL_CONCURRENCY: String(PLACES),
})
const made = createDeps(config)
const deps: typeof made = {
  ...made,
  // There is no such account: nothing is to be looked up about it while the clock runs.
  revocations: { ...made.revocations, watch: () => new AbortController().signal },
  verifyToken: async () => ({
    kind: 'api',
    uid: 'bench',
    role: 'manager',
    company_id: 'c_bench',
    tokenId: 'bench',
    sessionId: null,
    issuedAt: Date.now(),
    expiresAt: Date.now() + 3_600_000,
  }),
}
const writer = deps.firestore.bulkWriter()
const people = manyPeople(PROSPECTS)
for (const person of people) {
  void writer.set(deps.firestore.doc(`prospects/${person.lead_id}`), { ...person, company_id: 'c_bench' })
}
await writer.close()
const worker = await startTaskWorker(
  config,
  [assign(createAnswerTask(), deps), assign(summarizeSession, deps)],
  { concurrency: DELIVERIES },
)
const server = createServer(createApp(deps)).listen(0, '127.0.0.1')
await once(server, 'listening')
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' }

const began = performance.now()
const cpu = process.cpuUsage()
const waitedBefore = waitedForCoreMs()
const submitted = await fetch(`${origin}/api/v1/qa/sessions`, {
  method: 'POST',
  headers,
  body: JSON.stringify({
    question: 'What is your worry about insurance?',
    prospect_ids: people.map(({ lead_id }) => lead_id),
  }),
})
const { session_id: id } = (await submitted.json()) as { session_id: string }
const submitMs = performance.now() - began
for (const { lead_id } of people.filter((_, at) => at % 10 === 0)) {
  await deps.tasks.enqueue('answerAsProspect', {
    key: `${id}/twice/${lead_id}`,
    data: { session_id: id, lead_id, sweep: 0 },
  })
}
const stream = await fetch(`${origin}/api/v1/qa/sessions/${id}/stream`, { headers })
const events = await stream.text()
const totalMs = performance.now() - began
const { user, system } = process.cpuUsage(cpu)
const cpuMs = (user + system) / 1_000
const waitedMs = waitedForCoreMs() - waitedBefore
const session = QuestionSession.parse(
  await (await fetch(`${origin}/api/v1/qa/sessions/${id}`, { headers })).json(),
)
surroundings.send('what did the model do?')
const [model] = (await once(surroundings, 'message')) as [ModelWork]

const answered = new Set(session.responses.map(({ persona }) => persona.lead_id)).size
const idealMs = model.modelMs / PLACES
const submittedAt = Date.parse(session.created_at)
// An event's id begins with when its answer was stored, in ns.
const storedAt = [...events.matchAll(/^id: (\d+)\d{6}\./gm)].map(([, ms]) => Number(ms))
const lastStoredMs = Math.max(...storedAt) - submittedAt
const endedMs = Date.parse(session.completed_at ?? '') - submittedAt
const askedMs = model.summary.beganAt - submittedAt
const saidMs = model.summary.endedAt - submittedAt
const reasons = session.failed_prospects.map(({ reason }) => reason).join(', ')
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
process.stdout.write(
  [
    `status                      ${session.status}`,
    `answered / failed / asked   ${answered} / ${session.failed_prospects.length} / ${PROSPECTS}${reasons === '' ? '' : `: ${reasons}`}`,
    `answers stored, told        ${session.responses.length}, ${events.split('event: response_received').length - 1}`,
    `summaries by the model      ${model.summaries}`,
    `requests to the model       ${model.requests}: ${model.failed} failed, ${model.slow} slow, ${model.twice} answered twice`,
    `deliveries                  ${worker.deliveries.length}`,
    `submitting took             ${submitMs.toFixed(0)} ms`,
    `model time ÷ ${PLACES} at once     ${seconds(idealMs)}`,
    `the last answer stored      ${seconds(lastStoredMs)}`,
    `the summary asked for       ${seconds(askedMs)}: ${seconds(askedMs - lastStoredMs)} later`,
    `the summary given           ${seconds(saidMs)}: the model took ${seconds(saidMs - askedMs)}`,
    `the session's end stored    ${seconds(endedMs)}: ${seconds(endedMs - saidMs)} later`,
    `whole session, as streamed  ${seconds(totalMs)}`,
    `ratio                       ${(totalMs / idealMs).toFixed(2)}`,
    `CPU time of the product     ${seconds(cpuMs)}, ${(cpuMs / PROSPECTS).toFixed(0)} ms a person`,
    `it waited for a core        ${Number.isNaN(waitedMs) ? 'not known here' : seconds(waitedMs)} (of its main thread)`,
    '',
  ].join('\n'),
)
server.closeAllConnections()
server.close()
await worker.close()
await deps.close()
surroundings.disconnect()
await once(surroundings, 'exit')
process.exit(0)

/** How long this thread could have run and was not let, ms; NaN where the system does not say. What is much of it is no fault of ours. */
function waitedForCoreMs(): number {
  const told = '/proc/thread-self/schedstat'
  return existsSync(told) ? Number(readFileSync(told, 'utf8').split(' ')[1]) / 1e6 : Number.NaN
}
