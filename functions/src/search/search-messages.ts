import type { Actor } from '../auth/actor.ts'
import { subjectOf } from '../conversations/access.ts'
import type { Directory } from '../conversations/directory.ts'
import { decideAccess } from '../conversations/policy.ts'
import type { ReadMessage } from '../conversations/read-message.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import type { Found, IndexedConversation, MessageIndex } from './message-index.ts'
import type { SearchHit, SearchQuery, SearchReply } from './schema.ts'
import { formatPlace, readPlace } from './search-cursor.ts'
import type { Searches } from './searches.ts'
import { snippetOf } from './snippet.ts'
import { wordsOf } from './words.ts'

/** More words than this tell no more, and each costs. */
const MAX_WORDS = 12
/** Our clock and the database's may differ by this much, ms. */
const CLOCK_TOLERANCE_MS = 10_000

interface SearchServices {
  searches: Searches
  directory: Directory
  clock: Pick<Deps['clock'], 'now'>
}

/**
 * The messages of active and archived conversations that hold every word of the query, or a word like it. What the
 * caller may not read is left out before anything is found: it is neither shown nor counted.
 *
 * @throws AppError `invalid-input` for a query without or with too many words, or a foreign cursor; `unavailable` when a
 * database does not answer.
 */
export async function searchMessages(
  { searches, directory, clock }: SearchServices,
  actor: Actor,
  query: SearchQuery,
): Promise<SearchReply> {
  const words = wordsOf(query.q, 'query').length
  if (words === 0) throw new AppError('invalid-input', 'query.q: holds no word to search for')
  if (words > MAX_WORDS) throw new AppError('invalid-input', `query.q: more than ${MAX_WORDS} words`)
  const { offset, asOf } = readPlace(query, clock.now())
  const search = searches.of(actor.company_id)
  const coverage = await search.refresh()
  const { index } = search
  const visible = await readableOf(index, actor, directory)
  const fits = filterOf(query, asOf + CLOCK_TOLERANCE_MS)
  const found = withoutRepeats(
    index.search(
      query.q,
      (conversation, message) => visible.has(conversation) && fits(conversation, message),
    ),
  )
  const sorted = query.sort === 'newest' ? found.toSorted(byTime) : found.toSorted(byScore)
  const end = offset + query.limit
  const hits = await Promise.all(sorted.slice(offset, end).map((each) => show(each, directory)))
  return {
    success: true,
    hits,
    total: sorted.length,
    next_cursor: end < sorted.length ? formatPlace({ offset: end, asOf }, query) : null,
    coverage,
  }
}

/** The conversations that the caller may read, by the policy that decides reading. */
async function readableOf(
  index: MessageIndex,
  actor: Actor,
  directory: Directory,
): Promise<ReadonlySet<IndexedConversation>> {
  const conversations = index.conversations()
  const subjects = await Promise.all(conversations.map(async ({ call }) => subjectOf(call, directory)))
  const readable = new Set<IndexedConversation>()
  for (const [at, conversation] of conversations.entries()) {
    const subject = subjects[at]
    if (subject && decideAccess(actor, subject, 'read') === 'allow') readable.add(conversation)
  }
  return readable
}

function filterOf(query: SearchQuery, until: number) {
  const from = query.from === undefined ? -Infinity : Date.parse(query.from)
  const to = query.to === undefined ? Infinity : Date.parse(query.to)
  return ({ conversationId, call }: IndexedConversation, { at }: ReadMessage): boolean =>
    at >= from &&
    at < to &&
    at <= until &&
    (query.conversation_id ?? conversationId) === conversationId &&
    (query.worker_id ?? call.worker_id) === call.worker_id &&
    (query.admin_id ?? call.admin_id) === call.admin_id &&
    (query.urgency ?? call.urgency) === call.urgency &&
    (query.status ?? call.status) === call.status
}

/** While a conversation is moved to the archive it stands in both places. */
function withoutRepeats(found: readonly Found[]): Found[] {
  const seen = new Set<string>()
  return found.filter(({ conversation, message }) => {
    const key = `${conversation.conversationId}/${message.id}`
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

const byTime = (a: Found, b: Found): number =>
  b.message.at - a.message.at || (a.message.id < b.message.id ? -1 : Number(a.message.id > b.message.id))

const byScore = (a: Found, b: Found): number => b.score - a.score || byTime(a, b)

async function show({ conversation, message, terms }: Found, directory: Directory): Promise<SearchHit> {
  const { conversationId, callId, call } = conversation
  const worker = await directory.worker(call.worker_id)
  const admin = call.admin_id === null ? null : await directory.admin(call.admin_id)
  const { role, sender_id, received_at, content } = message.message
  return {
    conversation_id: conversationId,
    call_id: callId,
    message_id: message.id,
    role,
    sender_id,
    received_at,
    snippet: snippetOf(content, new Set(terms)),
    worker_id: call.worker_id,
    worker_name: worker?.name || call.worker_id,
    admin_id: call.admin_id,
    admin_name: call.admin_id === null ? null : admin?.name || call.admin_id,
    urgency: call.urgency,
    status: call.status,
  }
}
