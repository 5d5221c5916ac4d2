import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Config } from '../../platform/config.ts'
import { createLogger } from '../../platform/logger.ts'
import { QUEUES } from '../queues.ts'
import { type Delivery, runTask, type TaskHandler } from '../task.ts'

export interface TaskWorkerOptions {
  /** Deliveries at once, a queue. */
  concurrency?: number
  /** Before the second attempt; doubled for each one after it. */
  retryAfterSeconds?: number
  port?: number
  /** Goes on where another has listened: the queues, with what waits in them, are there already. */
  isSuccessor?: boolean
}

export interface TaskWorker {
  /** Every delivery so far, in order, with how it ended. */
  deliveries: { queue: string; data: unknown; retryCount: number; failed: boolean }[]
  close(): Promise<void>
}

/** A handler with the context that it runs in. */
export interface Assignment {
  queue: keyof typeof QUEUES
  deliver(delivery: Delivery): Promise<void>
}

export const assign = <Context, Data>(handler: TaskHandler<Context, Data>, context: Context): Assignment => ({
  queue: handler.queue,
  deliver: (delivery) => runTask(handler, context, delivery),
})

/**
 * Does the work of a test project's queues, as the deployed functions do: the suite's Tasks emulator delivers to it,
 * retries and all.
 */
export async function startTaskWorker(
  config: Config,
  assignments: readonly Assignment[],
  { concurrency = 10, retryAfterSeconds = 0.05, port = 0, isSuccessor = false }: TaskWorkerOptions = {},
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
        const taskId = String(request.headers['x-cloudtasks-taskname'])
        await assignment?.deliver({ raw: data, taskId, retryCount, log })
      } catch (error) {
        log.warn({ err: error }, 'a task failed')
        delivery.failed = true
      }
      response.writeHead(assignment === undefined ? 404 : delivery.failed ? 500 : 204).end()
    })()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const { queue } of isSuccessor ? [] : assignments) {
    await createQueue(config, queue, { defaultUri: `${origin}/${queue}`, concurrency, retryAfterSeconds })
  }
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
export async function createQueue(
  { tasks, projectId }: Config,
  queue: keyof typeof QUEUES,
  {
    defaultUri,
    concurrency,
    retryAfterSeconds,
  }: { defaultUri: string; concurrency: number; retryAfterSeconds: number },
): Promise<void> {
  const response = await fetch(
    `http://${tasks.emulator}/projects/${projectId}/locations/${tasks.location}/queues/${queue}`,
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        defaultUri,
        rateLimits: { maxConcurrentDispatches: concurrency, maxDispatchesPerSecond: 500 },
        // The emulator tries once more often than it is told.
        retryConfig: { maxAttempts: QUEUES[queue].attempts - 1, minBackoffSeconds: retryAfterSeconds },
      }),
    },
  )
  if (!response.ok) throw new Error(`The Tasks emulator refused a queue: ${await response.text()}`)
}
