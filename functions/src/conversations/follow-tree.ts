import type { DataSnapshot } from 'firebase-admin/database'
import type { Deps } from '../deps.ts'

interface Follower<T> {
  onValue(this: void, value: T): void
  /** The database took the listener away; nothing more will come. */
  onLost(this: void, error: Error): void
}

/**
 * What belongs to a conversation and lies apart from it, at `{path}/{conversation_id}`, because its worker may read all
 * of the conversation. There is little of it and it goes with the conversation, so one listener for a process does for
 * every open room, where one for each would double what the database holds open.
 */
export interface FollowedTree<T> {
  /** Tells what stands, if it is known already, and then of every change. @returns stops following */
  follow(conversationId: string, follower: Follower<T>): () => void
}

/** @param read what is stored for one conversation; of what is gone, `read` is given a snapshot of nothing */
export function followTree<T>(
  { database }: Pick<Deps, 'database'>,
  path: string,
  read: (stored: DataSnapshot | undefined) => T,
): FollowedTree<T> {
  const all = database.ref(path)
  const values = new Map<string, T>()
  const followers = new Map<string, Set<Follower<T>>>()

  const tell = (conversationId: string, value: T) => {
    for (const { onValue } of followers.get(conversationId) ?? []) onValue(value)
  }
  const onStored = (snapshot: DataSnapshot) => {
    const value = read(snapshot)
    values.set(snapshot.key ?? '', value)
    tell(snapshot.key ?? '', value)
  }
  const onGone = ({ key }: DataSnapshot) => {
    if (key !== null && values.delete(key)) tell(key, read(undefined))
  }
  const onCancel = (error: Error) => {
    const left = [...followers.values()].flatMap((each) => [...each])
    stop()
    for (const { onLost } of left) onLost(error)
  }

  function start(): void {
    all.on('child_added', onStored, onCancel)
    all.on('child_changed', onStored)
    all.on('child_removed', onGone)
  }
  function stop(): void {
    followers.clear()
    values.clear()
    all.off('child_added', onStored)
    all.off('child_changed', onStored)
    all.off('child_removed', onGone)
  }

  return {
    follow(conversationId, follower) {
      const isFirst = followers.size === 0
      const own = followers.get(conversationId) ?? new Set()
      followers.set(conversationId, own.add(follower))
      if (isFirst) start()
      const known = values.get(conversationId)
      // The first one hears of what is there from the listener itself, which may have answered from its cache.
      if (known !== undefined && !isFirst) follower.onValue(known)
      return () => {
        own.delete(follower)
        if (own.size > 0 || followers.get(conversationId) !== own) return
        followers.delete(conversationId)
        if (followers.size === 0) stop()
      }
    },
  }
}
