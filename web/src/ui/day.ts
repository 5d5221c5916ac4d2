/**
 * The instant (ISO 8601) at which a day of the reader's begins, so many days later.
 *
 * @param date `YYYY-MM-DD`; undefined comes back for what is no day
 */
export function startOfDay(date: string, later: number): string | undefined {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  const start = new Date(year, month - 1, day + later)
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString()
}
