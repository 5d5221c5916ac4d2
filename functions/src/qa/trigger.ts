import { onSchedule } from 'firebase-functions/v2/scheduler'
import type { Deps } from '../deps.ts'
import { onTask } from '../tasks/trigger.ts'
import { createAnswerTask } from './answer-task.ts'
import { summarizeSession } from './summary-task.ts'
import { sweepSessions } from './sweep-sessions.ts'

type Options = Parameters<typeof onTask>[2]

/** The functions behind the panel's queues; to be exported under the queues' names. */
export const onAnswerTask = (deps: () => Deps, options: Options) => onTask(createAnswerTask(), deps, options)
export const onSummaryTask = (deps: () => Deps, options: Options) => onTask(summarizeSession, deps, options)

/** Helps sessions that are stuck; a gateway does the same by itself, more often. */
export const onSessionSweep = (deps: () => Deps, options: Options) =>
  onSchedule({ ...options, schedule: 'every 1 minutes', maxInstances: 1, timeoutSeconds: 300 }, async () => {
    await sweepSessions(deps())
  })
