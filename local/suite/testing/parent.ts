import { fileURLToPath } from 'node:url'
import { startChild } from '../child.ts'

/** A parent for child.test.ts: starts the child named on its command line and says its process id. */
const script = fileURLToPath(new URL(process.argv[2] ?? '', import.meta.url))
const child = startChild(script, [], { cwd: process.cwd(), env: process.env })
await child.waitForLine(/ready/)
process.stdout.write(`${child.pid}\n`)
setInterval(() => {}, 60_000)
