import { type Cursor, formatCursor } from './cursor.ts'
import { type ReadMessage, compareMessages } from './read-message.ts'

/** A message kept for replay: its place, and its JSON made once for all readers. */
type Entry = { readonly id: string; readonly at: number; readonly dated: boolean; readonly json: string }

/** The messages of one open conversation, in order, as JSON ready to send. A new message costs only itself. */
export type MessageLog = {
  readonly total: () => number
  /** Event id of the newest place that can be resumed from; undefined while there is no message. */
  readonly cursorId: () => string | undefined
  /** A JSON array of every message. */
  readonly allJson: () => string
  /** A JSON array of what a reader at this cursor lacks; `unknown` when the cursor is of no message here. */
  readonly sinceJson: (cursor: Cursor) => { readonly json: string; readonly count: number } | 'unknown'
  /** Takes in messages; returns those that were new, in order, as a JSON array. Stored ones are replaced silently. */
  readonly add: (messages: readonly ReadMessage[]) => { readonly json: string; readonly count: number }
  readonly remove: (messageId: string) => void
}

export function createMessageLog(): MessageLog {
  const byId = new Map<string, Entry>()
  const ordered: Entry[] = []
  let undated = 0
  let newest: Entry | undefined

  function remove(id: string): void {
    const entry = byId.get(id)
    if (entry === undefined) return
    byId.delete(id)
    ordered.splice(ordered.indexOf(entry), 1)
    if (!entry.dated) undated -= 1
  }

  function insert(entry: Entry): void {
    byId.set(entry.id, entry)
    ordered.splice(
      firstIndex(ordered, (other) => compareMessages(other, entry) > 0),
      0,
      entry,
    )
    if (!entry.dated) undated += 1
    // A place once reached is kept even when its message is removed: an earlier one would only repeat more.
    else if (newest === undefined || compareMessages(entry, newest) > 0) newest = entry
  }

  return {
    total: () => byId.size,
    cursorId: () => {
      const place = newest ?? ordered.at(-1)
      return place && formatCursor({ receivedAt: place.at, messageId: place.id })
    },
    allJson: () => toArray(ordered),
    sinceJson: ({ receivedAt, messageId }) => {
      if (!byId.has(messageId)) return 'unknown'
      // Nobody knows when a message without a server time came, so those are always sent again.
      const start = undated > 0 ? 0 : firstIndex(ordered, (entry) => entry.at >= receivedAt)
      const missed = ordered
        .slice(start)
        .filter(({ id, at, dated }) => !dated || at > receivedAt || (at === receivedAt && id !== messageId))
      return { json: toArray(missed), count: missed.length }
    },
    add: (messages) => {
      const batch = new Map(messages.map((message) => [message.id, toEntry(message)]))
      const entries = [...batch.values()].toSorted(compareMessages)
      const fresh = entries.filter(({ id }) => !byId.has(id))
      for (const entry of entries) {
        remove(entry.id)
        insert(entry)
      }
      return { json: toArray(fresh), count: fresh.length }
    },
    remove,
  }
}

const toEntry = ({ id, at, dated, message }: ReadMessage): Entry => ({
  id,
  at,
  dated,
  json: JSON.stringify(message),
})

const toArray = (entries: readonly Entry[]): string => `[${entries.map(({ json }) => json).join(',')}]`

/** First index whose entry satisfies a condition that, once true, stays true. */
function firstIndex(entries: readonly Entry[], isTrue: (entry: Entry) => boolean): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const entry = entries[middle]
    if (entry !== undefined && isTrue(entry)) high = middle
    else low = middle + 1
  }
  return low
}
