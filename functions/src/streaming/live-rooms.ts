import type { Clock } from '../platform/clock.ts'
import type { DatabaseHealth } from './database-health.ts'
import { createShared } from './shared.ts'

/** Something that many readers follow together, such as a conversation or a board of calls. */
export interface LiveRoom {
  /** Settles when readers may enter; rejects when the room cannot be opened. */
  readonly ready: Promise<void>
  /** Judges every reader anew, for people change companies and managers. */
  recheck(): void
  /** Ends every reader's stream because it can no longer be kept up to date. */
  lose(): void
  close(): void
}

export interface LiveRooms<K, R> {
  /** Holds the room until `signal` aborts; the first to come opens it. Rejects when it cannot be opened. */
  join(key: K, signal: AbortSignal): Promise<R>
  /** Rooms now open. */
  size(): number
}

/** How often readers are judged anew, ms. */
const RECHECK_MS = 30_000

/** @param options.open makes a room; it calls `onBroken` once its readers were told that it can no longer be used */
export function createLiveRooms<K, R extends LiveRoom>(options: {
  open: (key: K, onBroken: () => void) => R
  clock: Clock
  health: Pick<DatabaseHealth, 'onLost'>
  /** How long a room nobody reads any more is kept open for the next reader, ms. */
  lingerMs: number
}): LiveRooms<K, R> {
  const { clock, health } = options
  const open = new Set<R>()
  let stopRechecks: (() => void) | undefined

  const rooms = createShared<K, R>({
    open: (key) => {
      let opened: R | undefined
      const room = options.open(key, () => opened && rooms.discard(key, opened))
      opened = room
      open.add(room)
      stopRechecks ??= clock.every(RECHECK_MS, () => open.forEach((each) => each.recheck()))
      return room
    },
    close: (room) => {
      room.close()
      open.delete(room)
      if (open.size > 0) return
      stopRechecks?.()
      stopRechecks = undefined
    },
    lingerMs: options.lingerMs,
    clock,
  })
  health.onLost(() => open.forEach((room) => room.lose()))

  return {
    size: () => rooms.size(),
    async join(key, signal) {
      const held = rooms.acquire(key)
      whenAborted(signal, () => held.release())
      try {
        await held.value.ready
      } catch (error) {
        // It would refuse the next reader for the same reason for as long as it lingers.
        rooms.discard(key, held.value)
        throw error
      }
      return held.value
    },
  }
}

/** Also when it is too late to be told. */
export function whenAborted(signal: AbortSignal, run: () => void): void {
  if (signal.aborted) run()
  else signal.addEventListener('abort', run, { once: true })
}
