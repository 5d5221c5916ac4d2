/** The years 0 to 9999, ms since 1970: what ISO 8601 writes with four digits, and so what `Timestamp` takes. */
const FIRST_MS = Date.parse('0000-01-01T00:00:00.000Z')
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z')

/** ISO 8601 in UTC; undefined for a time that cannot be shown. */
export const showTime = (ms: number): string | undefined =>
  ms >= FIRST_MS && ms <= LAST_MS ? new Date(ms).toISOString() : undefined

/** The nearest time that can be shown: an offset may carry a `Timestamp` beyond the first or the last. */
export const nearestShowable = (ms: number): number => Math.min(Math.max(ms, FIRST_MS), LAST_MS)
