import { nearestShowable, showTime } from '../platform/calendar.ts'
import { type ArchivedCall, subjectOf } from '../conversations/access.ts'
import { countUnread } from '../conversations/board-record.ts'
import type { AdminProfile, Directory, WorkerProfile } from '../conversations/directory.ts'
import type { Subject } from '../conversations/policy.ts'
import type { BoardRecord, Call, CallRecord, Urgency } from './schema.ts'

/** A call as it is shown, with what the policy asks about it. */
export interface BoardCall {
  readonly call: Call
  readonly subject: Subject
}

/**
 * Names the worker of a call and gathers what the policy asks. Undefined when nobody knows the worker: such a call
 * belongs to no company, so no admin may see it. With `boards`, what its company's board knows by call, it also says how
 * many messages are unread.
 */
export async function toBoardCall(
  callId: string,
  record: CallRecord,
  directory: Directory,
  boards?: Pick<ReadonlyMap<string, BoardRecord>, 'get'>,
): Promise<BoardCall | undefined> {
  const [worker, holder, subject] = await Promise.all([
    directory.worker(record.worker_id),
    record.admin_id === null ? null : directory.admin(record.admin_id),
    subjectOf(record, directory),
  ])
  if (worker === null) return undefined
  const call = showCall(callId, record, { worker, holder })
  // Of older records, which name no company, no board knows anything.
  if (boards === undefined || record.company_id === undefined) return { call, subject }
  return { call: { ...call, unread_count: countUnread(boards.get(callId)) }, subject }
}

/** A call as the API shows it: companies and names by Firestore, times by the server's clock where it wrote them. */
export function showCall(
  callId: string,
  record: CallRecord & Partial<Pick<ArchivedCall, 'archivedFor'>>,
  { worker, holder }: { worker: WorkerProfile; holder: AdminProfile | null },
): Call {
  const { started_at, last_message_at } = record
  return {
    call_id: callId,
    conversation_id: record.conversation_id,
    worker_id: record.worker_id,
    worker_name: worker.name === '' ? record.worker_id : worker.name,
    mobile_no: record.mobile_no === '' ? worker.mobile_no : record.mobile_no,
    company_id: record.archivedFor ?? worker.company_id,
    admin_id: record.admin_id,
    admin_name: holder?.name || record.admin_id,
    takeover: record.takeover,
    urgency: record.urgency,
    status: record.status,
    medium: record.medium,
    timestamp: record.timestamp,
    started_at:
      serverTime(started_at) ?? new Date(nearestShowable(Date.parse(record.timestamp))).toISOString(),
    last_message_at: serverTime(last_message_at) ?? null,
    ...shownTimes(record),
    ...shownTalk(record),
    ...shownActs(record),
  }
}

/** Times that only some calls have. */
function shownTimes(record: CallRecord): Partial<Call> {
  const names = ['taken_over_at', 'holder_seen_at', 'ended_at'] as const
  const known = names.map((name) => [name, serverTime(record[name])] as const)
  return Object.fromEntries(known.filter(([, time]) => time !== undefined))
}

function shownTalk({ talk }: CallRecord): Partial<Call> {
  if (talk === undefined) return {}
  const worker_message_at = serverTime(talk.worker_at)
  const unanswered_at = serverTime(talk.unanswered_at)
  const { message_id, role, text } = talk.last
  const { worker_words } = talk
  return {
    ...(worker_message_at !== undefined && { worker_message_at }),
    ...(unanswered_at !== undefined && { unanswered_at }),
    last_words: { message_id, role, text },
    ...(worker_words !== undefined && { worker_words }),
  }
}

/** What was done with the call, where something was. A part without a readable time is left out. */
function shownActs(record: CallRecord): Partial<Call> {
  const { transfer, released, urgency_changed, urgency_floor, ended_by, end_reason } = record
  const lapses_at = serverTime(transfer?.lapses_at)
  const releasedAt = serverTime(released?.at)
  const changedAt = serverTime(urgency_changed?.at)
  const floorAt = serverTime(urgency_floor?.at)
  const askedAt = serverTime(record.silence?.asked_at)
  return {
    ...(transfer && lapses_at !== undefined && { transfer: { to: transfer.to, by: transfer.by, lapses_at } }),
    ...(released && releasedAt !== undefined && { released: shownRelease(released, releasedAt) }),
    ...(urgency_changed &&
      changedAt !== undefined && { urgency_changed: { ...urgency_changed, at: changedAt } }),
    ...(urgency_floor && floorAt !== undefined && { urgency_floor: { ...urgency_floor, at: floorAt } }),
    ...(askedAt !== undefined && { silence_asked_at: askedAt }),
    ...(ended_by !== undefined && { ended_by }),
    ...(end_reason !== undefined && { end_reason }),
  }
}

function shownRelease({ from, takeover, reason, by }: NonNullable<CallRecord['released']>, at: string) {
  return { from, takeover, reason, at, ...(by !== undefined && { by }) }
}

/** ISO 8601 in UTC; undefined for what cannot be a time. */
const serverTime = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : showTime(ms)

const RANK: Record<Urgency, number> = { CRITICAL: 0, HIGH: 1, MEDIUM: 2, LOW: 3 }

/** Most urgent first, then the longest-waiting, then by id so that the order is always the same. */
export function compareCalls(a: Call, b: Call): number {
  return (
    RANK[a.urgency] - RANK[b.urgency] ||
    Date.parse(a.started_at) - Date.parse(b.started_at) ||
    (a.call_id < b.call_id ? -1 : Number(a.call_id > b.call_id))
  )
}
