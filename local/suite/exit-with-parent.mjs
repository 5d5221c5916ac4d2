import { closeSync, openSync } from 'node:fs'

/**
 * Preloaded into every child of the suite (child.ts): when the channel to the parent closes because the parent is
 * gone, the child ends as if it had been told to, so that a killed suite leaves no orphan.
 */
function exitWithParent() {
  // Nobody reads on: a logger that writes synchronously would wait for ever for the broken pipe to take its last line.
  for (const descriptor of [1, 2]) {
    closeSync(descriptor)
    openSync('/dev/null', 'w')
  }
  process.kill(process.pid, 'SIGTERM')
}

if (process.env.LIFELINE_PARENT === String(process.ppid) && process.channel) {
  process.channel.unref()
  process.once('disconnect', exitWithParent)
}
