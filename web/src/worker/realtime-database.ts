import {
  child,
  equalTo,
  get,
  onValue,
  orderByChild,
  query,
  ref,
  serverTimestamp,
  set,
  update,
  type Database,
} from 'firebase/database'
import type { CallDatabase } from './call-line-state.ts'
import { pathOf, updateOf } from './call-writes.ts'

/** The worker's part of the Realtime Database, through the SDK and under the security rules (DESIGN 2). */
export function realtimeDatabase(database: Database): CallDatabase {
  return {
    send: (write) => update(ref(database), updateOf(write, serverTimestamp())),
    isStored: async (write) => {
      try {
        return (await get(ref(database, pathOf(write)))).exists()
      } catch (error) {
        // The rules let a worker read only what exists and is their own.
        if (isRefusal(error)) return false
        throw error
      }
    },
    isRefusal,
    watchConnected: (listener) =>
      onValue(ref(database, '.info/connected'), (snapshot) => listener(snapshot.val() === true)),
    watchCalls: (uid, listener) =>
      onValue(query(ref(database, 'active_calls'), orderByChild('worker_id'), equalTo(uid)), (snapshot) =>
        listener(snapshot.val()),
      ),
    watchMessages: (conversationId, listener, onRefused) =>
      onValue(
        query(ref(database, `active_conversations/${conversationId}/messages`), orderByChild('received_at')),
        (snapshot) => listener(snapshot.val()),
        onRefused,
      ),
    watchSignals: (conversationId, { seen, typing, check }) => {
      const conversation = ref(database, `active_conversations/${conversationId}`)
      const stops = [
        onValue(child(conversation, 'seen'), (snapshot) => seen(snapshot.val()), ignore),
        onValue(child(conversation, 'typing'), (snapshot) => typing(snapshot.val()), ignore),
        onValue(child(conversation, 'check'), (snapshot) => check(snapshot.val()), ignore),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
    tellSeen: (conversationId, uid, { id, at }) =>
      set(ref(database, `active_conversations/${conversationId}/seen/${uid}`), {
        message_id: id,
        received_at: at,
        seen_at: serverTimestamp(),
      }),
    // One write: readers of the conversation and the board hear of it together.
    tellTyping: ({ conversationId, callId, companyId }, uid, isTyping) => {
      const said = isTyping ? serverTimestamp() : null
      return update(ref(database), {
        [`active_conversations/${conversationId}/typing/${uid}`]: said,
        [`boards/${companyId}/${callId}/typing`]: said,
      })
    },
    tellContact: (conversationId, uid) =>
      set(ref(database, `active_conversations/${conversationId}/presence/${uid}`), {
        last_seen: serverTimestamp(),
      }),
  }
}

/** The listener of the messages tells when a conversation can no longer be read. */
const ignore = (): void => undefined

function isRefusal(error: unknown): boolean {
  // The SDK spells it `PERMISSION_DENIED` on writes and in words on reads.
  return (
    error instanceof Error &&
    /permission.denied/i.test(`${'code' in error ? String(error.code) : ''} ${error.message}`)
  )
}
