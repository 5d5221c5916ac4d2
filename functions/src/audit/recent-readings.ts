/** Readings that are under way: whoever turns a page or polls goes on with one, and begins none. */
export interface RecentReadings {
  /** Whether this one has begun, and goes on. */
  isUnderWay(key: string, now: number): boolean
  /** It goes on until then, ms since 1970. */
  begin(key: string, until: number): void
}

/** As many people read at the same time in one process; who is forgotten is noted once more. */
const MAX_KEPT = 20_000

export function createRecentReadings(): RecentReadings {
  const kept = new Map<string, number>()
  return {
    isUnderWay: (key, now) => (kept.get(key) ?? -Infinity) > now,
    begin(key, until) {
      kept.delete(key)
      kept.set(key, until)
      const [oldest] = kept.keys()
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
    },
  }
}
