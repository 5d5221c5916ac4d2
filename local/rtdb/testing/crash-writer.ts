import { startDatabaseServer } from '../server.ts'

/**
 * Run as a process of its own, to be killed: serves the folder given as the argument and prints its port.
 * Whoever writes to it keeps count of what was acknowledged.
 */
const dataDir = process.argv[2]
if (dataDir === undefined) throw new Error('No folder given')
const server = await startDatabaseServer({ port: 0, project: 'demo-test', dataDir })
process.stdout.write(`${server.port}\n`)
