import { once } from 'node:events'
import express, { type Request, type Response } from 'express'
import { say } from './console.ts'

/**
 * The deployed functions in one process, for tests: what the functions emulator does with a process for each function,
 * without the seconds that each of them takes to begin. Database events come as the emulator gets them, tasks from the
 * Tasks emulator. `node functions-host.ts <port> <namespace>`; schedules are left to the gateway's own sweeps.
 */
interface Endpoint {
  eventTrigger?: { eventType: string; eventFilterPathPatterns: Record<string, string> }
  taskQueueTrigger?: { rateLimits?: object; retryConfig?: { maxAttempts?: number } }
}
type Exported = (...given: unknown[]) => unknown

/** firebase-functions keeps what a function is triggered by in a property of it. */
const endpointOf = (run: Exported): Endpoint =>
  (run as unknown as Record<'__endpoint', Endpoint>)['__endpoint']

const [port = '0', namespace = ''] = process.argv.slice(2)
const { CLOUD_TASKS_EMULATOR_HOST: tasksHost, GCLOUD_PROJECT: project, TASKS_LOCATION } = process.env

// The deployed code's entry is not part of what other packages may import: here it is only run.
const entry: string = new URL('../../functions/src/index.ts', import.meta.url).href
const functions = Object.entries((await import(entry)) as Record<string, Exported>)

const app = express().use(express.json({ limit: '20mb', type: ['application/json', 'application/*+json'] }))
app.get('/backends', (_, response) => {
  const functionTriggers = functions.flatMap(([id, run]) => {
    const { eventTrigger } = endpointOf(run)
    if (eventTrigger === undefined) return []
    return [{ id, eventTrigger: { ...eventTrigger, eventFilters: { instance: namespace } } }]
  })
  response.json({ backends: [{ functionTriggers }] })
})
for (const [id, run] of functions) {
  const { eventTrigger, taskQueueTrigger } = endpointOf(run)
  if (eventTrigger !== undefined) {
    app.post(
      `/functions/projects/:project/triggers/${id}-0`,
      async (request: Request, response: Response) => {
        await run(request.body)
        response.sendStatus(200)
      },
    )
  }
  if (taskQueueTrigger !== undefined) app.post(`/${id}`, (request, response) => run(request, response))
}
const server = app.listen(Number(port), '127.0.0.1')
await once(server, 'listening')

for (const [id, run] of functions) {
  const { taskQueueTrigger } = endpointOf(run)
  if (taskQueueTrigger === undefined) continue
  const { retryConfig } = taskQueueTrigger
  const queue = {
    defaultUri: `http://127.0.0.1:${port}/${id}`,
    rateLimits: { maxConcurrentDispatches: 10, maxDispatchesPerSecond: 500 },
    // The emulator tries once more often than it is told.
    retryConfig: { ...retryConfig, maxAttempts: (retryConfig?.maxAttempts ?? 3) - 1 },
  }
  const path = `projects/${project}/locations/${TASKS_LOCATION ?? 'us-central1'}/queues/${id}`
  const created = await fetch(`http://${tasksHost}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(queue),
  })
  if (!created.ok) throw new Error(`The Tasks emulator refused the queue ${id}: ${await created.text()}`)
}
say('functions ready')
