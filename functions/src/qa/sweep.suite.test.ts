import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { testConfig } from '../platform/testing/test-config.ts'
import { QuestionSession } from './session-schema.ts'
import { responsesOf } from './session-store.ts'
import { sweepSessions } from './sweep-sessions.ts'
import { offlineModel } from './testing/offline-model.ts'
import { manyPeople } from './testing/people.ts'
import { type QaServer, startQaServer } from './testing/qa-server.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function start(model = offlineModel(), qa = testConfig().qa): Promise<QaServer> {
  const server = await startQaServer({ model, config: { qa } })
  closing.push(() => server.close())
  await server.addProspects(manyPeople(20))
  return server
}
const ids = manyPeople(20).map(({ lead_id }) => lead_id)
/** The same server's parts at a later time. */
const later = (server: QaServer, ms: number) => ({ ...server.deps, clock: manualClock(Date.now() + ms) })

/** Nobody here is at it for long, so that what was killed is soon seen to be dead. */
const hasty = { ...testConfig().qa, answerLeaseSeconds: 4, summaryLeaseSeconds: 4, stuckSeconds: 2 }

/** A process that does the server's tasks, and all that it has said. */
function startWorker(server: QaServer, stuckAt: 'answer' | 'summary') {
  const worker = spawn(
    process.execPath,
    [fileURLToPath(new URL('testing/answer-until-killed.ts', import.meta.url)), stuckAt],
    {
      env: { ...process.env, QA_WORKER_CONFIG: JSON.stringify(server.deps.config) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  closing.push(() => worker.kill('SIGKILL'))
  let said = ''
  worker.stdout.on('data', (text: Buffer) => (said += text.toString()))
  return {
    says: (word: string) => expect.poll(() => said, { timeout: 60_000 }).toContain(word),
    async kill() {
      worker.kill('SIGKILL')
      await once(worker, 'exit')
    },
  }
}

/** Sweeps as a running gateway does, until the session has ended. */
async function sweepUntilEnded(server: QaServer, id: string): Promise<QuestionSession> {
  const ended = server.ended(id)
  for (;;) {
    await sweepSessions(server.deps)
    const pause = new Promise<null>((resolve) => setTimeout(() => resolve(null), 500))
    const session = await Promise.race([ended, pause])
    if (session !== null) return QuestionSession.parse(session)
  }
}

test('a worker process that is killed in mid-session loses nothing', async () => {
  const server = await start(offlineModel(), hasty)
  const worker = startWorker(server, 'answer')
  await worker.says('working')
  const id = await server.ask(ids)
  await worker.says('stuck')
  await worker.kill()
  const before = await responsesOf(server.deps.firestore, id).get()
  expect(before.docs.filter((each) => each.get('state') === 'working').length).toBeGreaterThan(0)
  const kept = new Map(
    before.docs
      .filter((each) => each.get('state') === 'answered')
      .map((each) => [each.id, String(each.get('answer'))]),
  )
  expect(kept.size).toBeGreaterThan(0)

  // Its leases lapse by themselves, and the sweep queues again what is missing.
  await server.work()
  const session = await sweepUntilEnded(server, id)
  expect(session).toMatchObject({ status: 'completed', total_responded: 20, failed_prospects: [] })
  expect(new Set(session.responses.map(({ persona }) => persona.lead_id)).size).toBe(20)
  const after = await responsesOf(server.deps.firestore, id).get()
  const stillThere = after.docs.filter((each) => kept.get(each.id) === String(each.get('answer')))
  expect(stillThere).toHaveLength(kept.size)
}, 240_000)

test('a worker process that is killed while it summarizes leaves a session that is summarized once', async () => {
  const model = offlineModel()
  const server = await start(model, hasty)
  const worker = startWorker(server, 'summary')
  await worker.says('working')
  const id = await server.ask(ids)
  await worker.says('stuck')
  await worker.kill()
  await server.work()
  const session = await sweepUntilEnded(server, id)
  expect(session).toMatchObject({ status: 'completed', total_responded: 20 })
  expect(model.calls.map(({ job }) => job)).toEqual(['summarize-session'])
}, 240_000)

test('what was never queued is queued by the sweep, once however many sweep', async () => {
  const server = await start()
  // There are no queues yet, so that nothing can be queued.
  const id = await server.ask(ids.slice(0, 3))
  expect(server.logs.filter(({ msg }) => msg === 'session left to the sweep')).toHaveLength(1)
  const worker = await server.work()
  expect(await sweepSessions(later(server, 0))).toBe(0)
  const helped = await Promise.all([1, 2, 3].map(() => sweepSessions(later(server, 400_000))))
  expect(helped.reduce((sum, each) => sum + each, 0)).toBe(1)
  expect(await server.ended(id)).toMatchObject({ status: 'completed', total_responded: 3 })
  expect(worker.deliveries.filter(({ queue }) => queue === 'answerAsProspect')).toHaveLength(3)
})

test('what goes on failing to be delivered is given up in the end, and the session ends', async () => {
  const server = await start()
  const id = await server.ask(ids.slice(0, 2))
  for (let round = 1; round <= 10; round += 1) await sweepSessions(later(server, round * 400_000))
  await server.work()
  await sweepSessions(later(server, 11 * 400_000))
  expect(await server.ended(id)).toMatchObject({
    status: 'failed',
    failed_prospects: [{ reason: 'gave-up' }, { reason: 'gave-up' }],
  })
})
