/** How long to wait before the next attempt. All times in ms. */
export type BackoffOptions = {
  /** The first wait; the server's `retry:` field replaces it. */
  baseMs: number
  capMs: number
  /** In [0, 1). Spreads clients out, so that a server that comes back is not met by all of them at once. */
  random: () => number
}

/** The wait after `failures` failures in a row (1 or more): doubling, capped, between half of it and all of it. */
export function backoffMs(failures: number, { baseMs, capMs, random }: BackoffOptions): number {
  const full = Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 30))
  return Math.round(full / 2 + (full / 2) * random())
}
