/** Remembers what was told lately. */
export interface RecentKeys {
  /** False when it was told before. */
  add(key: string): boolean
}

/** One request tells the same a few times in a row; it takes many others to be forgotten in between. */
const MAX_KEPT = 5_000

export function createRecentKeys(): RecentKeys {
  const kept = new Set<string>()
  return {
    add(key) {
      if (kept.has(key)) return false
      kept.add(key)
      const [oldest] = kept
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
      return true
    },
  }
}
