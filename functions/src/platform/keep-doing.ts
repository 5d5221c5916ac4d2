import type { Logger } from 'pino'
import type { Clock } from './clock.ts'

export interface KeepDoing {
  clock: Pick<Clock, 'every'>
  log: Logger
  /** Aborts when it shall end. */
  shutdown: AbortSignal
  everyMs: number
}

/** Does something every so often for as long as the process runs, never twice at once. Failures are logged. Returns how to stop. */
export function keepDoing(
  { clock, log, shutdown, everyMs }: KeepDoing,
  work: () => Promise<unknown>,
): () => void {
  let isBusy = false
  const once = async (): Promise<void> => {
    if (isBusy || shutdown.aborted) return
    isBusy = true
    try {
      await work()
    } catch (error) {
      log.error({ err: error }, 'recurring work failed')
    } finally {
      isBusy = false
    }
  }
  return clock.every(everyMs, () => void once())
}
