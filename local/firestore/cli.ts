import { parseArgs } from 'node:util'

import { startFirestoreServer } from './server.ts'

const DEFAULT_PORT = '8080'

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: DEFAULT_PORT },
    'data-dir': { type: 'string' },
    indexes: { type: 'string' },
  },
})

const server = await startFirestoreServer({
  host: values.host,
  port: Number(values.port),
  ...(values['data-dir'] !== undefined && { dataDir: values['data-dir'] }),
  ...(values.indexes !== undefined && { indexesFile: values.indexes }),
  report: (error) => console.error(error),
})
console.log(`Firestore is up: FIRESTORE_EMULATOR_HOST=${server.host}:${server.port}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close().catch((error: unknown) => {
      console.error(error)
      process.exitCode = 1
    })
  })
}
