import { expect, inject, test } from 'vitest'
import { createDeps } from '../deps.ts'
import { createHealthCheck } from './health.ts'
import { manualClock } from './testing/manual-clock.ts'
import { testConfig } from './testing/test-config.ts'

test('says that both databases answer', async () => {
  const deps = createDeps(testConfig(inject('suite')), { clock: manualClock() })
  expect(await createHealthCheck(deps)()).toEqual({
    status: 'ok',
    databases: { realtime: 'ok', firestore: 'ok' },
  })
  await deps.close()
})

test('says which database does not answer, after two seconds and not later', async () => {
  const clock = manualClock()
  const suite = inject('suite')
  const deps = createDeps(testConfig({ ...suite, databaseHost: '127.0.0.1:9' }), { clock })
  const others = clock.pending
  const health = createHealthCheck(deps)()
  expect(clock.pending - others).toBe(2)
  // The other one has answered, so that only the dead one reaches its deadline.
  await expect.poll(() => clock.pending - others).toBe(1)
  clock.advance(2_000)
  expect(await health).toEqual({
    status: 'failing',
    databases: { realtime: 'failing', firestore: 'ok' },
  })
  await deps.close()
})

test('asks the databases once a second, however many ask it', async () => {
  const clock = manualClock()
  const deps = createDeps(testConfig(inject('suite')), { clock })
  const check = createHealthCheck(deps)
  expect(check()).toBe(check())
  clock.advance(1_000)
  const first = check()
  clock.advance(999)
  expect(check()).toBe(first)
  await first
  await deps.close()
})
