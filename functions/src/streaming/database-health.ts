import type { Deps } from '../deps.ts'

/** Whether what we show is still live: the database's connection, watched once for the whole process. */
export interface DatabaseHealth {
  /** True when the connection has been away for longer than `lostAfterMs`. */
  isLost(): boolean
  /** Calls `listener` each time the connection counts as lost, until the function returned is called. */
  onLost(listener: () => void): () => void
  stop(): void
}

export function watchDatabase(
  { database, clock, log }: Pick<Deps, 'database' | 'clock' | 'log'>,
  lostAfterMs: number,
): DatabaseHealth {
  const listeners = new Set<() => void>()
  let lost = false
  let cancel: (() => void) | undefined

  const declareLost = () => {
    lost = true
    log.error({ lostAfterMs }, 'database connection lost')
    for (const listener of listeners) listener()
  }
  const connected = database.ref('.info/connected')
  const onValue = connected.on('value', (snapshot) => {
    cancel?.()
    cancel = undefined
    if (snapshot.val() !== true) {
      if (!lost) cancel = clock.after(lostAfterMs, declareLost)
      return
    }
    if (lost) log.info('database connection is back')
    lost = false
  })

  return {
    isLost: () => lost,
    onLost(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop() {
      cancel?.()
      connected.off('value', onValue)
    },
  }
}
