import type { Deps } from '../deps.ts'

/** Whether what we show is still live: the database's connection, watched once for the whole process. */
export interface DatabaseHealth {
  /** True when the connection has been away for longer than `lostAfterMs`. Watching begins with the first question. */
  isLost(): boolean
  /** Calls `listener` each time the connection counts as lost, until the function returned is called. */
  onLost(listener: () => void): () => void
}

export function watchDatabase(
  { database, clock, log, shutdown }: Pick<Deps, 'database' | 'clock' | 'log' | 'shutdown'>,
  lostAfterMs: number,
): DatabaseHealth {
  const listeners = new Set<() => void>()
  let watching = false
  let lost = false
  let cancel: (() => void) | undefined

  function declareLost(): void {
    lost = true
    log.error({ lostAfterMs }, 'database connection lost')
    for (const listener of listeners) listener()
  }

  function watch(): void {
    if (watching || shutdown.aborted) return
    watching = true
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
    shutdown.addEventListener('abort', () => {
      cancel?.()
      connected.off('value', onValue)
    })
  }

  return {
    isLost() {
      watch()
      return lost
    },
    onLost(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
