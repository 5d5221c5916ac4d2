import { createDirectory } from '../../conversations/directory.ts'
import { createDeps } from '../../deps.ts'
import type { Config } from '../../platform/config.ts'
import { assign, startTaskWorker } from '../../tasks/testing/task-worker.ts'
import { summarizeCall } from '../live/summarize-call.ts'

/**
 * A process that summarizes calls for the tasks of a project, and stands still at its first model call when
 * `STAND_STILL` is set, to be killed there: says `asked` at each call of the model.
 */
const config = JSON.parse(process.env.WORKER_CONFIG ?? '{}') as Config
const deps = createDeps(config)
const { model } = deps
const handler = assign(summarizeCall, {
  ...deps,
  directory: createDirectory(deps),
  model: {
    run: async (job, input, options) => {
      process.stdout.write('asked\n')
      if (process.env.STAND_STILL) await new Promise(() => undefined)
      return await model.run(job, input, options)
    },
  },
})
await startTaskWorker(config, [handler], {
  port: Number(process.env.WORKER_PORT),
  // Long enough for a successor to begin.
  retryAfterSeconds: 3,
  isSuccessor: !process.env.STAND_STILL,
})
process.stdout.write('ready\n')
