import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express, { type RequestHandler } from 'express'
import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createApp } from '../app.ts'
import { type Deps, createDeps } from '../deps.ts'
import { suiteHosts } from '../platform/testing/suite-hosts.ts'
import { testConfig } from '../platform/testing/test-config.ts'
import { defineTask } from './task.ts'
import { createQueue } from './testing/task-worker.ts'
import { onTask } from './trigger.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const close of closing.splice(0).toReversed()) await close()
})

/** The deployed function of a queue in one process, and the API in another that shares nothing but the databases. */
async function start(run: (id: string) => Promise<void>) {
  // The Tasks emulator signs nothing.
  vi.stubEnv('FUNCTIONS_EMULATOR', 'true')
  const config = testConfig(suiteHosts())
  const [worker, api] = [createDeps(config), createDeps(config)]
  closing.push(
    () => worker.close(),
    () => api.close(),
  )
  const handler = defineTask({
    queue: 'assistWorker',
    data: z.object({ id: z.string() }),
    run: (_: Deps, { id }) => run(id),
  })
  const deliver = onTask(handler, () => worker, {}) as unknown as RequestHandler
  const functionOrigin = await serve(express().use(express.json(), deliver))
  const apiOrigin = await serve(createApp(api))
  const pace = { concurrency: 1, retryAfterSeconds: 0.05 }
  await createQueue(config, 'assistWorker', { defaultUri: functionOrigin, ...pace })
  const measures = async () => (await fetch(`${apiOrigin}/metrics`)).text()
  return { worker, api, measures }
}

async function serve(app: express.Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1')
  closing.push(() => server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const valueOf = (text: string, sample: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${sample} `))
      ?.split(' ')
      .at(-1) ?? Number.NaN,
  )

test('how late tasks begin, how long they take and what they call is told by the API, in another process', async () => {
  const held = Promise.withResolvers<void>()
  const { api, measures } = await start((id) => (id === 'first' ? held.promise : Promise.resolve()))
  await api.tasks.enqueue('assistWorker', { key: 'first', data: { id: 'first' } })
  await api.tasks.enqueue('assistWorker', { key: 'second', data: { id: 'second' } })
  // The second waits in the queue, which gives out one at a time.
  await new Promise<void>((resolve) => api.clock.after(600, resolve))
  held.resolve()
  await expect
    .poll(async () => valueOf(await measures(), 'functions_task_lag_seconds_count{queue="assistWorker"}'))
    .toBe(2)
  const text = await measures()
  expect(valueOf(text, 'functions_task_lag_seconds_sum{queue="assistWorker"}')).toBeGreaterThan(0.5)
  expect(valueOf(text, 'functions_task_lag_seconds_bucket{le="0.1",queue="assistWorker"}')).toBeLessThan(2)
  expect(valueOf(text, 'functions_task_lag_seconds_bucket{le="+Inf",queue="assistWorker"}')).toBe(2)
  expect(valueOf(text, 'functions_task_duration_seconds_count{queue="assistWorker",outcome="done"}')).toBe(2)
  expect(text).toContain('# TYPE functions_task_lag_seconds histogram\n')
  expect(valueOf(text, 'lifeline_functions_measures_up')).toBe(1)
})

test('a task that fails twice is late once, and fails twice', async () => {
  let runs = 0
  const { api, measures } = await start(async () => {
    runs += 1
    if (runs < 3) throw new Error('not yet')
  })
  await api.tasks.enqueue('assistWorker', { key: 'stubborn', data: { id: 'x' } })
  await expect
    .poll(async () => {
      const text = await measures()
      return ['failed', 'done'].map((outcome) =>
        valueOf(text, `functions_task_duration_seconds_count{queue="assistWorker",outcome="${outcome}"}`),
      )
    })
    .toEqual([2, 1])
  expect(valueOf(await measures(), 'functions_task_lag_seconds_count{queue="assistWorker"}')).toBe(1)
})

test('a task that cannot share its measures is done all the same', async () => {
  const done = vi.fn<() => Promise<void>>(async () => {})
  const { worker, api } = await start(done)
  worker.writes.ref = () => {
    throw new Error('no database')
  }
  await api.tasks.enqueue('assistWorker', { key: 'one', data: { id: 'x' } })
  await api.tasks.enqueue('assistWorker', { key: 'two', data: { id: 'x' } })
  await expect.poll(() => done).toHaveBeenCalledTimes(2)
})

test('when the database is away the API tells its own measures, and that the others are missing', async () => {
  const { api, measures } = await start(async () => {})
  api.database.goOffline()
  const text = await measures()
  expect(valueOf(text, 'lifeline_functions_measures_up')).toBe(0)
  expect(text).toContain('process_cpu_seconds_total')
})
