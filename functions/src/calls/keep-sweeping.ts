import type { Deps } from '../deps.ts'
import { sweepCalls } from './sweep.ts'

/** Sweeps every so often for as long as the process runs, never twice at once. Returns how to stop. */
export function keepSweeping(
  deps: Pick<Deps, 'writes' | 'transactions' | 'firestore' | 'clock' | 'log' | 'config' | 'shutdown'>,
): () => void {
  const { clock, config, log, shutdown } = deps
  let isSweeping = false
  const sweep = async (): Promise<void> => {
    if (isSweeping || shutdown.aborted) return
    isSweeping = true
    try {
      await sweepCalls(deps)
    } catch (error) {
      log.error({ err: error }, 'sweep failed')
    } finally {
      isSweeping = false
    }
  }
  return clock.every(config.sweepSeconds * 1_000, () => void sweep())
}
