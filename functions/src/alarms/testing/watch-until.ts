import { parseCall } from '../../conversations/store.ts'
import { createDirectory } from '../../conversations/directory.ts'
import { createDeps } from '../../deps.ts'
import type { Config } from '../../platform/config.ts'
import { manualClock } from '../../platform/testing/manual-clock.ts'
import { watchSilence } from '../watch-silence.ts'

/**
 * A process that watches a call and stands still at a step, to be killed there: says `at <step>` and waits for ever.
 * `WATCH_CONFIG` is the configuration as JSON; the arguments are the call, the step, and the time, ms since 1970.
 */
const [callId = '', stopAt = '', now = '0'] = process.argv.slice(2)
const config = JSON.parse(process.env.WATCH_CONFIG ?? '{}') as Config
const deps = createDeps(config, { clock: manualClock(Number(now)) })
const call = parseCall((await deps.writes.ref(`active_calls/${callId}`).get()).val())
if (call === undefined) throw new Error('There is no such call')

await watchSilence({ ...deps, directory: createDirectory(deps) }, [callId, call], async (step) => {
  if (step !== stopAt) return
  process.stdout.write(`at ${step}\n`)
  setInterval(() => undefined, 1_000)
  await new Promise(() => undefined)
})
process.stdout.write('done\n')
process.exit(0)
