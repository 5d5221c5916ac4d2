import type { DataSnapshot } from 'firebase-admin/database'
import type { CallRecord } from '../calls/schema.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { type Shared, createShared } from '../streaming/shared.ts'
import { callsOf, parseCall } from './store.ts'

/** A call as it is now; null once it is gone or no longer readable. */
export type CallListener = (callId: string, call: CallRecord | null) => void

/** The calls of one company, followed with one listener on the wire however many look. */
export interface CallFeed {
  /** Settles when the calls are known; rejects when they cannot be. */
  readonly ready: Promise<void>
  readonly calls: ReadonlyMap<string, CallRecord>
  /** Tells of every change, or of one call's only; returns how to stop. */
  subscribe(listener: CallListener, callId?: string): () => void
  /** Tells when the database took the listener away. */
  onLost(listener: () => void): () => void
}

/** Keyed by the call record's `company_id`; null holds older records that have none. */
export type CallFeeds = Shared<string | null, CallFeed>

type FeedDeps = Pick<Deps, 'database' | 'clock' | 'log'>

export function createCallFeeds(deps: FeedDeps, lingerMs: number): CallFeeds {
  const feeds: Shared<string | null, CallFeed & { stop(): void }> = createShared({
    open: (companyId) => {
      const feed = followCalls(deps, companyId)
      feed.onLost(() => feeds.discard(companyId, feed))
      return feed
    },
    close: (feed) => feed.stop(),
    lingerMs,
    clock: deps.clock,
  })
  return feeds
}

function followCalls({ database, log }: FeedDeps, companyId: string | null): CallFeed & { stop(): void } {
  const query = callsOf(database, companyId)
  const calls = new Map<string, CallRecord>()
  const listeners = new Set<CallListener>()
  const byCall = new Map<string, Set<CallListener>>()
  const lost = new Set<() => void>()
  const ready = Promise.withResolvers<void>()
  // Whoever waits for it hears of the failure; nobody waiting is no error.
  ready.promise.catch(() => undefined)

  const tell = (callId: string, call: CallRecord | null) => {
    for (const listener of [...listeners, ...(byCall.get(callId) ?? [])]) listener(callId, call)
  }
  const onCall = (snapshot: DataSnapshot) => {
    const callId = snapshot.key ?? ''
    const call = Id.safeParse(callId).success ? parseCall(snapshot.val()) : undefined
    if (call !== undefined) {
      calls.set(callId, call)
      return tell(callId, call)
    }
    log.warn({ callId: callId.slice(0, 128), companyId }, 'malformed call left out')
    onGone(snapshot)
  }
  const onGone = ({ key }: DataSnapshot) => {
    if (key !== null && calls.delete(key)) tell(key, null)
  }
  const onReady = () => ready.resolve()
  const onCancel = (error: Error) => {
    log.error({ companyId, err: error }, 'listener on calls lost')
    ready.reject(error)
    for (const listener of lost) listener()
  }

  query.on('child_added', onCall, onCancel)
  query.on('child_changed', onCall)
  query.on('child_removed', onGone)
  query.on('value', onReady)

  return {
    ready: ready.promise,
    calls,
    subscribe(listener, callId) {
      const target = callId === undefined ? listeners : (byCall.get(callId) ?? new Set())
      if (callId !== undefined) byCall.set(callId, target)
      target.add(listener)
      return () => {
        target.delete(listener)
        if (callId !== undefined && target.size === 0) byCall.delete(callId)
      }
    },
    onLost(listener) {
      lost.add(listener)
      return () => void lost.delete(listener)
    },
    stop() {
      query.off('child_added', onCall)
      query.off('child_changed', onCall)
      query.off('child_removed', onGone)
      query.off('value', onReady)
    },
  }
}
