import type { DocumentSnapshot, Query } from 'firebase-admin/firestore'
import { z } from 'zod'
import { CallStatus } from '../calls/schema.ts'
import { readStoredBetween } from '../chats/read-chat.ts'
import { readMessage } from '../conversations/read-message.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { answered } from '../streaming/answered.ts'
import type { CompanySearch, Room, SearchDeps } from './company-search.ts'
import { createMessageIndex } from './message-index.ts'
import { type Progress, createKeepUp } from './keep-up.ts'

/** A chat as its index in Firestore lists it. Times are ms since 1970. */
const ListedChat = z.object({
  conversation_id: Id,
  company_id: z.string(),
  participants: z.array(Id),
  status: CallStatus,
  message_count: z.int().nonnegative(),
  started_at: z.number(),
  last_message_at: z.number(),
})
type ListedChat = z.infer<typeof ListedChat>

/** A chat as it is searched: under its key, wherever its messages lie. */
export interface IndexedChat {
  readonly conversationId: string
  readonly archived: false
  readonly chat: ListedChat
}

/** The index of a chat may come so much later than its messages: what a crash has left undone, the sweep does. */
const INDEX_LAG_MS = 5 * 60_000
/** Messages that are read at once, the latest first: a chat may have any number. */
const SLICE = 300

/**
 * The searchable chats of a company. Read when somebody first searches, those written to last first; from then on what
 * was added since. Messages never change; a chat that was deleted is noticed by the number of those that are left.
 */
export function createChatSearch(
  deps: SearchDeps,
  companyId: string,
  { waitMs, pageSize, hasRoom }: Room,
): CompanySearch<IndexedChat> {
  const { firestore, clock, log } = deps
  const index = createMessageIndex<IndexedChat>()
  const known = new Map<string, ListedChat>()
  const chats = firestore
    .collection('conversations')
    .where('company_id', '==', companyId)
    .where('call_type', '==', 'chat')
    .orderBy('last_message_at', 'desc')
  let knownTo = clock.now()
  let after: DocumentSnapshot | undefined
  const progress: Progress = { state: 'unread', since: undefined }
  const closed = new AbortController()

  const read = async (query: Query) => (await answered(query.get(), clock)).docs

  function forget(keep: (key: string) => boolean): void {
    index.prune(false, keep)
    for (const key of known.keys()) if (!keep(key)) known.delete(key)
  }

  /** Takes in what is new of a chat, the latest first, for as long as there is room. */
  async function takeIn(document: DocumentSnapshot): Promise<void> {
    const key = document.id
    const parsed = ListedChat.safeParse(document.data())
    if (!parsed.success) return
    const chat = parsed.data
    const before = known.get(key)
    // Deleted meanwhile, and begun again under the same id.
    const isAnother = before !== undefined && before.started_at !== chat.started_at
    if (isAnother) forget((each) => each !== key)
    const from = isAnother ? 0 : (before?.message_count ?? 0)
    const conversation = { conversationId: key, archived: false, chat } as const
    index.add(conversation, [])
    for (let to = chat.message_count; to > from; to -= SLICE) {
      if (!hasRoom()) {
        progress.state = 'limited'
        break
      }
      const messages = await readStoredBetween(deps, key, { from: Math.max(from, to - SLICE), to })
      const now = clock.now()
      index.add(
        conversation,
        messages.flatMap(([id, stored]) => readMessage(id, stored, now) ?? []),
      )
    }
    known.set(key, chat)
  }

  /** One after the other: of a chat that is deleted while it is read nothing is left. */
  async function takeInAll(documents: readonly DocumentSnapshot[]): Promise<void> {
    for (const document of documents) {
      try {
        await takeIn(document)
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'not-found')) throw error
        forget((key) => key !== document.id)
      }
    }
  }

  /** Goes on where the last attempt has stopped. */
  async function load(): Promise<void> {
    while (!closed.signal.aborted && progress.state === 'loading') {
      const page = chats.limit(pageSize)
      const documents = await read(after === undefined ? page : page.startAfter(after))
      await takeInAll(documents)
      after = documents.at(-1) ?? after
      if (after !== undefined) progress.since = Number(after.get('last_message_at'))
      if (documents.length < pageSize && progress.state === 'loading') progress.state = 'whole'
    }
    if (progress.state === 'limited')
      log.warn({ companyId, size: index.size }, 'chats too many to be searched whole')
  }

  async function update(): Promise<void> {
    const startedAt = clock.now()
    await takeInAll(await read(chats.where('last_message_at', '>=', knownTo - INDEX_LAG_MS)))
    knownTo = startedAt
    if (progress.state === 'whole' || progress.state === 'limited') await noticeDeleted()
  }

  async function noticeDeleted(): Promise<void> {
    const from = progress.state === 'whole' ? 0 : (progress.since ?? Infinity)
    const reaching = from === 0 ? chats : chats.where('last_message_at', '>=', from)
    const left = (await answered(reaching.count().get(), clock)).data().count
    if ([...known.values()].filter(({ last_message_at }) => last_message_at >= from).length <= left) return
    const ids = new Set((await read(reaching.select())).map(({ id }) => id))
    forget((key) => ids.has(key) || (known.get(key)?.last_message_at ?? 0) < from)
  }

  return {
    index,
    refresh: createKeepUp(deps, { companyId, waitMs, progress, load, update }),
    close: () => closed.abort(),
  }
}
