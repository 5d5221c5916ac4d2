import type { Deps } from '../../deps.ts'
import { type Shared, createShared } from '../../streaming/shared.ts'
import { unavailable } from '../../streaming/with-timeout.ts'

/** The stored summary of one chat and type, followed by one listener however many wait for it. */
export interface SummaryWatch {
  /** Settles when it is known what is there; rejects when it cannot be. */
  readonly ready: Promise<void>
  /** What is stored now; undefined: nothing. Read it with `readChatSummary`. */
  current(): unknown
  /** Tells of every change; returns how to stop. */
  subscribe(watcher: { changed(): void; lost(error: Error): void }): () => void
}

/** Keyed by `chatSummaryName`. */
export type SummaryWatches = Shared<string, SummaryWatch>

export function createSummaryWatches(
  { firestore, clock, log }: Pick<Deps, 'firestore' | 'clock' | 'log'>,
  lingerMs: number,
): SummaryWatches {
  const watches: Shared<string, SummaryWatch & { stop(): void }> = createShared({
    open: (name) => {
      const watch = follow(name)
      watch.subscribe({ changed: () => undefined, lost: () => watches.discard(name, watch) })
      return watch
    },
    close: (watch) => watch.stop(),
    lingerMs,
    clock,
  })
  return watches

  function follow(name: string): SummaryWatch & { stop(): void } {
    const watchers = new Set<Parameters<SummaryWatch['subscribe']>[0]>()
    const ready = Promise.withResolvers<void>()
    // Whoever waits for it hears of the failure; nobody waiting is no error.
    ready.promise.catch(() => undefined)
    let current: unknown
    const stop = firestore
      .collection('summaries')
      .doc(name)
      .onSnapshot(
        (snapshot) => {
          current = snapshot.data()
          ready.resolve()
          for (const watcher of watchers) watcher.changed()
        },
        (error) => {
          log.error({ summary: name, err: error }, 'listener on a summary lost')
          ready.reject(unavailable(error))
          for (const watcher of watchers) watcher.lost(error)
        },
      )
    return {
      ready: ready.promise,
      current: () => current,
      subscribe(watcher) {
        watchers.add(watcher)
        return () => void watchers.delete(watcher)
      },
      stop,
    }
  }
}
