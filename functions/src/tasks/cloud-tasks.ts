import { createHash } from 'node:crypto'
import { CloudTasksClient } from '@google-cloud/tasks'
import type { Clock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import { AppError } from '../platform/errors.ts'
import { emulatorClient } from './emulator-client.ts'
import { DUE_HEADER, QUEUES, type QueueName, type Task, type TaskQueues } from './queues.ts'

/** gRPC's numbers (google.rpc.Code). */
const NOT_FOUND = 5
const ALREADY_EXISTS = 6
const UNAVAILABLE = 14

/** A connection that was idle may be closed by the other side just as it is used. */
const TRIES = 3

/** A request waits for its task to be queued: longer than this is as good as never. */
const CALL_TIMEOUT_MS = 10_000

/**
 * The functions emulator starts a process for each call at a time, which takes a minute on a machine that is busy. Cut off
 * meanwhile, the next attempt starts another one, and the machine only gets busier; the function ends itself in time.
 */
const EMULATED_DEADLINE_SECONDS = 600

/** Makes nothing until the first task: a process that queues none needs no credentials. */
export function createCloudTasks({
  config,
  clock,
}: {
  config: Config
  clock: Clock
}): TaskQueues & { close(): Promise<void> } {
  const { projectId, tasks } = config
  let made: CloudTasksClient | undefined
  const client = () => (made ??= tasks.emulator ? emulatorClient(tasks.emulator) : new CloudTasksClient())
  const queuePath = (queue: QueueName) => client().queuePath(projectId, tasks.location, queue)
  const taskPath = (queue: QueueName, key: string) =>
    client().taskPath(projectId, tasks.location, queue, hashed(key))

  const taskOf = (queue: QueueName, { key, data, afterMs = 0 }: Task) => ({
    name: taskPath(queue, key),
    dispatchDeadline: { seconds: tasks.emulator ? EMULATED_DEADLINE_SECONDS : QUEUES[queue].timeoutSeconds },
    ...(afterMs > 0 && { scheduleTime: timestamp(clock.now() + afterMs) }),
    httpRequest: {
      httpMethod: 'POST' as const,
      url: `${tasks.origin}/${queue}`,
      headers: { 'Content-Type': 'application/json', [DUE_HEADER]: String(clock.now() + afterMs) },
      body: Buffer.from(JSON.stringify({ data })).toString('base64'),
      oidcToken: { serviceAccountEmail: tasks.serviceAccount, audience: `${tasks.origin}/${queue}` },
    },
  })

  /** The task's name makes it one task, also when it was made by a try whose answer was lost. */
  async function create(queue: QueueName, task: Task, triesLeft: number): Promise<void> {
    try {
      const request = { parent: queuePath(queue), task: taskOf(queue, task) }
      await client().createTask(request, { timeout: CALL_TIMEOUT_MS })
    } catch (error) {
      if (codeOf(error) === ALREADY_EXISTS) return
      if (codeOf(error) !== UNAVAILABLE || triesLeft === 0) throw unavailable(error)
      await create(queue, task, triesLeft - 1)
    }
  }

  return {
    enqueue: (queue, task) => create(queue, task, TRIES - 1),
    async remove(queue, key) {
      // The emulator, asked to delete a task that already runs, loses another one that waits.
      if (tasks.emulator) return
      try {
        await client().deleteTask({ name: taskPath(queue, key) }, { timeout: CALL_TIMEOUT_MS })
      } catch (error) {
        if (codeOf(error) !== NOT_FOUND) throw unavailable(error)
      }
    },
    async close() {
      await made?.close()
    },
  }
}

/** Names that follow one another make a queue slow; and a key may hold what a name may not. */
const hashed = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 40)

const timestamp = (ms: number) => ({ seconds: Math.floor(ms / 1_000), nanos: (ms % 1_000) * 1_000_000 })

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code

const unavailable = (cause: unknown): AppError =>
  new AppError('unavailable', 'The work could not be queued. Please try again.', {
    cause,
    headers: { 'Retry-After': '5' },
  })
