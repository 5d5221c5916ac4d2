import type { Actor } from '../auth/actor.ts'
import { type ChatRecord, readRecord } from '../chats/chat-record.ts'
import { decideChat } from '../chats/policy.ts'
import { subjectOf } from '../conversations/access.ts'
import type { Directory } from '../conversations/directory.ts'
import { decideAccess } from '../conversations/policy.ts'
import type { ReadMessage } from '../conversations/read-message.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import type { IndexedChat } from './chat-search.ts'
import type { CompanySearch } from './company-search.ts'
import type { Found, IndexedConversation, MessageIndex } from './message-index.ts'
import type { SearchCoverage, SearchQuery, SearchReply } from './schema.ts'
import { formatPlace, readPlace } from './search-cursor.ts'
import type { Searches } from './searches.ts'
import { showCallHit, showChatHit } from './show-hit.ts'
import { wordsOf } from './words.ts'

/** More words than this tell no more, and each costs. */
const MAX_WORDS = 12
/** Our clock and the database's may differ by this much, ms. */
const CLOCK_TOLERANCE_MS = 10_000

/** Chats that are deleted while a page is made are taken out of it; hardly so often in a row. */
const ATTEMPTS = 5

export interface SearchServices extends Pick<Deps, 'writes' | 'clock'> {
  calls: Searches
  chats: Searches<IndexedChat>
  directory: Directory
}

type CallFound = Found & { of: 'call' }
type ChatFound = Found<IndexedChat> & { of: 'chat' }
type AnyFound = CallFound | ChatFound

/**
 * The messages of active and archived calls and chats that hold every word of the query, or a word like it. What the
 * caller may not read is left out before anything is found: it is neither shown nor counted.
 *
 * @throws AppError `invalid-input` for a query without or with too many words, or a foreign cursor; `unavailable` when a
 * database does not answer.
 */
export async function searchMessages(
  services: SearchServices,
  actor: Actor,
  query: SearchQuery,
): Promise<SearchReply> {
  const words = wordsOf(query.q, 'query').length
  if (words === 0) throw new AppError('invalid-input', 'query.q: holds no word to search for')
  if (words > MAX_WORDS) throw new AppError('invalid-input', `query.q: more than ${MAX_WORDS} words`)
  const { offset, asOf } = readPlace(query, services.clock.now())
  const calls = query.in === 'chats' ? null : services.calls.of(actor.company_id)
  // A chat has no urgency that it could be narrowed by.
  const isForChats = query.in !== 'calls' && query.urgency === undefined
  const chats = isForChats ? services.chats.of(actor.company_id) : null
  const coverage = await refresh(calls, chats)
  const until = asOf + CLOCK_TOLERANCE_MS
  const foundCalls = calls === null ? [] : await findCalls(services, calls.index, { actor, query, until })
  const end = offset + query.limit
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const foundChats = chats === null ? [] : findChats(chats.index, { actor, query, until })
    const order = query.sort === 'newest' ? byTime : byScore
    const sorted = [...foundCalls, ...foundChats].toSorted(order)
    const page = sorted.slice(offset, end)
    if (chats !== null && (await dropGone(services, actor, chats, page))) continue
    const hits = await Promise.all(
      page.map(async (each) =>
        each.of === 'call' ? showCallHit(each, services.directory) : showChatHit(each, services.directory),
      ),
    )
    return {
      success: true,
      hits,
      total: sorted.length,
      next_cursor: end < sorted.length ? formatPlace({ offset: end, asOf }, query) : null,
      coverage,
    }
  }
  throw new AppError('unavailable', 'Chats are being deleted at this moment. Search again.')
}

