import { subjectOf } from '../conversations/access.ts'
import type { Directory, WorkerProfile } from '../conversations/directory.ts'
import type { Subject } from '../conversations/policy.ts'
import type { Call, CallRecord, Urgency } from './schema.ts'

/** A call as it is shown, with what the policy asks about it. */
export interface BoardCall {
  readonly call: Call
  readonly subject: Subject
}

/**
 * Names the worker of a call and gathers what the policy asks. Undefined when nobody knows the worker: such a call
 * belongs to no company, so no admin may see it.
 */
export async function toBoardCall(
  callId: string,
  record: CallRecord,
  directory: Directory,
): Promise<BoardCall | undefined> {
  const [worker, subject] = await Promise.all([
    directory.worker(record.worker_id),
    subjectOf(record, directory),
  ])
  return worker === null ? undefined : { call: showCall(callId, record, worker), subject }
}

/** A call as the API shows it: companies and names by Firestore, times by the server's clock where it wrote them. */
export function showCall(callId: string, record: CallRecord, worker: WorkerProfile): Call {
  const { started_at, last_message_at } = record
  return {
    call_id: callId,
    conversation_id: record.conversation_id,
    worker_id: record.worker_id,
    worker_name: worker.name === '' ? record.worker_id : worker.name,
    mobile_no: record.mobile_no === '' ? worker.mobile_no : record.mobile_no,
    company_id: worker.company_id,
    admin_id: record.admin_id,
    takeover: record.takeover,
    urgency: record.urgency,
    status: record.status,
    medium: record.medium,
    timestamp: record.timestamp,
    started_at: serverTime(started_at) ?? new Date(record.timestamp).toISOString(),
    last_message_at: serverTime(last_message_at) ?? null,
  }
}

/** ISO 8601 in UTC; undefined for what cannot be a time. */
function serverTime(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

const RANK: Record<Urgency, number> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 }

/** Most urgent first, then the longest-waiting, then by id so that the order is always the same. */
export function compareCalls(a: Call, b: Call): number {
  return (
    RANK[a.urgency] - RANK[b.urgency] ||
    Date.parse(a.started_at) - Date.parse(b.started_at) ||
    (a.call_id < b.call_id ? -1 : Number(a.call_id > b.call_id))
  )
}
