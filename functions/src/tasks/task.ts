import type { Logger } from 'pino'
import type { z } from 'zod'
import { QUEUES, type QueueName } from './queues.ts'

export interface Attempt {
  /** The task's own name: the same for each of its attempts, and for a delivery that came twice. */
  taskId: string
  /** No other attempt follows: what still fails now has failed for good, and is to be written down as such. */
  isLast: boolean
  log: Logger
}

/**
 * What is done for the tasks of one queue. It may run twice for one task, also at once, and late: it looks before it
 * pays. It returns when nothing more can be done, be it well or badly, and throws only where another attempt could help.
 */
export interface TaskHandler<Context, Data> {
  queue: QueueName
  data: z.ZodType<Data>
  run(context: Context, data: Data, attempt: Attempt): Promise<void>
}

/** Gives `run` the types of the schema beside it. */
export const defineTask = <Context, Data>(handler: TaskHandler<Context, Data>): TaskHandler<Context, Data> =>
  handler

export interface Delivery {
  raw: unknown
  taskId: string
  /** Earlier deliveries of this task that failed. */
  retryCount: number
  log: Logger
}

/** Takes one delivery. Throws what another attempt could mend. */
export async function runTask<Context, Data>(
  handler: TaskHandler<Context, Data>,
  context: Context,
  { raw, taskId, retryCount, log: base }: Delivery,
): Promise<void> {
  const { queue } = handler
  const log = base.child({ queue, retryCount })
  const parsed = handler.data.safeParse(raw)
  if (!parsed.success) {
    // It will not get better by trying again.
    log.error({ issues: parsed.error.issues.map(({ path, code }) => ({ path, code })) }, 'malformed task')
    return
  }
  await handler.run(context, parsed.data, { taskId, isLast: retryCount >= QUEUES[queue].attempts - 1, log })
}
