import type { OutboxStorage } from './outbox.ts'

/** A `localStorage` in memory; `room` is how many characters fit. */
export function memoryStorage({ room = Infinity } = {}): OutboxStorage {
  const values = new Map<string, string>()
  return {
    get length() {
      return values.size
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError')
      values.set(key, value)
    },
    removeItem: (key) => void values.delete(key),
  }
}
