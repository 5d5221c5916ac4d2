import type { DocumentReference, Transaction } from 'firebase-admin/firestore'
import { conversationDocument } from '../conversations/archive.ts'
import { documentName } from '../conversations/archived-message.ts'
import { parseCall, readCall } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import type { CallRecord } from './schema.ts'

/** One write to `active_calls/{call_id}` as the database reported it; null: there was, or is, nothing. */
export interface CallWrite {
  callId: string
  before: unknown
  after: unknown
  /** When it was written, ms since 1970. */
  at: number
}

/** What is kept of a call in Firestore `conversations/{conversation_id}`. Times are ms since 1970. */
export interface ConversationIndex {
  conversation_id: string
  call_type: 'emergency'
  /** Who holds it, by the name under which conversations of every type are listed (spec 3). */
  agent_id: string | null
  call_id: string
  worker_id: string
  /** By the worker's own record and not by the call's; null when nobody knows the worker. */
  company_id: string | null
  mobile_no: string
  admin_id: string | null
  takeover: number
  urgency: CallRecord['urgency']
  status: CallRecord['status']
  medium: string
  timestamp: string
  started_at: number | null
  last_message_at: number | null
  ended_at: number | null
  ended_by: string | null
  end_reason: string | null
}

/**
 * Keeps the durable index of conversations in step with the calls (DESIGN 2). Writes are reported at least once
 * and in no sure order, so the report only says that something happened: what is written is the call as it is
 * now, read within the transaction. Of two at once the later to commit has read the later state.
 *
 * @returns what was done; malformed calls are logged and not tried again.
 * @throws when Firestore or the database does not answer, and another attempt could help.
 */
export async function indexConversation(
  deps: Pick<Deps, 'database' | 'firestore' | 'clock' | 'log'>,
  write: CallWrite,
): Promise<'indexed' | 'unchanged' | 'malformed'> {
  const before = parseCall(write.before)
  const after = parseCall(write.after)
  if (!Id.safeParse(write.callId).success || (after ?? before) === undefined) {
    deps.log.warn({ callId: write.callId.slice(0, 128) }, 'malformed call left out of the index')
    return 'malformed'
  }
  // Every message touches the call; only what the index shows is worth a transaction.
  if (before && after && isSameButForMessages(before, after)) return 'unchanged'
  const conversationId = (after ?? before)?.conversation_id ?? ''
  const document = conversationDocument(deps.firestore, conversationId)
  return deps.firestore.runTransaction((transaction) => {
    const endedNow = before?.status !== 'ENDED' && after?.status !== 'ACTIVE'
    return writeIndex(deps, transaction, document, { ...write, endedNow, last: after ?? before })
  })
}

async function writeIndex(
  deps: Pick<Deps, 'database' | 'firestore' | 'clock' | 'log'>,
  transaction: Transaction,
  document: DocumentReference,
  { callId, at, endedNow, last }: CallWrite & { endedNow: boolean; last: CallRecord | undefined },
): Promise<'indexed' | 'unchanged' | 'malformed'> {
  // The order matters: the document first, so that whoever commits in between makes this attempt start again.
  const stored = (await transaction.get(document)).data()
  // The archive has the call as it ended, and the database has it no more; what is heard now is older.
  if (stored?.archive !== undefined) return 'unchanged'
  const current = await readCall(deps, callId)
  if (current === 'malformed') return 'malformed'
  const call = current ?? (last && { ...last, status: 'ENDED' as const })
  if (call === undefined) return 'malformed'
  const worker = (await transaction.get(deps.firestore.doc(`workers/${documentName(call.worker_id)}`))).data()
  const companyId = Id.safeParse(worker?.company_id)
  const endedBefore = typeof stored?.ended_at === 'number' ? stored.ended_at : undefined
  const endedAt = call.status === 'ACTIVE' ? null : (call.ended_at ?? (endedNow ? at : (endedBefore ?? at)))
  const index = indexOf(callId, call, { companyId: companyId.data ?? null, endedAt })
  // Merged, for others keep fields of their own in this document.
  transaction.set(document, index, { merge: true })
  return 'indexed'
}

/** @param known the company of the call's worker, and when the call ended (ms since 1970) */
export function indexOf(
  callId: string,
  call: CallRecord,
  known: { companyId: string | null; endedAt: number | null },
): ConversationIndex {
  return {
    conversation_id: call.conversation_id,
    call_type: 'emergency',
    agent_id: call.admin_id,
    call_id: callId,
    worker_id: call.worker_id,
    company_id: known.companyId,
    mobile_no: call.mobile_no,
    admin_id: call.admin_id,
    takeover: call.takeover,
    urgency: call.urgency,
    status: call.status,
    medium: call.medium,
    timestamp: call.timestamp,
    started_at: call.started_at ?? null,
    last_message_at: call.last_message_at ?? null,
    ended_at: known.endedAt,
    ended_by: call.ended_by ?? null,
    end_reason: call.end_reason ?? null,
  }
}

/** Messages and signs of life. */
function isSameButForMessages(a: CallRecord, b: CallRecord): boolean {
  return JSON.stringify(withoutSigns(a)) === JSON.stringify(withoutSigns(b))
}

function withoutSigns(call: CallRecord): Partial<CallRecord> {
  const {
    last_message_at: _m,
    talk: _t,
    holder_seen_at: _s,
    holder_missed_at: _n,
    judged_to: _j,
    ...rest
  } = call
  return rest
}
