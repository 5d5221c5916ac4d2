import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Config } from '../../platform/config.ts'
import { createLogger } from '../../platform/logger.ts'
import { QUEUES } from '../queues.ts'
import { runTask, type TaskHandler } from '../task.ts'

export interface TaskWorker {
  /** Every delivery so far, in order, with how it ended. */
  deliveries: { queue: string; data: unknown; retryCount: number; failed: boolean }[]
  close(): Promise<void>
}

/** A handler with the context that it runs in. */
export interface Assignment {
  queue: keyof typeof QUEUES
  deliver(delivery: Parameters<typeof runTask>[2]): Promise<void>
}

export const assign = <Context, Data>(handler: TaskHandler<Context, Data>, context: Context): Assignment => ({
  queue: handler.queue,
  deliver: (delivery) => runTask(handler, context, delivery),
})

/**
 * Does the work of a test project's queues, as the deployed functions do: the suite's Tasks emulator delivers to it,
 * retries and all. `concurrency`: deliveries at once, a queue.
 */
export async function startTaskWorker(
  config: Config,
  assignments: readonly Assignment[],
  { concurrency = 10 }: { concurrency?: number } = {},
): Promise<TaskWorker> {
  const deliveries: TaskWorker['deliveries'] = []
  const log = createLogger(config)
  const server = createServer((request, response) => {
    void (async () => {
      const assignment = assignments.find(({ queue }) => request.url === `/${queue}`)
      const { data } = (await json(request)) as { data: unknown }
      const retryCount = Number(request.headers['x-cloudtasks-taskretrycount'])
      const delivery = { queue: request.url?.slice(1) ?? '', data, retryCount, failed: false }
      deliveries.push(delivery)
      try {
        await assignment?.deliver({ raw: data, retryCount, log })
      } catch (error) {
        log.warn({ err: error }, 'a task failed')
        delivery.failed = true
      }
      response.writeHead(assignment === undefined ? 404 : delivery.failed ? 500 : 204).end()
    })()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const { queue } of assignments) await createQueue(config, queue, `${origin}/${queue}`, concurrency)
  return {
    deliveries,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** As the functions emulator registers a queue. */
async function createQueue(
  { tasks, projectId }: Config,
  queue: keyof typeof QUEUES,
  defaultUri: string,
  maxConcurrentDispatches: number,
): Promise<void> {
  const response = await fetch(
    `http://${tasks.emulator}/projects/${projectId}/locations/${tasks.location}/queues/${queue}`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        defaultUri,
        rateLimits: { maxConcurrentDispatches, maxDispatchesPerSecond: 500 },
        // The emulator tries once more often than it is told.
        retryConfig: { maxAttempts: QUEUES[queue].attempts - 1, minBackoffSeconds: 0.05 },
      }),
    },
  )
  if (!response.ok) throw new Error(`The Tasks emulator refused a queue: ${await response.text()}`)
}
