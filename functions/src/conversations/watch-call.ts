import type { CallRecord } from '../calls/schema.ts'
import type { Deps } from '../deps.ts'
import { withTimeout } from '../streaming/with-timeout.ts'
import type { CallFeeds } from './call-feed.ts'
import { readCall } from './store.ts'

export interface CallWatch {
  /** The call as it was found; null when there is none. Rejects when it cannot be read. */
  readonly ready: Promise<CallRecord | null>
  stop(): void
}

export interface CallWatcher {
  /** The call as it is now; null once it is gone. */
  changed(call: CallRecord | null): void
  /** Its changes can no longer be followed, or not be read. */
  lost(): void
}

const FEED_TIMEOUT_MS = 10_000
/** A call can change its company while we look for it, but hardly this often. */
const ATTEMPTS = 5

/**
 * Follows one call through the shared listener of its company, so that it costs none of its own. A call that
 * leaves its company's listener is looked up again: it may be gone, or belong to another company now.
 */
export function watchCall(
  deps: Pick<Deps, 'database' | 'clock' | 'log'>,
  feeds: CallFeeds,
  callId: string,
  watcher: CallWatcher,
): CallWatch {
  let stopped = false
  let detach: () => void = () => undefined

  async function attach(): Promise<CallRecord | null> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (stopped) return null
      const call = await readCall(deps, callId)
      if (call === undefined) return null
      // It goes on, for all we know: whoever cannot be shown it must not be told that it is over.
      if (call === 'malformed') throw new Error('the call cannot be read')
      const found = await attachTo(call.company_id ?? null)
      if (found !== undefined) return found
    }
    throw new Error('the call cannot be followed')
  }

  /** Undefined when the call is not, or no longer, among this company's. */
  async function attachTo(companyId: string | null): Promise<CallRecord | undefined> {
    const held = feeds.acquire(companyId)
    try {
      await withTimeout(held.value.ready, FEED_TIMEOUT_MS, deps.clock)
    } catch (error) {
      held.release()
      throw error
    }
    const call = held.value.calls.get(callId)
    if (call === undefined || stopped) {
      held.release()
      return call
    }
    const unsubscribe = held.value.subscribe((_, next) => {
      if (next === null) void follow()
      else watcher.changed(next)
    }, callId)
    const offLost = held.value.onLost(() => watcher.lost())
    detach = () => {
      detach = () => undefined
      unsubscribe()
      offLost()
      held.release()
    }
    return call
  }

  async function follow(): Promise<void> {
    detach()
    try {
      const call = await attach()
      if (!stopped) watcher.changed(call)
    } catch (error) {
      deps.log.error({ callId, err: error }, 'call cannot be followed')
      if (!stopped) watcher.lost()
    }
  }

  return {
    ready: attach(),
    stop() {
      stopped = true
      detach()
    },
  }
}
