import { parseArgs } from 'node:util'
import { resolve } from 'node:path'

export interface StartOptions {
  port: number
  simulate: boolean
  official: boolean
  dataDir: string | undefined
}

export const HELP = `npm start -- [options]
  --port <number>     where the console and the API answer (default 5000); the emulators move by themselves
  --data-dir <path>   keep calls, accounts and history over a restart
  --no-simulate       no simulated worker
  --official          the databases of firebase-tools instead of the embedded ones (Java 21, downloads)`

/** Reads the options of \`npm start\`. Throws with a sentence for the person who typed them. */
export function parseStartOptions(args: readonly string[]): StartOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      port: { type: 'string', default: '5000' },
      simulate: { type: 'boolean', default: true },
      official: { type: 'boolean', default: false },
      'data-dir': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port takes a number from 1 to 65535, not "${values.port}"`)
  }
  const dataDir = values['data-dir']
  return {
    port,
    simulate: values.simulate,
    official: values.official,
    dataDir: dataDir === undefined ? undefined : resolve(dataDir),
  }
}
