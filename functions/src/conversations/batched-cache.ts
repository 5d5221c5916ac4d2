import type { Clock } from '../platform/clock.ts'

/** Values looked up by id: from memory while fresh, else together with everything else asked for in the same turn. */
export interface BatchedCache<T> {
  /** The value itself when it is at hand, so that callers need not wait a turn for what is known. */
  find(id: string): T | Promise<T>
}

export interface BatchedCacheOptions<T> {
  /** Fetches so many ids at once; every id must be in the map. */
  fetch: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>
  ttlMs: number
  maxBatch: number
  maxEntries: number
  clock: Pick<Clock, 'now'>
}

export function createBatchedCache<T>(options: BatchedCacheOptions<T>): BatchedCache<T> {
  const { fetch, ttlMs, maxBatch, maxEntries, clock } = options
  const entries = new Map<string, { readonly value: T; readonly until: number }>()
  const flying = new Map<string, Promise<T>>()
  let waiting: PromiseWithResolvers<ReadonlyMap<string, T>> | undefined
  let ids: string[] = []

  function flush(): void {
    const batch = waiting
    const asked = ids
    waiting = undefined
    ids = []
    fetch(asked).then(
      (found) => batch?.resolve(found),
      (error: unknown) => batch?.reject(error),
    )
  }

  async function load(id: string): Promise<T> {
    if (ids.length >= maxBatch) flush()
    if (waiting === undefined) {
      waiting = Promise.withResolvers()
      queueMicrotask(() => ids.length > 0 && flush())
    }
    ids.push(id)
    try {
      const found = await waiting.promise
      if (!found.has(id)) throw new Error('a batch came back without an id it was asked for')
      const value = found.get(id) as T
      keep(id, value)
      return value
    } finally {
      flying.delete(id)
    }
  }

  function keep(id: string, value: T): void {
    entries.delete(id)
    entries.set(id, { value, until: clock.now() + ttlMs })
    const oldest = entries.keys().next()
    if (entries.size > maxEntries && !oldest.done) entries.delete(oldest.value)
  }

  return {
    find(id) {
      const entry = entries.get(id)
      if (entry !== undefined && clock.now() < entry.until) return entry.value
      const pending = flying.get(id) ?? load(id)
      flying.set(id, pending)
      return pending
    },
  }
}
