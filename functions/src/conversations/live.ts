import type { Deps } from '../deps.ts'
import { type DatabaseHealth, watchDatabase } from '../streaming/database-health.ts'
import { type LiveRooms, createLiveRooms } from '../streaming/live-rooms.ts'
import { type Presence, createPresence } from '../streaming/presence.ts'
import {
  STREAM_OPTIONS,
  type StreamOptions,
  type StreamServer,
  createStreamServer,
} from '../streaming/stream-server.ts'
import { type CallFeeds, createCallFeeds } from './call-feed.ts'
import { type Directory, createDirectory } from './directory.ts'
import { noteHolder } from './note-holder.ts'
import { type Replies, createReplies } from './replies.ts'
import { readLiveSummary } from '../summaries/read-live-summary.ts'
import { followTree } from './follow-tree.ts'
import { readSeen } from './signals.ts'
import { type Room, openRoom } from './room.ts'

/** What all live views of one process share, and what is done in them. */
export interface Live {
  streams: StreamServer
  directory: Directory
  feeds: CallFeeds
  /** Open conversations by id. */
  rooms: LiveRooms<string, Room>
  health: DatabaseHealth
  replies: Replies
  /** Who is there, noted on the calls that they hold. */
  presence: Presence
  lingerMs: number
}

export interface LiveOptions extends StreamOptions {
  /** How long the database may be away before readers are told that nothing is live, ms. */
  databaseLostMs: number
  /** How long a listener nobody needs any more is kept for the next reader, ms. */
  lingerMs: number
}

const LIVE_OPTIONS: LiveOptions = { ...STREAM_OPTIONS, databaseLostMs: 15_000, lingerMs: 5_000 }

export function createLive(deps: Deps, options: Partial<LiveOptions> = {}): Live {
  const settled = { ...LIVE_OPTIONS, ...options }
  const directory = createDirectory(deps)
  const feeds = createCallFeeds(deps, settled.lingerMs)
  const teamSeen = followTree(deps, 'team_seen', (stored) => (stored ? readSeen(stored) : new Map()))
  const summaries = followTree(deps, 'live_summaries', (stored) =>
    readLiveSummary(stored?.key ?? '', stored?.val()),
  )
  const health = watchDatabase(deps, settled.databaseLostMs)
  const { database, writes, guarded, firestore, clock, log } = deps
  const { transactions, config, audit } = deps
  const presence = createPresence({
    clock,
    everyMs: config.holderSeenSeconds * 1_000,
    note: (uid) => {
      noteHolder({ writes, transactions, clock, config }, uid).catch((error: unknown) => {
        log.warn({ uid, err: error }, 'presence could not be noted')
      })
    },
  })
  return {
    presence,
    streams: createStreamServer(deps, settled),
    directory,
    feeds,
    health,
    replies: createReplies({ writes, guarded, firestore, clock, log, audit, directory }),
    lingerMs: settled.lingerMs,
    rooms: createLiveRooms({
      open: (conversationId: string, onBroken) =>
        openRoom({ database, clock, log, feeds, teamSeen, summaries, directory }, conversationId, onBroken),
      clock,
      health,
      lingerMs: settled.lingerMs,
    }),
  }
}
