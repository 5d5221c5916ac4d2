import type { Deps } from '../deps.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { SearchGap } from './schema.ts'

/** How much of what is old has been read. `limited`: as much as there is room for. */
export interface Progress {
  state: 'unread' | 'loading' | 'whole' | 'limited'
  /** Everything from then on is known, ms since 1970; undefined: nothing yet. */
  since: number | undefined
}

interface Reading {
  companyId: string
  /** How long a search waits for what is old, ms. */
  waitMs: number
  progress: Progress
  /** Reads what is old, and goes on where it stopped when it failed. Says in `progress` how far it has come. */
  load: () => Promise<void>
  /** Reads what is new. */
  update: () => Promise<void>
}

/**
 * Before each search: what is new is read, by one for all who ask at the same time; what is old only once and in the
 * background, and a search waits for it a little.
 *
 * @returns says what is missing; rejects as `update` does
 */
export function createKeepUp(
  { clock, log }: Pick<Deps, 'clock' | 'log'>,
  { companyId, waitMs, progress, load, update }: Reading,
): () => Promise<SearchGap | null> {
  const upToDate = oneAtATime(update)
  let loading: Promise<void> = Promise.resolve()

  function startLoading(): void {
    if (progress.state !== 'unread') return
    progress.state = 'loading'
    loading = load().catch((error: unknown) => {
      // Tried again at the next search; until then the answers say that older messages are missing.
      log.warn({ companyId, err: error }, 'older messages could not be read for searching')
      progress.state = 'unread'
    })
  }

  return async () => {
    startLoading()
    const late = Promise.withResolvers<void>()
    const cancel = clock.after(waitMs, late.resolve)
    try {
      await upToDate()
      await Promise.race([loading, late.promise])
    } finally {
      cancel()
    }
    const { state, since } = progress
    if (state === 'whole') return null
    return {
      reason: state === 'limited' ? 'limit' : 'loading',
      since: since === undefined ? null : new Date(since).toISOString(),
    }
  }
}
