import type { DataSnapshot } from 'firebase-admin/database'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { type ReadMessage, readMessage } from './read-message.ts'
import { type Signals, readSignals } from './signals.ts'
import { warnOfMalformed } from './store.ts'

/** What changed at once; the first one is the whole conversation. */
export interface ConversationChange {
  readonly exists: boolean
  readonly callId: string | null
  readonly messages: readonly ReadMessage[]
  readonly removed: readonly string[]
  /** Not what changed of them, but how they stand. */
  readonly signals: Signals
}

/**
 * Follows `active_conversations/{id}` with one listener on the wire. Each new message is read by itself, however
 * many there are already, also after the SDK has connected again.
 *
 * The database must not be one that this process writes messages through: the SDK would show them here before
 * the server has accepted them, under a time of its own guess, and readers would resume from that.
 *
 * @param onLost the database took the listener away; nothing more will come
 * @returns stops following
 */
export function followConversation(
  { database, clock, log }: Pick<Deps, 'database' | 'clock' | 'log'>,
  conversationId: string,
  onChange: (change: ConversationChange) => void,
  onLost: (error: Error) => void,
): () => void {
  const root = database.ref(`active_conversations/${conversationId}`)
  const messages = root.child('messages')
  let latest: DataSnapshot | undefined
  let attached = false
  let read: ReadMessage[] = []
  let removed: string[] = []
  let malformed: string[] = []

  function flush(): void {
    if (latest === undefined) return
    const callId = Id.safeParse(latest.child('call_id').val())
    const change = {
      exists: latest.exists(),
      callId: callId.data ?? null,
      messages: read,
      removed,
      signals: readSignals(latest),
    }
    warnOfMalformed({ log }, conversationId, malformed)
    read = []
    removed = []
    malformed = []
    onChange(change)
  }
  const onMessage = (snapshot: DataSnapshot) => {
    const key = snapshot.key ?? ''
    const message = readMessage(key, snapshot.val(), clock.now())
    if (message !== undefined) {
      read.push(message)
      return
    }
    malformed.push(key)
    removed.push(key)
  }
  const onRemoved = (snapshot: DataSnapshot) => void removed.push(snapshot.key ?? '')
  // The SDK tells of the children before it tells of their parent, so the parent's event ends the batch.
  const onRoot = (snapshot: DataSnapshot) => {
    latest = snapshot
    if (attached) flush()
  }

  // The parent first: the SDK then serves the children from the parent's listener and sends no other.
  root.on('value', onRoot, onLost)
  messages.on('child_added', onMessage)
  messages.on('child_changed', onMessage)
  messages.on('child_removed', onRemoved)
  attached = true
  flush()

  return () => {
    messages.off('child_added', onMessage)
    messages.off('child_changed', onMessage)
    messages.off('child_removed', onRemoved)
    root.off('value', onRoot)
  }
}
