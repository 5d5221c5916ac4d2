import { afterEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { QUEUES, type QueueName } from './queues.ts'
import { defineTask } from './task.ts'
import { onTask } from './trigger.ts'

/** What a deploy is told of a function, in a property of it. */
function deployed(queue: QueueName) {
  const handler = defineTask({ queue, data: z.object({}), run: async () => {} })
  const run = onTask(handler, () => expect.unreachable('a deploy runs nothing'), {})
  return (run as unknown as Record<'__endpoint', Deployed>)['__endpoint']
}
interface Deployed {
  concurrency: number
  maxInstances: number
  timeoutSeconds: number
  cpu: number
  taskQueueTrigger: { rateLimits: { maxConcurrentDispatches: number }; retryConfig: { maxAttempts: number } }
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe.each(Object.keys(QUEUES) as QueueName[])('the function behind %s', (queue) => {
  const { concurrency: atOnce, timeoutSeconds, attempts } = QUEUES[queue]

  test.each([
    ['', 16],
    ['4', 4],
    ['1000', atOnce],
  ])('takes no more at once than it may ask of the model at once (MODEL_CONCURRENCY "%s")', (set, places) => {
    vi.stubEnv('MODEL_CONCURRENCY', set)
    const { concurrency, maxInstances, cpu } = deployed(queue)
    expect(concurrency).toBe(places)
    expect(concurrency * maxInstances).toBeGreaterThanOrEqual(atOnce)
    expect(concurrency * (maxInstances - 1)).toBeLessThan(atOnce)
    expect(cpu).toBe(1)
  })

  test('is given the time, the pace and the attempts of its queue', () => {
    const { taskQueueTrigger, timeoutSeconds: given } = deployed(queue)
    expect(given).toBe(timeoutSeconds)
    expect(taskQueueTrigger.rateLimits.maxConcurrentDispatches).toBe(atOnce)
    expect(taskQueueTrigger.retryConfig.maxAttempts).toBe(attempts)
  })
})
