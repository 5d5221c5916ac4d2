import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import { suiteHosts } from '../platform/testing/suite-hosts.ts'
import { testConfig } from '../platform/testing/test-config.ts'
import { createCloudTasks } from './cloud-tasks.ts'
import { defineTask } from './task.ts'
import { assign, startTaskWorker } from './testing/task-worker.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function start(run: (id: string, isLast: boolean) => Promise<void>) {
  const config: Config = testConfig(suiteHosts())
  const tasks = createCloudTasks({ config, clock: systemClock })
  closing.push(() => tasks.close())
  const handler = defineTask({
    queue: 'answerAsProspect',
    data: z.object({ id: z.string() }),
    run: (_: null, { id }, { isLast }) => run(id, isLast),
  })
  const worker = await startTaskWorker(config, [assign(handler, null)])
  closing.push(() => worker.close())
  return { config, tasks, worker }
}

test('a task carries its ids to the handler of its queue', async () => {
  const done = vi.fn<(id: string) => Promise<void>>(async () => {})
  const { tasks } = await start(done)
  await tasks.enqueue('answerAsProspect', { key: 'QS-1/LEAD-1', data: { id: 'LEAD-1' } })
  await expect.poll(() => done).toHaveBeenCalledWith('LEAD-1', false)
})

test('a second task of the same key is the same task', async () => {
  const done = vi.fn<(id: string) => Promise<void>>(async () => {})
  const { tasks, worker } = await start(done)
  const task = { key: 'QS-1/LEAD-1', data: { id: 'LEAD-1' } }
  await Promise.all([tasks.enqueue('answerAsProspect', task), tasks.enqueue('answerAsProspect', task)])
  await expect.poll(() => done).toHaveBeenCalled()
  await tasks.enqueue('answerAsProspect', task)
  await tasks.enqueue('answerAsProspect', { key: 'later', data: { id: 'later' } })
  await expect.poll(() => done).toHaveBeenCalledWith('later', false)
  expect(worker.deliveries).toHaveLength(2)
})

test('what fails is tried again as often as its queue says, and the last attempt knows that it is', async () => {
  const attempts: boolean[] = []
  const { tasks } = await start(async (_, isLast) => {
    attempts.push(isLast)
    if (!isLast) throw new Error('not yet')
  })
  await tasks.enqueue('answerAsProspect', { key: 'stubborn', data: { id: 'LEAD-1' } })
  await expect.poll(() => attempts).toEqual([false, false, false, false, true])
})

test('a task that holds something else than its handler expects is not tried again', async () => {
  const done = vi.fn<(id: string) => Promise<void>>(async () => {})
  const { tasks, worker } = await start(done)
  await tasks.enqueue('answerAsProspect', { key: 'odd', data: { identity: 1 } })
  await tasks.enqueue('answerAsProspect', { key: 'good', data: { id: 'LEAD-1' } })
  await expect.poll(() => done).toHaveBeenCalledTimes(1)
  await expect.poll(() => worker.deliveries.map(({ failed }) => failed)).toEqual([false, false])
})

test('a queue that is not there, and an emulator that does not answer, are said to be unavailable', async () => {
  const { tasks } = await start(async () => {})
  await expect(tasks.enqueue('summarizeChat', { key: 'x', data: {} })).rejects.toMatchObject({
    code: 'unavailable',
  })
  const lost = createCloudTasks({ config: testConfig(), clock: systemClock })
  closing.push(() => lost.close())
  await expect(lost.enqueue('summarizeChat', { key: 'x', data: {} })).rejects.toMatchObject({
    code: 'unavailable',
  })
})

test('a connection that breaks as a task is queued costs nothing: it is asked again, and is the same task', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (asked.length === 1) request.socket.destroy()
    // The first try had made it; only its answer was lost.
    else response.writeHead(409).end('A task with the same name already exists')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(async () => void server.close())
  const config = testConfig()
  const emulator = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const tasks = createCloudTasks({
    config: { ...config, tasks: { ...config.tasks, emulator } },
    clock: systemClock,
  })
  closing.push(() => tasks.close())
  await tasks.enqueue('answerAsProspect', { key: 'QS-1/LEAD-1', data: { id: 'LEAD-1' } })
  expect(asked).toHaveLength(2)
})

test('taking out a task that was never there is no error', async () => {
  const { tasks } = await start(async () => {})
  await expect(tasks.remove('answerAsProspect', 'never')).resolves.toBeUndefined()
})
