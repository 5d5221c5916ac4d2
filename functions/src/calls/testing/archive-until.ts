import { createDeps } from '../../deps.ts'
import type { Config } from '../../platform/config.ts'
import { archiveCall } from '../archive-call.ts'

/**
 * A process that archives a call and stands still at a step, to be killed there: says `at <step>` and waits for ever.
 * `ARCHIVE_CONFIG` is the configuration as JSON; the arguments are the call, the step, and which time it comes.
 */
const [callId = '', stopAt = '', which = '1'] = process.argv.slice(2)
const config = JSON.parse(process.env.ARCHIVE_CONFIG ?? '{}') as Config
let times = 0

await archiveCall(createDeps(config), callId, async (step) => {
  if (step === stopAt) times += 1
  if (step !== stopAt || times < Number(which)) return
  process.stdout.write(`at ${step}\n`)
  setInterval(() => undefined, 1_000)
  await new Promise(() => undefined)
})
process.stdout.write('done\n')
process.exit(0)
