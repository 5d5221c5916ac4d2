let latest = 0

/**
 * An unguessable id such as `msg_0mhc3k2a1_…`. Ids of one device sort in the order in which they were made, so that
 * two messages of one millisecond (of the server) still stand in the order in which they were written.
 */
export function newId(prefix: 'call' | 'conv' | 'msg', now = Date.now()): string {
  latest = Math.max(latest + 1, now)
  return `${prefix}_${latest.toString(36).padStart(9, '0')}_${crypto.randomUUID()}`
}
