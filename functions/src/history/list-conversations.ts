import type { DocumentSnapshot, Query } from 'firebase-admin/firestore'
import type { Actor } from '../auth/actor.ts'
import type { Directory } from '../conversations/directory.ts'
import { decideAccess } from '../conversations/policy.ts'
import type { Deps } from '../deps.ts'
import { answered } from '../streaming/answered.ts'
import type { ConversationsListResponse, ConversationsQuery, ConversationsResponse } from './schema.ts'
import { notPermitted } from './status-errors.ts'
import { StoredConversation, showStored, subjectOfStored } from './stored-conversation.ts'

/** Firestore takes so many values in one `in`. */
const MAX_IN = 30

type ListDeps = Pick<Deps, 'firestore' | 'clock' | 'log'> & { directory: Directory }

/**
 * The conversations of the caller and, for a manager, of their own agents, the latest started first (spec 3).
 *
 * @NOTE Counted and paged by the index, which follows the calls within moments. Each conversation is judged again as it
 * is now before it is shown, so that a page may be shorter than what was counted while a call changes hands.
 *
 * @throws AppError `unauthenticated` where `agent_id` names somebody whose conversations the caller may not list,
 * `unavailable` when Firestore does not answer.
 */
export async function listConversations(
  deps: ListDeps,
  actor: Actor,
  query: ConversationsQuery,
): Promise<ConversationsListResponse> {
  const { page, size } = query
  const queries = queriesFor(deps, actor, query, await agentsOf(deps, actor, query.agent_id))
  const totalItems = await countAll(deps, queries, query.call_type)
  const documents = await readPage(deps, queries, { from: (page - 1) * size, size })
  const shown = await Promise.all(documents.map((document) => show(deps, actor, document)))
  return {
    conversations: shown.filter((conversation) => conversation !== undefined),
    pagination: { totalItems, totalPages: Math.ceil(totalItems / size), page, size },
  }
}

/** Whose conversations are asked for. */
async function agentsOf(
  { firestore, directory, clock }: ListDeps,
  actor: Actor,
  agentId: string | undefined,
): Promise<string[]> {
  if (agentId === actor.uid) return [actor.uid]
  if (agentId !== undefined) {
    const agent = await directory.admin(agentId)
    const isOwn = agent?.manager_id === actor.uid && agent.company_id === actor.company_id
    if (actor.role !== 'manager' || !isOwn) throw notPermitted()
    return [agentId]
  }
  if (actor.role !== 'manager') return [actor.uid]
  const agents = firestore
    .collection('admins')
    .where('manager_id', '==', actor.uid)
    .where('company_id', '==', actor.company_id)
  const { docs } = await answered(agents.select().get(), clock)
  return [actor.uid, ...docs.map(({ id }) => id)]
}

/** One query for each part that Firestore takes at once; only a chat, which has several members, may be in two of them. */
function queriesFor(
  { firestore }: ListDeps,
  { company_id }: Actor,
  { call_type, worker_id, urgency, status, from, to, unassigned }: ConversationsQuery,
  agents: readonly string[],
): Query[] {
  let base: Query = firestore
    .collection('conversations')
    .where('company_id', '==', company_id)
    .where('call_type', '==', call_type)
  for (const [field, value] of Object.entries({ worker_id, urgency, status })) {
    if (value !== undefined) base = base.where(field, '==', value)
  }
  if (from !== undefined) base = base.where('started_at', '>=', Date.parse(from))
  if (to !== undefined) base = base.where('started_at', '<', Date.parse(to))
  base = base.orderBy('started_at', 'desc')
  const queries: Query[] = []
  for (let start = 0; start < agents.length; start += MAX_IN) {
    const some = agents.slice(start, start + MAX_IN)
    queries.push(base.where('agent_id', 'in', some))
    // Who wrote in a chat is its member, and nobody its agent; with what nobody holds all chats are listed.
    if (unassigned === 'true') continue
    const members = some.map((id) => `${company_id}/${id}`)
    if (call_type === 'chat') queries.push(base.where('members', 'array-contains-any', members))
  }
  return unassigned === 'true' ? [...queries, base.where('agent_id', '==', null)] : queries
}

/**
 * How many conversations the queries find together. Firestore counts for each query; where a chat may be in several, which
 * is so for more people than one query takes, their ids are read.
 */
async function countAll(
  { clock }: ListDeps,
  queries: readonly Query[],
  callType: ConversationsQuery['call_type'],
): Promise<number> {
  if (callType === 'chat' && queries.length > 2) {
    const found = await answered(Promise.all(queries.map((each) => each.select().get())), clock)
    return new Set(found.flatMap(({ docs }) => docs.map(({ id }) => id))).size
  }
  const counts = await answered(Promise.all(queries.map((each) => each.count().get())), clock)
  return counts.reduce((sum, count) => sum + count.data().count, 0)
}

/** A page over several queries: none of them can hold more of it than all that comes before it and itself. */
async function readPage(
  { clock }: ListDeps,
  queries: readonly Query[],
  { from, size }: { from: number; size: number },
): Promise<DocumentSnapshot[]> {
  const [only, ...others] = queries
  if (only !== undefined && others.length === 0) {
    return (await answered(only.offset(from).limit(size).get(), clock)).docs
  }
  const parts = await answered(Promise.all(queries.map((each) => each.limit(from + size).get())), clock)
  const startOf = (document: DocumentSnapshot): number => Number(document.get('started_at') ?? -Infinity)
  const found = new Map(parts.flatMap(({ docs }) => docs.map((each) => [each.id, each] as const)))
  return [...found.values()]
    .toSorted((a, b) => startOf(b) - startOf(a) || (a.id < b.id ? 1 : -1))
    .slice(from, from + size)
}

async function show(
  { directory, log }: ListDeps,
  actor: Actor,
  document: DocumentSnapshot,
): Promise<ConversationsResponse | undefined> {
  const data = document.data() ?? {}
  const stored = StoredConversation.safeParse(data)
  if (!stored.success) {
    log.warn({ conversationId: document.id }, 'unreadable conversation left out')
    return undefined
  }
  const subject = await subjectOfStored(stored.data, directory)
  if (decideAccess(actor, subject, 'read') !== 'allow') return undefined
  return await showStored(document.id, stored.data, data, directory)
}
