import type { Deps } from '../../deps.ts'
import type { DatabaseHealth } from '../../streaming/database-health.ts'
import { type LiveRooms, createLiveRooms } from '../../streaming/live-rooms.ts'
import { type AskForSummary, createAskForSummary } from '../chats/ask.ts'
import { type SummaryWatches, createSummaryWatches } from '../chats/watches.ts'
import { type SummaryRoom, openSummaryRoom } from './room.ts'

/** What all who want summaries of chats share within one process. */
export interface SummaryFeeds {
  ask: AskForSummary
  watches: SummaryWatches
  /** Chats whose summaries are watched, by key. */
  rooms: LiveRooms<string, SummaryRoom>
}

export function createSummaryFeeds(
  deps: Pick<Deps, 'database' | 'firestore' | 'tasks' | 'clock' | 'log'>,
  { health, lingerMs }: { health: Pick<DatabaseHealth, 'onLost'>; lingerMs: number },
): SummaryFeeds {
  const ask = createAskForSummary(deps)
  const watches = createSummaryWatches(deps, lingerMs)
  const rooms = createLiveRooms<string, SummaryRoom>({
    open: (key, onBroken) => openSummaryRoom(deps, { watches, ask }, key, onBroken),
    clock: deps.clock,
    health,
    lingerMs,
  })
  return { ask, watches, rooms }
}
