import type { DataSnapshot } from 'firebase-admin/database'
import type { Deps } from '../deps.ts'
import type { SeenRecord } from './schema.ts'
import { readSeen } from './signals.ts'

type Marks = ReadonlyMap<string, SeenRecord>

interface Follower {
  onSeen(this: void, marks: Marks): void
  /** The database took the listener away; nothing more will come. */
  onLost(this: void, error: Error): void
}

/**
 * What admins who only watch have seen: `team_seen/{conversation_id}`, which lies apart from the conversations because
 * their workers may read all of those. Marks are few and go with their conversation, so one listener for a process
 * does for every open room, where one for each would double what the database holds open.
 */
export interface TeamSeen {
  /** Tells what stands, if it is known already, and then of every change. @returns stops following */
  follow(conversationId: string, follower: Follower): () => void
}

export function createTeamSeen({ database }: Pick<Deps, 'database'>): TeamSeen {
  const all = database.ref('team_seen')
  const marks = new Map<string, Marks>()
  const followers = new Map<string, Set<Follower>>()

  const tell = (conversationId: string, now: Marks) => {
    for (const { onSeen } of followers.get(conversationId) ?? []) onSeen(now)
  }
  const onMarks = (snapshot: DataSnapshot) => {
    const now = readSeen(snapshot)
    marks.set(snapshot.key ?? '', now)
    tell(snapshot.key ?? '', now)
  }
  const onGone = ({ key }: DataSnapshot) => {
    if (key !== null && marks.delete(key)) tell(key, new Map())
  }
  const onCancel = (error: Error) => {
    const left = [...followers.values()].flatMap((each) => [...each])
    stop()
    for (const { onLost } of left) onLost(error)
  }

  function start(): void {
    all.on('child_added', onMarks, onCancel)
    all.on('child_changed', onMarks)
    all.on('child_removed', onGone)
  }
  function stop(): void {
    followers.clear()
    marks.clear()
    all.off('child_added', onMarks)
    all.off('child_changed', onMarks)
    all.off('child_removed', onGone)
  }

  return {
    follow(conversationId, follower) {
      const isFirst = followers.size === 0
      const own = followers.get(conversationId) ?? new Set()
      followers.set(conversationId, own.add(follower))
      if (isFirst) start()
      const known = marks.get(conversationId)
      // The first one hears of what is there from the listener itself, which may have answered from its cache.
      if (known !== undefined && !isFirst) follower.onSeen(known)
      return () => {
        own.delete(follower)
        if (own.size > 0 || followers.get(conversationId) !== own) return
        followers.delete(conversationId)
        if (followers.size === 0) stop()
      }
    },
  }
}
