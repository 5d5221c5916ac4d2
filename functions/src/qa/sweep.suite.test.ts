import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { QuestionSession } from './schema.ts'
import { responsesOf } from './session-store.ts'
import { sweepSessions } from './sweep-sessions.ts'
import { offlineModel } from './testing/offline-model.ts'
import { manyPeople } from './testing/people.ts'
import { type QaServer, startQaServer } from './testing/qa-server.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function start(model = offlineModel()): Promise<QaServer> {
  const server = await startQaServer({ model })
  closing.push(() => server.close())
  await server.addProspects(manyPeople(20))
  return server
}
const ids = manyPeople(20).map(({ lead_id }) => lead_id)
/** The same server's parts at a later time. */
const later = (server: QaServer, ms: number) => ({ ...server.deps, clock: manualClock(Date.now() + ms) })

test('a worker process that is killed in mid-session loses nothing', async () => {
  const model = offlineModel()
  const server = await start(model)
  const worker = spawn(
    process.execPath,
    [fileURLToPath(new URL('testing/answer-until-killed.ts', import.meta.url))],
    {
      env: { ...process.env, QA_WORKER_CONFIG: JSON.stringify(server.deps.config) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  closing.push(() => worker.kill('SIGKILL'))
  let said = ''
  worker.stdout.on('data', (text: Buffer) => (said += text.toString()))
  await vi.waitFor(() => expect(said).toContain('working'), { timeout: 20_000 })
  const id = await server.ask(ids)
  await vi.waitFor(() => expect(said).toContain('stuck'), { timeout: 20_000 })
  worker.kill('SIGKILL')
  await once(worker, 'exit')
  const before = await responsesOf(server.deps.firestore, id).get()
  const held = before.docs.filter((each) => each.get('state') === 'working').length
  expect(held).toBeGreaterThan(0)
  const kept = new Map(
    before.docs
      .filter((each) => each.get('state') === 'answered')
      .map((each) => [each.id, String(each.get('answer'))]),
  )

  await server.work()
  // When its leases have lapsed the sweep queues again what is missing.
  const past = later(server, 400_000)
  await sweepSessions(past)
  const leases = before.docs.filter((each) => each.get('state') === 'working')
  await Promise.all(leases.map(({ ref }) => ref.update({ lease_until: 0 })))
  const session = QuestionSession.parse(await server.ended(id))
  expect(session).toMatchObject({ status: 'completed', total_responded: 20, failed_prospects: [] })
  expect(new Set(session.responses.map(({ persona }) => persona.lead_id)).size).toBe(20)
  const after = await responsesOf(server.deps.firestore, id).get()
  const stillThere = after.docs.filter((each) => kept.get(each.id) === String(each.get('answer')))
  expect(stillThere).toHaveLength(kept.size)
}, 90_000)

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
}, 60_000)

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
}, 60_000)
