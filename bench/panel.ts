import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createApp } from '../functions/src/app.ts'
import { createDeps } from '../functions/src/deps.ts'
import { startModelServer } from '../functions/src/models/testing/model-server.ts'
import { loadConfig } from '../functions/src/platform/config.ts'
import { createAnswerTask } from '../functions/src/qa/answer-task.ts'
import { QuestionSession } from '../functions/src/qa/schema.ts'
import { summarizeSession } from '../functions/src/qa/summary-task.ts'
import { manyPeople } from '../functions/src/qa/testing/people.ts'
import { assign, startTaskWorker } from '../functions/src/tasks/testing/task-worker.ts'
import { freePorts } from '../local/suite/ports.ts'
import { startSuite } from '../local/suite/suite.ts'

/**
 * A panel of 500 with a model server that fails every fifth request, answers some after five seconds, and a queue that
 * delivers every tenth task twice: is everybody answered once or counted, and how far is the time from what the model alone
 * would take?
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PROSPECTS = 500
const CONCURRENCY = 50
const USUAL_MS = 3_000
const SLOW_MS = 5_000

const [auth, tasks, functions, database, firestore, hub, logging] = (await freePorts(7)) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]
const suite = await startSuite({
  project: 'demo-bench',
  root: mkdtempSync(join(tmpdir(), 'lifeline-bench-')),
  ports: { auth, tasks, functions, database, firestore, hub, logging },
  databases: 'embedded',
  tools: ['auth', 'tasks'],
  indexesFile: join(ROOT, 'firestore.indexes.json'),
})

let requests = 0
let modelMs = 0
let failures = 0
const model = await startModelServer(async ({ body }, response) => {
  requests += 1
  const mine = requests
  const began = performance.now()
  await sleep(mine % 20 === 0 ? SLOW_MS : USUAL_MS)
  modelMs += performance.now() - began
  if (mine % 5 === 0) {
    failures += 1
    response.writeHead(503, { 'retry-after-ms': '100' }).end()
    return
  }
  const prompt = body.messages.map(({ content }) => (typeof content === 'string' ? content : '')).join('\n')
  const content = JSON.stringify(answerTo(prompt))
  const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content, refusal: null } }
  response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      id: randomUUID(),
      object: 'chat.completion',
      created: 0,
      model: 'm',
      choices: [choice],
    }),
  )
})

function answerTo(prompt: string): object {
  const [, factId = '', said = ''] = /^\[(P\d+)\] \(statement\) (.*)$/m.exec(prompt) ?? []
  if (factId !== '') {
    return { answer: said, claims: [{ text: said, fact_ids: [factId] }], sentiment: 'negative' }
  }
  return { summary_text: 'They worry.', key_insights: [], common_themes: [] }
}

const config = loadConfig({
  ...suite.env,
  JWT_SECRET: randomUUID() + randomUUID(),
  FIREBASE_API_KEY: 'local',
  LOG_LEVEL: 'error',
  OPENAI_BASE_URL: model.baseUrl,
  OPENAI_MODEL: 'm',
  MODEL_CONCURRENCY: String(CONCURRENCY),
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
  {
    concurrency: CONCURRENCY,
  },
)
const server = createServer(createApp(deps)).listen(0, '127.0.0.1')
await once(server, 'listening')
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' }

const began = performance.now()
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
await stream.text()
const totalMs = performance.now() - began
const session = QuestionSession.parse(
  await (await fetch(`${origin}/api/v1/qa/sessions/${id}`, { headers })).json(),
)
const answered = new Set(session.responses.map(({ persona }) => persona.lead_id)).size
const ideal = modelMs / CONCURRENCY
process.stdout.write(
  [
    `status                      ${session.status}`,
    `answered / failed / asked   ${answered} / ${session.failed_prospects.length} / ${PROSPECTS}`,
    `answers stored              ${session.responses.length}`,
    `requests to the model       ${requests}, of which ${failures} failed`,
    `deliveries                  ${worker.deliveries.length}`,
    `submitting took             ${submitMs.toFixed(0)} ms`,
    `model time ÷ concurrency    ${(ideal / 1_000).toFixed(1)} s`,
    `whole session               ${(totalMs / 1_000).toFixed(1)} s`,
    `ratio                       ${(totalMs / ideal).toFixed(2)}`,
    '',
  ].join('\n'),
)
server.closeAllConnections()
server.close()
await worker.close()
await model.close()
await deps.close()
await suite.stop()
process.exit(0)
