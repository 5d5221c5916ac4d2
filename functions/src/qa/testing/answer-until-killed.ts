import { createDeps } from '../../deps.ts'
import type { Config } from '../../platform/config.ts'
import { assign, startTaskWorker } from '../../tasks/testing/task-worker.ts'
import { createAnswerTask } from '../answer-task.ts'
import { summarizeSession } from '../summary-task.ts'
import { offlineModel } from './offline-model.ts'

/**
 * A process that works off the panel's queues until it is killed: from its tenth call to the model on, or with `summary` from
 * the summary on, it answers no more, says so, and holds what it has begun. `QA_WORKER_CONFIG` is the configuration as JSON.
 */
const config = JSON.parse(process.env.QA_WORKER_CONFIG ?? '{}') as Config
const [stuckAt] = process.argv.slice(2)
let calls = 0
const model = offlineModel(async ({ job }) => {
  calls += 1
  if (stuckAt === 'summary' ? job === 'answer-as-prospect' : calls < 10) return
  process.stdout.write('stuck\n')
  await new Promise(() => undefined)
})
const context = { ...createDeps(config), model }
await startTaskWorker(config, [assign(createAnswerTask(), context), assign(summarizeSession, context)], {
  concurrency: 4,
})
process.stdout.write('working\n')
setInterval(() => undefined, 1_000)
