import { type TaskQueueOptions, onTaskDispatched } from 'firebase-functions/tasks'
import type { Deps } from '../deps.ts'
import { ModelsEnvironment } from '../platform/config-models.ts'
import { createSharing } from '../platform/shared-measures.ts'
import { DUE_HEADER, QUEUES } from './queues.ts'
import { runTask, type TaskHandler } from './task.ts'

/** Each call at a time has a process of 160 MB of its own in the functions emulator. */
const EMULATED_CONCURRENCY = 4

/** In a process that has several of these functions they share what they count once. */
const sharing = createSharing()

/**
 * The function behind a queue, to be exported under the queue's name.
 *
 * An instance takes as many deliveries at once as it may have requests open at the model server (`MODEL_CONCURRENCY`), so
 * none of them spends its time waiting for another's answer: with the platform's 80, fifty answers of 15 s each would share
 * 16 places, and the last would begin when their own limit is nearly over. There may be as many instances as it takes to
 * run what the queue hands out at once; with fewer the platform would refuse deliveries, and the queue slow down. (A long conversation
 * that is told in parts asks for four places at once, and a prospect is asked twice at once, so that on a full instance it
 * waits one answer's time; what either may wait in all is bounded by its own deadline.)
 *
 * @param deps made once per process, at the first task
 */
export function onTask<Context, Data>(
  handler: TaskHandler<Context, Data>,
  deps: () => Deps & Context,
  options: Pick<TaskQueueOptions, 'secrets'>,
) {
  const { queue } = handler
  const { concurrency, timeoutSeconds, attempts } = QUEUES[queue]
  const isEmulated = process.env.FUNCTIONS_EMULATOR === 'true'
  const places = Math.min(concurrency, modelPlaces())
  return onTaskDispatched(
    {
      ...options,
      timeoutSeconds,
      concurrency: places,
      maxInstances: Math.ceil(concurrency / places),
      // More than one at a time needs a whole processor.
      cpu: 1,
      memory: '512MiB',
      retryConfig: { maxAttempts: attempts, minBackoffSeconds: 1, maxBackoffSeconds: 60 },
      rateLimits: {
        maxConcurrentDispatches: isEmulated ? EMULATED_CONCURRENCY : concurrency,
        maxDispatchesPerSecond: 100,
      },
    },
    // One parameter: firebase-functions counts them to tell which form of handler this is.
    async (request) => {
      const context = deps()
      const { clock, log, metrics } = context
      const { id: taskId, data: raw, retryCount } = request
      await sharing(context, async () => {
        const begun = clock.now()
        const over = (outcome: 'done' | 'failed'): void =>
          metrics.taskOver({ queue, ms: clock.now() - begun, outcome })
        const lagMs = begun - Number(request.headers?.[DUE_HEADER])
        if (retryCount === 0 && Number.isFinite(lagMs)) {
          metrics.taskBegun({ queue, lagMs })
          log.info({ queue, lagMs }, 'task begins')
        }
        try {
          await runTask(handler, context, { raw, taskId, retryCount, log })
        } catch (error) {
          over('failed')
          throw error
        }
        over('done')
      })
    },
  )
}

/** As the functions will have it: a deploy reads the same `.env` file before it asks what there is to deploy. */
const modelPlaces = (): number =>
  ModelsEnvironment.MODEL_CONCURRENCY.parse(process.env.MODEL_CONCURRENCY || undefined)
