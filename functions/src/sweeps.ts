import { takeLastLook } from './alarms/last-look.ts'
import { sweepAlarms } from './alarms/sweep-alarms.ts'
import { sweepUploads } from './attachments/sweep.ts'
import { sweepCalls } from './calls/sweep.ts'
import { sweepChats } from './chats/sweep-chats.ts'
import { createDirectory } from './conversations/directory.ts'
import type { Deps } from './deps.ts'
import { requestDueSummaries, requestDueSummary } from './summaries/ended/request-due.ts'

export type Sweep = () => Promise<unknown>

/** All that is done again and again for what a crash, a lost event or the mere passing of time leaves to do. */
export function allSweeps(deps: Deps): readonly Sweep[] {
  const directory = createDirectory(deps)
  const whenArchived = (conversationId: string) => requestDueSummary(deps, conversationId)
  return [
    () => sweepCalls({ ...deps, whenArchived }, (callId) => takeLastLook({ ...deps, directory }, callId)),
    () => sweepAlarms(deps, directory),
    () => requestDueSummaries(deps),
    () => sweepUploads(deps),
    () => sweepChats(deps),
  ]
}

/** Runs every one, since none must go without because another fails. Failures are logged; true: there were none. */
export async function sweepOnce(sweeps: readonly Sweep[], { log }: Pick<Deps, 'log'>): Promise<boolean> {
  let isClean = true
  for (const sweep of sweeps) {
    try {
      await sweep()
    } catch (error) {
      isClean = false
      log.error({ err: error }, 'sweep failed')
    }
  }
  return isClean
}

/** Sweeps every so often for as long as the process runs, never twice at once. Returns how to stop. */
export function keepSweeping(
  sweeps: readonly Sweep[],
  deps: Pick<Deps, 'clock' | 'config' | 'log' | 'shutdown'>,
): () => void {
  let isSweeping = false
  const sweep = async (): Promise<void> => {
    if (isSweeping || deps.shutdown.aborted) return
    isSweeping = true
    await sweepOnce(sweeps, deps)
    isSweeping = false
  }
  return deps.clock.every(deps.config.sweepSeconds * 1_000, () => void sweep())
}
