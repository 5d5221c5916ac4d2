/** A child that does not listen when it is told to end. */
process.on('SIGTERM', () => {})
process.stdout.write('ready\n')
setInterval(() => {}, 60_000)