async function refresh(
  calls: CompanySearch | null,
  chats: CompanySearch<IndexedChat> | null,
): Promise<SearchCoverage> {
  const [callGap, chatGap] = await Promise.all([calls?.refresh() ?? null, chats?.refresh() ?? null])
  const searched = [
    ...(calls === null ? [] : ['calls' as const]),
    ...(chats === null ? [] : ['chats' as const]),
  ]
  if (callGap === null && chatGap === null) return { complete: true, searched }
  return { complete: false, searched, ...(callGap && { calls: callGap }), ...(chatGap && { chats: chatGap }) }
}

interface Asked {
  actor: Actor
  query: SearchQuery
  /** Messages that came later do not count, ms since 1970. */
  until: number
}

async function findCalls(
  { directory }: SearchServices,
  index: MessageIndex,
  { actor, query, until }: Asked,
): Promise<CallFound[]> {
  const visible = await readableOf(index, actor, directory)
  const isInTime = timeFilterOf(query, until)
  const found = index.search(
    query.q,
    (conversation, message) =>
      visible.has(conversation) && isInTime(message) && fitsCall(query, conversation),
  )
  return withoutRepeats(found).map((each) => ({ ...each, of: 'call' }))
}

function findChats(index: MessageIndex<IndexedChat>, { actor, query, until }: Asked): ChatFound[] {
  const readable = new Set(
    index
      .conversations()
      .filter(({ chat }) => decideChat(actor, { ...chat, users: chat.participants }) === 'allow')
      .filter((each) => fitsChat(query, each)),
  )
  const isInTime = timeFilterOf(query, until)
  const found = index.search(query.q, (chat, message) => readable.has(chat) && isInTime(message))
  return found.map((each) => ({ ...each, of: 'chat' }))
}

/**
 * Looks at the chats of a page as they are now: what was deleted, or is not theirs to read any more, is dropped.
 *
 * @returns whether something was
 */
async function dropGone(
  services: SearchServices,
  actor: Actor,
  { index }: CompanySearch<IndexedChat>,
  page: readonly AnyFound[],
): Promise<boolean> {
  const keys = new Set(
    page.flatMap(({ of, conversation }) => (of === 'chat' ? [conversation.conversationId] : [])),
  )
  const gone = new Set<string>()
  const isReadable = (record: ChatRecord | undefined): boolean =>
    record !== undefined && decideChat(actor, record) === 'allow'
  await Promise.all(
    [...keys].map(async (key) => {
      if (!isReadable(await readRecord(services, key))) gone.add(key)
    }),
  )
  index.prune(false, (key) => !gone.has(key))
  return gone.size > 0
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

function timeFilterOf(query: SearchQuery, until: number) {
  const from = query.from === undefined ? -Infinity : Date.parse(query.from)
  const to = query.to === undefined ? Infinity : Date.parse(query.to)
  return ({ at }: ReadMessage): boolean => at >= from && at < to && at <= until
}

const fitsCall = (query: SearchQuery, { conversationId, call }: IndexedConversation): boolean =>
  (query.conversation_id ?? conversationId) === conversationId &&
  (query.worker_id ?? call.worker_id) === call.worker_id &&
  (query.admin_id ?? call.admin_id) === call.admin_id &&
  (query.urgency ?? call.urgency) === call.urgency &&
  (query.status ?? call.status) === call.status

function fitsChat(query: SearchQuery, { conversationId, chat }: IndexedChat): boolean {
  const { conversation_id: id, worker_id, admin_id } = query
  return (
    (id === undefined || id === conversationId || id === chat.conversation_id) &&
    (worker_id === undefined || chat.participants.includes(worker_id)) &&
    (admin_id === undefined || chat.participants.includes(admin_id)) &&
    (query.status ?? chat.status) === chat.status
  )
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

type Ranked = Pick<Found, 'message' | 'score'>

const byTime = (a: Ranked, b: Ranked): number =>
  b.message.at - a.message.at || (a.message.id < b.message.id ? -1 : Number(a.message.id > b.message.id))

const byScore = (a: Ranked, b: Ranked): number => b.score - a.score || byTime(a, b)
