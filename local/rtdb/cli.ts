import { parseArgs } from 'node:util'

import { startDatabaseServer } from './server.ts'

/**
 * Runs the database as a process of its own, with the launch arguments that firebase-tools gives to its emulator
 * (protocol notes, section 7), and `--data-dir`, `--import` and `--project` besides. Further arguments are passed over.
 */
const { values } = parseArgs({
  strict: false,
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '9000' },
    functions_emulator_host: { type: 'string' },
    functions_emulator_port: { type: 'string' },
    'data-dir': { type: 'string' },
    import: { type: 'string' },
    project: { type: 'string', default: process.env['GCLOUD_PROJECT'] ?? 'demo-project' },
  },
})

const text = (name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

function portOf(name: string): number {
  const port = Number(text(name))
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Error(`--${name} takes a port number`)
}

const functionsHost = text('functions_emulator_host')
const dataDir = text('data-dir')
const server = await startDatabaseServer({
  host: text('host') ?? '127.0.0.1',
  port: portOf('port'),
  project: text('project') ?? '',
  ...(functionsHost !== undefined && {
    functionsOrigin: `http://${functionsHost}:${portOf('functions_emulator_port')}`,
  }),
  ...(dataDir !== undefined && { dataDir }),
})
const importFolder = text('import')
if (importFolder !== undefined) server.importFrom(importFolder)
console.log(`Realtime Database at ${server.origin}`)

let stopping = false
const stop = (): void => {
  if (stopping) return
  stopping = true
  void server.close()
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
