import { FieldPath, type Query } from 'firebase-admin/firestore'
import type { Actor } from '../auth/actor.ts'
import { conversationDocument } from '../conversations/archive.ts'
import type { Directory } from '../conversations/directory.ts'
import { decideAccess } from '../conversations/policy.ts'
import type { Deps } from '../deps.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { type BoardCall, toBoardCall } from './board-call.ts'
import type { CallOrder, CallPlace } from './call-order.ts'
import { CallRecord } from './schema.ts'
import type { Call } from './schema.ts'

type ListDeps = Pick<Deps, 'firestore' | 'clock' | 'log'>

/** Read at once, and at most for one page: what the caller may not see is passed over, but not for ever. */
const BATCH = 200
const MAX_BATCHES = 5
const READ_TIMEOUT_MS = 10_000

/** The fields of `conversations/{id}` that a list shows; the archive beside them may be large. */
const FIELDS =
  'conversation_id call_id worker_id company_id mobile_no admin_id takeover urgency status medium timestamp ' +
  'started_at last_message_at ended_at ended_by end_reason'

export interface EndedPage {
  calls: Call[]
  /** Where the next page begins; undefined after the last. Its `id` is a conversation's. */
  next: CallPlace | undefined
}

export interface EndedFilter {
  order: CallOrder
  after: CallPlace | undefined
  limit: number
  workerId: string | undefined
  matches: (call: Call) => boolean
}

/**
 * A page of ended calls that the caller may see, from the index of conversations, archived or about to be. A page may
 * be short, or even empty, with more to come: only so many calls are looked at for each.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function listEndedCalls(
  deps: ListDeps,
  directory: Directory,
  actor: Actor,
  filter: EndedFilter,
): Promise<EndedPage> {
  const calls: Call[] = []
  let { after } = filter
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const rows = await readBatch(deps, actor.company_id, { ...filter, after })
    const known = await Promise.all(rows.map((row) => showRow(deps, directory, row)))
    for (const [at, row] of rows.entries()) {
      after = placeOfRow(row)
      const entry = known[at]
      if (entry === undefined || decideAccess(actor, entry.subject, 'read') !== 'allow') continue
      if (!filter.matches(entry.call)) continue
      calls.push(entry.call)
      if (calls.length === filter.limit) {
        return { calls, next: at < rows.length - 1 || rows.length === BATCH ? after : undefined }
      }
    }
    if (rows.length < BATCH) return { calls, next: undefined }
  }
  return { calls, next: after }
}

type Row = Record<string, unknown>

async function readBatch(
  { firestore, clock }: ListDeps,
  companyId: string,
  { order: { order }, after, workerId }: EndedFilter,
): Promise<Row[]> {
  let query: Query = firestore
    .collection('conversations')
    .where('company_id', '==', companyId)
    .where('status', '==', 'ENDED')
  if (workerId !== undefined) query = query.where('worker_id', '==', workerId)
  query = query.orderBy('ended_at', order).orderBy(FieldPath.documentId(), order)
  if (after !== undefined) {
    query = query.startAfter(after.key[0], conversationDocument(firestore, after.id).id)
  }
  try {
    const work = query
      .select(...FIELDS.split(' '))
      .limit(BATCH)
      .get()
    return (await withTimeout(work, READ_TIMEOUT_MS, clock)).docs.map((document) => document.data())
  } catch (error) {
    throw unavailable(error)
  }
}

async function showRow({ log }: ListDeps, directory: Directory, row: Row): Promise<BoardCall | undefined> {
  // The index says null where a call has nothing.
  const entries = Object.entries(row).filter(([name, value]) => value !== null || name === 'admin_id')
  const record = CallRecord.safeParse(Object.fromEntries(entries))
  if (record.success && typeof row.call_id === 'string') {
    return toBoardCall(row.call_id, record.data, directory)
  }
  log.warn({ conversationId: row.conversation_id }, 'malformed conversation left out of the list')
  return undefined
}

const placeOfRow = (row: Row): CallPlace => ({
  key: [Number(row.ended_at), 0],
  id: String(row.conversation_id),
})
