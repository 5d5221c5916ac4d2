import type { Logger } from 'pino'
import type { Clock } from '../platform/clock.ts'
import { AppError } from '../platform/errors.ts'
import { refuseStanding } from './account-standing.ts'
import type { Accounts } from './accounts.ts'
import type { Actor } from './actor.ts'
import type { Blacklist } from './blacklist.ts'

/** Tells what is still open that a token was revoked, or its user disabled, after it was verified. */
export interface Revocations {
  /**
   * Follows `actor` until `until` aborts (pass the request's own signal, so that nothing is followed for ever).
   * The signal returned aborts within a second of a log-out, and within half a minute of the user being
   * disabled; its `reason` is an `AppError` `unauthenticated` that may be shown. Expiry is not its business:
   * that is `actor.expiresAt`.
   */
  watch(actor: Actor, until: AbortSignal): AbortSignal
}

/** How often the users behind what is open are looked at again. */
const RECHECK_MS = 15_000
/** After a listener has failed for good; until then the SDK tries again by itself. */
const LISTEN_AGAIN_MS = 5_000

interface Watcher {
  actor: Actor
  end: AbortController
}

export interface RevocationsDeps {
  blacklist: Pick<Blacklist, 'listen'>
  accounts: Pick<Accounts, 'refresh'>
  clock: Clock
  log: Logger
}

/** One listener on the blacklist and one timer per process, from the first watcher on until `close`. */
export function createRevocations(deps: RevocationsDeps): Revocations & { close(): void } {
  const { blacklist, accounts, clock, log } = deps
  const watchers = new Set<Watcher>()
  /** Revoked ids and when they end: a token may be revoked between its verification and `watch`. */
  const revoked = new Map<string, number>()
  let stop: (() => void) | undefined

  const isRevoked = ({ tokenId, sessionId }: Actor) =>
    revoked.has(tokenId) || (sessionId !== null && revoked.has(sessionId))

  function end(watcher: Watcher, message: string): void {
    watchers.delete(watcher)
    watcher.end.abort(new AppError('unauthenticated', message))
  }

  function onRevoked(id: string, expiresAt: number): void {
    revoked.set(id, expiresAt)
    for (const watcher of watchers) {
      const { tokenId, sessionId } = watcher.actor
      if (tokenId === id || sessionId === id) end(watcher, 'The token has been revoked')
    }
  }

  async function recheck(): Promise<void> {
    const now = clock.now()
    for (const [id, expiresAt] of revoked) if (expiresAt <= now) revoked.delete(id)
    const asked = [...watchers]
    const uids = new Set(asked.map(({ actor }) => actor.uid))
    if (uids.size === 0) return
    const found = new Map((await accounts.refresh([...uids])).map((account) => [account.uid, account]))
    for (const watcher of asked) {
      const refusal = refuseStanding(found.get(watcher.actor.uid) ?? null, watcher.actor)
      if (refusal !== null) end(watcher, refusal)
    }
  }

  function start(): () => void {
    let stopListening = () => {}
    let cancelRetry = () => {}
    let isChecking = false
    const listen = () => {
      stopListening = blacklist.listen(clock.now(), onRevoked, (err) => {
        log.error({ err }, 'the blacklist cannot be followed')
        cancelRetry = clock.after(LISTEN_AGAIN_MS, listen)
      })
    }
    listen()
    const stopChecking = clock.every(RECHECK_MS, () => {
      if (isChecking) return
      isChecking = true
      recheck()
        .catch((err: unknown) => log.warn({ err }, 'users of open streams cannot be checked'))
        .finally(() => (isChecking = false))
    })
    return () => {
      stopListening()
      cancelRetry()
      stopChecking()
    }
  }

  return {
    watch(actor, until) {
      const watcher: Watcher = { actor, end: new AbortController() }
      if (until.aborted) return watcher.end.signal
      stop ??= start()
      watchers.add(watcher)
      until.addEventListener('abort', () => watchers.delete(watcher), { once: true })
      if (isRevoked(actor)) end(watcher, 'The token has been revoked')
      return watcher.end.signal
    },
    close() {
      stop?.()
      stop = undefined
      watchers.clear()
    },
  }
}
