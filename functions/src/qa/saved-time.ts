/** When the database took something, as it says; µs are what it tells apart. */
export interface SavedTime {
  seconds: number
  nanoseconds: number
}

/** As ISO 8601 with µs: two answers within one millisecond must not be taken for one moment by who asks for later ones. */
export const isoOf = ({ seconds, nanoseconds }: SavedTime): string =>
  `${new Date(seconds * 1_000).toISOString().slice(0, 19)}.${String(Math.trunc(nanoseconds / 1_000)).padStart(6, '0')}Z`

/** A time in ISO 8601, with whatever fraction and offset, as µs since 1970. */
export function microsecondsOf(time: string): number {
  const [, fraction = ''] = /\.(\d+)/.exec(time) ?? []
  const whole = Date.parse(time.replace(/\.\d+/, ''))
  return whole * 1_000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
}
