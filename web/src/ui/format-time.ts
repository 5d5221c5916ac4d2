/** Times as a dispatcher reads them. All instants in ms since 1970 or as ISO 8601. */

/** A clock that counts up: `42 s`, `7:05`, `2:03:09`, `1 d 4 h`. Never negative: two clocks may differ by a little. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const pad = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  if (hours >= 24) return `${Math.floor(hours / 24)} d ${hours % 24} h`
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`
}

/** The same for a screen reader: `7 minutes`, `2 hours`. */
export function spellElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const say = (value: number, unit: string) => `${value} ${unit}${value === 1 ? '' : 's'}`
  if (seconds < 60) return say(seconds, 'second')
  if (seconds < 3600) return say(Math.floor(seconds / 60), 'minute')
  return seconds < 172_800
    ? say(Math.floor(seconds / 3600), 'hour')
    : say(Math.floor(seconds / 86_400), 'day')
}

const two = (value: number) => String(value).padStart(2, '0')

/** Wall clock of the reader: `14:02`. */
export function formatClock(instant: number | string): string {
  const date = new Date(instant)
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** To the second, with the day and the reader's own offset: `2025-10-03 14:02:11 (UTC+05:30)`. */
export function formatExact(instant: number | string): string {
  const date = new Date(instant)
  const offset = -date.getTimezoneOffset()
  const zone = `UTC${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return `${formatDate(date)} ${formatClock(instant)}:${two(date.getSeconds())} (${zone})`
}

/** A day as a heading: `Today`, `Yesterday`, or `Friday, 3 October 2025`. */
export function formatDay(instant: number | string, now: number): string {
  const date = new Date(instant)
  const today = new Date(now)
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (date.toDateString() === today.toDateString()) return 'Today'
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday'
  return date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
}

/**
 * What the device's own clock showed, in the device's own zone, as it wrote it: `11:58:04 (UTC+05:30)`.
 * ISO 8601 with an offset or `Z`.
 */
export function formatDeviceTime(timestamp: string): string {
  const [, day = '', clock = '', zone = ''] = /^([\d-]+)T([\d:]+)(?:\.\d+)?(.*)$/.exec(timestamp) ?? []
  return `${day} ${clock} (UTC${zone === 'Z' ? '+00:00' : zone})`
}

function formatDate(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Now as ISO 8601 with the device's offset, as devices write it (spec 1). */
export function toDeviceTimestamp(instant: number): string {
  const date = new Date(instant)
  const offset = -date.getTimezoneOffset()
  const local = new Date(instant + offset * 60_000).toISOString().slice(0, -1)
  const sign = offset < 0 ? '-' : '+'
  return `${local}${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
}
