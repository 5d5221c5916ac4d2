/**
 * Preloaded into every child of the suite (child.ts): when the channel to the parent closes because the parent is
 * gone, the child ends as if it had been told to, so that a killed suite leaves no orphan.
 */
if (process.env.LIFELINE_PARENT === String(process.ppid) && process.channel) {
  process.channel.unref()
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
}
