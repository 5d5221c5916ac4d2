import type { Deps } from '../deps.ts'
import { type LiveRooms, createLiveRooms } from '../streaming/live-rooms.ts'
import { type SessionRoom, openSessionRoom } from './room.ts'

/** The sessions that are watched in this process, by id. */
export type SessionRooms = LiveRooms<string, SessionRoom>

/** How long a session that nobody watches any more is followed for the next one, ms. */
const LINGER_MS = 5_000

export function createSessionRooms({
  firestore,
  clock,
  log,
}: Pick<Deps, 'firestore' | 'clock' | 'log'>): SessionRooms {
  return createLiveRooms<string, SessionRoom>({
    open: (sessionId, onBroken) => openSessionRoom({ firestore, clock, log }, sessionId, onBroken),
    clock,
    // Firestore's listeners come back by themselves, and say so when they cannot.
    health: { onLost: () => () => undefined },
    lingerMs: LINGER_MS,
  })
}
