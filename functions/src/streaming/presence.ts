import type { Clock } from '../platform/clock.ts'
import { whenAborted } from './live-rooms.ts'

/** Who is there: whoever has something open with this process, or has just asked it for something. */
export interface Presence {
  /** They are there until `signal` aborts. */
  hold(uid: string, signal: AbortSignal): void
  /** They were there just now. */
  touch(uid: string): void
}

export interface PresenceOptions {
  clock: Pick<Clock, 'now' | 'every'>
  /** Each user is noted at most so often, ms. */
  everyMs: number
  /** Makes the note; returns at once. */
  note: (uid: string) => void
}

/** Notes who is there, seldom enough to be cheap. One timer for everybody, and none while nobody holds anything. */
export function createPresence({ clock, everyMs, note }: PresenceOptions): Presence {
  const holding = new Map<string, number>()
  const noted = new Map<string, number>()
  let stopTicking: (() => void) | undefined

  function touch(uid: string): void {
    const now = clock.now()
    if (now - (noted.get(uid) ?? -Infinity) < everyMs) return
    // In order of time, so that the old ones are found at the front.
    noted.delete(uid)
    noted.set(uid, now)
    for (const [old, at] of noted) {
      if (now - at < everyMs) break
      noted.delete(old)
    }
    note(uid)
  }

  function letGo(uid: string): void {
    const left = (holding.get(uid) ?? 0) - 1
    if (left > 0) holding.set(uid, left)
    else holding.delete(uid)
    if (holding.size > 0) return
    stopTicking?.()
    stopTicking = undefined
  }

  return {
    touch,
    hold(uid, signal) {
      if (signal.aborted) return
      holding.set(uid, (holding.get(uid) ?? 0) + 1)
      whenAborted(signal, () => letGo(uid))
      stopTicking ??= clock.every(everyMs, () => {
        for (const each of holding.keys()) touch(each)
      })
      touch(uid)
    },
  }
}
