import { type TaskQueueOptions, onTaskDispatched } from 'firebase-functions/tasks'
import type { Deps } from '../deps.ts'
import { QUEUES } from './queues.ts'
import { runTask, type TaskHandler } from './task.ts'

/** Each call at a time has a process of 160 MB of its own in the functions emulator. */
const EMULATED_CONCURRENCY = 4

/**
 * The function behind a queue, to be exported under the queue's name.
 *
 * @param deps made once per process, at the first task
 */
export function onTask<Context, Data>(
  handler: TaskHandler<Context, Data>,
  deps: () => Deps & Context,
  options: Pick<TaskQueueOptions, 'secrets'>,
) {
  const { concurrency, timeoutSeconds, attempts } = QUEUES[handler.queue]
  const isEmulated = process.env.FUNCTIONS_EMULATOR === 'true'
  return onTaskDispatched(
    {
      ...options,
      timeoutSeconds,
      retryConfig: { maxAttempts: attempts, minBackoffSeconds: 1, maxBackoffSeconds: 60 },
      rateLimits: {
        maxConcurrentDispatches: isEmulated ? EMULATED_CONCURRENCY : concurrency,
        maxDispatchesPerSecond: 100,
      },
    },
    // One parameter: firebase-functions counts them to tell which form of handler this is.
    async (request) => {
      // Such a process is scraped by nobody: how late the queue is can be told by the log alone.
      const lagMs = Math.round(deps().clock.now() - dueAt(request.scheduledTime))
      if (Number.isFinite(lagMs)) deps().log.info({ queue: handler.queue, lagMs }, 'task begins')
      await runTask(handler, deps(), {
        raw: request.data,
        taskId: request.id,
        retryCount: request.retryCount ?? 0,
        log: deps().log,
      })
    },
  )
}

/** When a task was to begin, ms since 1970. Cloud Tasks says it in seconds, its emulator in milliseconds or not at all. */
function dueAt(eta: string | undefined): number {
  const time = Number(eta)
  return time > 100_000_000_000 ? time : time * 1_000
}
