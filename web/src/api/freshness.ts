import { formatClock, formatElapsed } from '../ui/format-time.ts'
import type { StreamState } from './event-stream.ts'

/** How current a screen is, for the eye (tone), for reading (words) and for hearing (`spoken`, which does not tick). */
export type Freshness = {
  tone: 'live' | 'busy' | 'stale' | 'over'
  words: string
  spoken: string
  /** Whether what is shown may be out of date. */
  isStale: boolean
}

/** When the last whole snapshot came (ms), while snapshots stand in for the stream. */
export type Standin = { snapshotAt: number | null }

/** A snapshot older than this (ms) stands in for nothing any more: the next ones did not come either. */
const STANDIN_FRESH_MS = 15_000

const same = (tone: Freshness['tone'], words: string, isStale: boolean): Freshness => ({
  tone,
  words,
  spoken: words,
  isStale,
})

/** The connection in words (spec 1: display connection status). `now` in ms. */
export function describeFreshness(
  { status, lostSince, heardAt }: StreamState,
  { snapshotAt }: Standin,
  now: number,
): Freshness {
  switch (status) {
    case 'live':
      return same('live', 'Live', false)
    case 'ended':
      return same('over', 'Ended', false)
    case 'denied':
      return same('over', 'No access', true)
    case 'signed-out':
    case 'closed':
      return same('over', 'Signed out', true)
    case 'connecting':
      return same('busy', 'Connecting', true)
    default:
  }
  const isStandinFresh = snapshotAt !== null && now - snapshotAt < STANDIN_FRESH_MS
  if (isStandinFresh && (lostSince === null || snapshotAt > lostSince)) {
    const words = `Not live: showing ${formatClock(snapshotAt)}`
    return { tone: 'stale', words, spoken: 'Not live. Updated every few seconds.', isStale: true }
  }
  if (status === 'offline') {
    const shownAt = Math.max(heardAt ?? 0, snapshotAt ?? 0)
    const words = shownAt === 0 ? 'Offline' : `Offline: showing ${formatClock(shownAt)}`
    return { tone: 'stale', words, spoken: 'Offline', isStale: true }
  }
  const verb = heardAt === null ? 'Cannot connect' : 'Reconnecting'
  const words = `${verb}, ${formatElapsed(now - (lostSince ?? now))}`
  return { tone: 'busy', words, spoken: verb, isStale: true }
}

/** The moment up to which the screen is known to be true, ms; clocks on it stand still there. */
export function knownUntil({ status, heardAt }: StreamState, { snapshotAt }: Standin, now: number): number {
  if (status === 'live') return now
  return Math.max(heardAt ?? 0, snapshotAt ?? 0) || now
}
