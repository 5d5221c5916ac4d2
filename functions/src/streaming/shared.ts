import type { Clock } from '../platform/clock.ts'

/** One holder's part in something shared. */
export interface Held<T> {
  readonly value: T
  /** Gives the part back, once. */
  release(): void
}

export interface Shared<K, T> {
  /** Opens the thing for its first holder and shares it with the others. */
  acquire(key: K): Held<T>
  /** Closes a broken thing at once; the next holder opens another. Does nothing when `value` is no longer the one in use. */
  discard(key: K, value: T): void
  size(): number
}

export interface SharedOptions<K, T> {
  open: (key: K) => T
  close: (value: T) => void
  /** How long a thing without holders is kept for the next one, ms. */
  lingerMs: number
  clock: Pick<Clock, 'after'>
}

type Slot<T> = { readonly value: T; holders: number; cancelClose: (() => void) | undefined }

/** Reference-counted things, one for each key, closed a little after their last holder has left. */
export function createShared<K, T>({ open, close, lingerMs, clock }: SharedOptions<K, T>): Shared<K, T> {
  const slots = new Map<K, Slot<T>>()

  function drop(key: K, slot: Slot<T>): void {
    slot.cancelClose?.()
    if (slots.get(key) !== slot) return
    slots.delete(key)
    close(slot.value)
  }

  return {
    acquire(key) {
      const slot = slots.get(key) ?? { value: open(key), holders: 0, cancelClose: undefined }
      slots.set(key, slot)
      slot.holders += 1
      slot.cancelClose?.()
      slot.cancelClose = undefined
      let released = false
      return {
        value: slot.value,
        release() {
          if (released) return
          released = true
          slot.holders -= 1
          if (slot.holders === 0) slot.cancelClose = clock.after(lingerMs, () => drop(key, slot))
        },
      }
    },
    discard(key, value) {
      const slot = slots.get(key)
      if (slot?.value === value) drop(key, slot)
    },
    size: () => slots.size,
  }
}
