import type { Actor } from '../auth/actor.ts'
import { readBoards } from '../conversations/board-record.ts'
import type { Directory } from '../conversations/directory.ts'
import { decideAccess } from '../conversations/policy.ts'
import { readCalls } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { toBoardCall } from './board-call.ts'
import {
  type CallOrder,
  type CallPlace,
  comparePlaces,
  formatCallsCursor,
  parseCallsCursor,
  placeOf,
} from './call-order.ts'
import { listEndedCalls } from './list-ended-calls.ts'
import type { Call, CallsQuery } from './schema.ts'

export interface CallsPage {
  calls: Call[]
  /** How many match in all; null where counting would mean to read everything. */
  total: number | null
  next_cursor: string | null
}

type ListDeps = Pick<Deps, 'database' | 'firestore' | 'clock' | 'log'>

/**
 * A page of the calls that the caller may see: active ones as they are now, or ended ones from the index.
 *
 * @throws AppError `invalid-input` for a cursor of another list and an order that the status does not have,
 * `unavailable` when a database does not answer.
 */
export async function listCalls(
  deps: ListDeps,
  { directory }: { directory: Directory },
  actor: Actor,
  query: CallsQuery,
): Promise<CallsPage> {
  const { status, limit } = query
  const order = orderOf(query)
  const after = query.cursor === undefined ? undefined : parseCallsCursor(query.cursor, order, status)
  const matches = (call: Call) => isWanted(call, query, actor.uid)
  if (status === 'ACTIVE') {
    const page = { order, after, limit }
    return pageOf((await activeCalls(deps, directory, actor)).filter(matches), page)
  }
  const filter = { order, after, limit, workerId: query.worker_id, matches }
  const { calls, next } = await listEndedCalls(deps, directory, actor, filter)
  return { calls, total: null, next_cursor: next ? formatCallsCursor(next, order, status) : null }
}

/** Read from the database and not from a listener of our own: a function's instance sleeps, its listeners with it. */
async function activeCalls(deps: ListDeps, directory: Directory, actor: Actor): Promise<Call[]> {
  const [boards, ...records] = await Promise.all([
    readBoards(deps, actor.company_id),
    readCalls(deps, actor.company_id),
    readCalls(deps, null),
  ])
  const active = records.flat().filter(([, record]) => record.status === 'ACTIVE')
  const known = await Promise.all(
    active.map(([callId, record]) => toBoardCall(callId, record, directory, boards)),
  )
  return known.flatMap((entry) =>
    entry && decideAccess(actor, entry.subject, 'read') === 'allow' ? [entry.call] : [],
  )
}

function pageOf(
  calls: readonly Call[],
  { order, after, limit }: { order: CallOrder; after: CallPlace | undefined; limit: number },
): CallsPage {
  const rest = calls
    .map((call) => ({ call, place: placeOf(call, order) }))
    .filter(({ place }) => after === undefined || comparePlaces(after, place, order) < 0)
    .toSorted((a, b) => comparePlaces(a.place, b.place, order))
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  const isMore = rest.length > page.length && last !== undefined
  return {
    calls: page.map(({ call }) => call),
    total: calls.length,
    next_cursor: isMore ? formatCallsCursor(last.place, order, 'ACTIVE') : null,
  }
}

function orderOf({ status, sort_by, sort_order = 'desc' }: CallsQuery): CallOrder {
  const by = sort_by ?? (status === 'ACTIVE' ? 'urgency' : 'ended_at')
  if ((status === 'ENDED') !== (by === 'ended_at')) {
    throw new AppError('invalid-input', 'query.sort_by: ended calls, and only those, are sorted by ended_at')
  }
  return { by, order: sort_order }
}

function isWanted(
  call: Call,
  { urgency, mine, unassigned, worker_id, name }: CallsQuery,
  uid: string,
): boolean {
  if (urgency !== undefined && !urgency.split(',').includes(call.urgency)) return false
  if (mine !== undefined && (call.admin_id === uid) !== (mine === 'true')) return false
  if (unassigned !== undefined && (call.admin_id === null) !== (unassigned === 'true')) return false
  if (worker_id !== undefined && call.worker_id !== worker_id) return false
  return name === undefined || plain(call.worker_name).includes(plain(name))
}

/** As somebody types it who does not know the accents. */
const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
