import type { DataSnapshot } from 'firebase-admin/database'
import { parseBoard } from '../conversations/board-record.ts'
import type { Deps } from '../deps.ts'
import type { BoardRecord } from './schema.ts'

/** What a company's board knows of its calls besides the calls themselves. */
export interface BoardNotes {
  /** Settles when all is known; rejects when it cannot be. */
  readonly ready: Promise<void>
  readonly byCall: ReadonlyMap<string, BoardRecord>
  stop(): void
}

interface Listener {
  /** What is known of a call has changed; not told of what was there when it became ready. */
  onChange(this: void, callId: string, before: BoardRecord | undefined, after: BoardRecord | undefined): void
  /** The database took the listener away; nothing more will come. */
  onLost(this: void): void
}

/** Follows `boards/{company_id}` with one listener: what is unread and who is writing, of all calls of a company. */
export function followBoardNotes(
  { database, log }: Pick<Deps, 'database' | 'log'>,
  companyId: string,
  { onChange, onLost }: Listener,
): BoardNotes {
  const all = database.ref(`boards/${companyId}`)
  const byCall = new Map<string, BoardRecord>()
  const ready = Promise.withResolvers<void>()
  // Whoever waits for it hears of the failure; nobody waiting is no error.
  ready.promise.catch(() => undefined)
  let isReady = false

  function set(callId: string, after: BoardRecord | undefined): void {
    const before = byCall.get(callId)
    if (after === undefined) byCall.delete(callId)
    else byCall.set(callId, after)
    if (isReady) onChange(callId, before, after)
  }
  const onStored = (snapshot: DataSnapshot) => set(snapshot.key ?? '', parseBoard(snapshot.val()))
  const onGone = ({ key }: DataSnapshot) => set(key ?? '', undefined)
  const onReady = () => {
    isReady = true
    ready.resolve()
  }
  const onCancel = (error: Error) => {
    log.error({ companyId, err: error }, 'listener on what the board knows of its calls lost')
    ready.reject(error)
    onLost()
  }

  all.on('child_added', onStored, onCancel)
  all.on('child_changed', onStored)
  all.on('child_removed', onGone)
  all.on('value', onReady)

  return {
    ready: ready.promise,
    byCall,
    stop() {
      all.off('child_added', onStored)
      all.off('child_changed', onStored)
      all.off('child_removed', onGone)
      all.off('value', onReady)
    },
  }
}
