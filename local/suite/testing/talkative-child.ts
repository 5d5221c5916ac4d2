import { writeSync } from 'node:fs'

/** A child that says something when it is told to end, as a gateway does; it would stay if saying so failed. */
process.on('SIGTERM', () => {
  writeSync(1, 'stopping\n')
  process.exit(0)
})
process.on('uncaughtException', () => {})
process.stdout.write('ready\n')
setInterval(() => {}, 60_000)
