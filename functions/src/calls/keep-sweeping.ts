import { sweepAlarms } from '../alarms/sweep-alarms.ts'
import { createDirectory } from '../conversations/directory.ts'
import type { Deps } from '../deps.ts'
import { sweepCalls } from './sweep.ts'

/** Sweeps every so often for as long as the process runs, never twice at once. Returns how to stop. */
export function keepSweeping(
  deps: Pick<
    Deps,
    'writes' | 'transactions' | 'firestore' | 'clock' | 'log' | 'audit' | 'config' | 'shutdown'
  >,
): () => void {
  const { clock, config, log, shutdown } = deps
  const directory = createDirectory(deps)
  let isSweeping = false
  const sweep = async (): Promise<void> => {
    if (isSweeping || shutdown.aborted) return
    isSweeping = true
    // The one must not go without because the other fails.
    for (const sweepAll of [sweepCalls, (): Promise<unknown> => sweepAlarms(deps, directory)]) {
      try {
        await sweepAll(deps)
      } catch (error) {
        log.error({ err: error }, 'sweep failed')
      }
    }
    isSweeping = false
  }
  return clock.every(config.sweepSeconds * 1_000, () => void sweep())
}
