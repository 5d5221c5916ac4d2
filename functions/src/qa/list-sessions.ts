import type { Query } from 'firebase-admin/firestore'
import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { isFound } from '../prospects/fold.ts'
import { answered } from '../streaming/answered.ts'
import { decideAsking } from './policy.ts'
import type { QuestionSession, SessionListQuery, SessionListResponse } from './session-schema.ts'
import { countOutcomes, sessionsOf } from './session-store.ts'
import { showSession } from './show-session.ts'
import { StoredSession, isActive } from './stored-session.ts'

/**
 * What Firestore cannot do by itself (searching texts, other orders than by creation, a prospect and a status at once) is
 * done over so many of the company's newest sessions within the dates asked for.
 */
const MAX_LOOKED_AT = 5_000
const SLIM = ['status', 'created_at', 'completed_at', 'search'] as const

type ListDeps = Pick<Deps, 'firestore' | 'clock'>

/** Spec 5, 2. @throws AppError `forbidden`, or `unavailable` when Firestore does not answer. */
export async function listSessions(
  deps: ListDeps,
  actor: Actor,
  query: SessionListQuery,
): Promise<SessionListResponse> {
  if (decideAsking(actor) !== 'allow') throw new AppError('forbidden', 'Only admins may do this')
  const { firestore, clock } = deps
  const own = sessionsOf(firestore).where('company_id', '==', actor.company_id)
  const counted = (statuses: readonly string[]) =>
    own
      .where('status', 'in', [...statuses])
      .count()
      .get()
  const [{ documents, total, isPartial }, active, completed] = await answered(
    Promise.all([findPage(own, query), counted(['pending', 'in_progress']), counted(['completed'])]),
    clock,
  )
  const sessions = await Promise.all(
    documents.map(async ({ id, data }): Promise<QuestionSession> => {
      const session = StoredSession.parse(data)
      // Only what is still going on has to be counted.
      const responded = isActive(session.status)
        ? await countOutcomes(deps, id, ['answered'])
        : session.total_responded
      return showSession(id, session, { responded })
    }),
  )
  return {
    sessions,
    total_count: total,
    page: query.page,
    page_size: query.page_size,
    total_pages: Math.ceil(total / query.page_size),
    active_sessions_count: active.data().count,
    completed_sessions_count: completed.data().count,
    is_partial: isPartial,
  }
}

interface Page {
  documents: { id: string; data: unknown }[]
  total: number
  /** There are older ones that were not looked at. */
  isPartial: boolean
}

function findPage(own: Query, query: SessionListQuery): Promise<Page> {
  const { status_filter = [], prospect_id, search_query = '', sort_by } = query
  const isPlain =
    search_query === '' &&
    sort_by === 'created_at' &&
    !(prospect_id !== undefined && status_filter.length > 0)
  return isPlain ? readPage(own, query) : lookThrough(own, query)
}

/** The company's sessions that involve this prospect and were made within these dates. */
function within(own: Query, { prospect_id, date_from, date_to }: SessionListQuery): Query {
  let found = own
  if (prospect_id !== undefined) found = found.where('prospect_ids', 'array-contains', prospect_id)
  if (date_from !== undefined) found = found.where('created_at', '>=', Date.parse(date_from))
  if (date_to !== undefined) found = found.where('created_at', '<=', Date.parse(date_to))
  return found
}

async function readPage(own: Query, query: SessionListQuery): Promise<Page> {
  const { status_filter = [], page, page_size, sort_order } = query
  const dated = within(own, query)
  const found = status_filter.length === 0 ? dated : dated.where('status', 'in', [...new Set(status_filter)])
  const ordered = found.orderBy('created_at', sort_order)
  const [total, listed] = await Promise.all([
    ordered.count().get(),
    ordered
      .offset((page - 1) * page_size)
      .limit(page_size)
      .get(),
  ])
  return {
    total: total.data().count,
    isPartial: false,
    documents: listed.docs.map((document) => ({ id: document.id, data: document.data() })),
  }
}

async function lookThrough(own: Query, query: SessionListQuery): Promise<Page> {
  const { status_filter = [], search_query = '', page, page_size, sort_by, sort_order } = query
  const slim = await within(own, query)
    .orderBy('created_at', 'desc')
    .limit(MAX_LOOKED_AT + 1)
    .select(...SLIM)
    .get()
  const statuses = new Set<unknown>(status_filter)
  const found = slim.docs
    .slice(0, MAX_LOOKED_AT)
    .filter((document) => statuses.size === 0 || statuses.has(document.get('status')))
    .filter((document) => isFound(search_query, String(document.get('search'))))
    .toSorted(
      (a, b) => compare(a.get(sort_by), b.get(sort_by)) || compare(a.get('created_at'), b.get('created_at')),
    )
  if (sort_order === 'desc') found.reverse()
  const wanted = found.slice((page - 1) * page_size, page * page_size)
  const whole = wanted.length === 0 ? [] : await own.firestore.getAll(...wanted.map(({ ref }) => ref))
  return {
    total: found.length,
    isPartial: slim.size > MAX_LOOKED_AT,
    documents: whole.map((document) => ({ id: document.id, data: document.data() })),
  }
}

/** What has no such time yet comes after all that has. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === null || a === undefined) return 1
  if (b === null || b === undefined) return -1
  return (a as string | number) < (b as string | number) ? -1 : 1
}
