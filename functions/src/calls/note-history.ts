import { AdminRole, type Role } from '../auth/schema.ts'
import type { StoredMessage } from '../conversations/archived-message.ts'
import { documentName } from '../conversations/archived-message.ts'
import { type KeyedEvent, readEvents } from '../conversations/call-events.ts'
import { noteEvents } from '../conversations/note-events.ts'
import { noteSent } from '../conversations/note-sent.ts'
import { readMessage } from '../conversations/read-message.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import type { CallRecord } from './schema.ts'

type HistoryDeps = Pick<Deps, 'firestore' | 'audit' | 'clock'>

export interface History {
  callId: string
  call: CallRecord
  events: readonly KeyedEvent[]
  /** Those of admins are noted. */
  messages?: readonly StoredMessage[]
}

/** The events in a call as it is stored that were not there before. */
export function newEvents(before: unknown, after: unknown): KeyedEvent[] {
  const known = new Set(readEvents(before).map(([key]) => key))
  return readEvents(after).filter(([key]) => !known.has(key))
}

/** The end that a worker has written straight into the database, which stands in no history. */
export function directEnd(
  {
    status,
    worker_id,
    ended_by,
    ended_at,
  }: Pick<CallRecord, 'status' | 'worker_id' | 'ended_by' | 'ended_at'>,
  stored: unknown,
): KeyedEvent[] {
  if (status !== 'ENDED' || ended_by !== worker_id || ended_at === undefined) return []
  if (readEvents(stored).some(([, { kind }]) => kind === 'ended')) return []
  return [['ended-by-worker', { kind: 'ended', by: worker_id, at: ended_at }]]
}

/**
 * Notes what was done to a call and said in it, should a process have ended between doing it and noting it: what is in the
 * log already stays as it is.
 *
 * @throws when Firestore does not answer, and another attempt could help.
 */
export async function noteHistory(deps: HistoryDeps, history: History): Promise<void> {
  const { firestore, audit, clock } = deps
  const { callId, call, events, messages = [] } = history
  const sent = messages.flatMap(([id, stored]) => {
    const message = readMessage(id, stored, clock.now())?.message
    return message?.role === 'admin' ? [message] : []
  })
  if (events.length === 0 && sent.length === 0) return
  const worker = await firestore.doc(`workers/${documentName(call.worker_id)}`).get()
  const companyId = Id.safeParse(worker.get('company_id'))
  // A call of nobody's company has no managers who could read its log.
  if (!companyId.success) return
  const uids = [...events.map(([, { by }]) => by), ...sent.map(({ sender_id }) => sender_id)]
  const roles = await rolesOf(firestore, uids)
  const roleOf = (uid: string): Role => (uid === call.worker_id ? 'worker' : (roles.get(uid) ?? 'agent'))
  noteEvents(audit, { callId, call, companyId: companyId.data, roleOf }, events)
  for (const message of sent) {
    const uid = message.sender_id
    if (uid === null) continue
    const sender = { uid, role: roleOf(uid), company_id: companyId.data }
    noteSent({ audit }, sender, { conversationId: call.conversation_id, callId, message })
  }
  await audit.flush()
}

async function rolesOf(
  firestore: Deps['firestore'],
  uids: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, AdminRole>> {
  const ids = [...new Set(uids)].filter((uid) => typeof uid === 'string')
  if (ids.length === 0) return new Map()
  const admins = await firestore.getAll(...ids.map((id) => firestore.doc(`admins/${documentName(id)}`)))
  return new Map(
    admins.flatMap((admin, at) => {
      const role = AdminRole.safeParse(admin.get('role'))
      return role.success ? [[ids[at] ?? '', role.data] as const] : []
    }),
  )
}
