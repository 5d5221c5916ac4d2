import type { DocumentSnapshot } from 'firebase-admin/firestore'
import type { Deps } from '../deps.ts'
import {
  type Indexed,
  type IndexedConversation,
  type MessageIndex,
  createMessageIndex,
} from './message-index.ts'
import { type Progress, createKeepUp } from './keep-up.ts'
import { readActive } from './read-active.ts'
import { type Archive, readArchivePage, readArchivesSince, readMessagesOf } from './read-archives.ts'
import type { SearchGap } from './schema.ts'

export type SearchDeps = Pick<Deps, 'database' | 'writes' | 'firestore' | 'clock' | 'log'>

export interface SearchLimits {
  /** What one process keeps at most, in units of `MessageIndex.size`. */
  maxSize: number
  /** How long a search waits for the archive to be read before it answers without the rest, ms. */
  waitMs: number
  /** Archives of one page while they are read for the first time. */
  pageSize: number
  /** A company that nobody has searched for so long is forgotten, ms. */
  idleMs: number
}

/** What a process can search of one company. */
export interface CompanySearch<C extends Indexed = IndexedConversation> {
  readonly index: MessageIndex<C>
  /**
   * Brings the index up to date, and says what is missing from it; null when nothing is.
   *
   * @throws AppError `unavailable` when a database does not answer.
   */
  refresh(): Promise<SearchGap | null>
  /** Stops reading. */
  close(): void
}

/** What one company's search goes by; `hasRoom`: may the process keep more? */
export type Room = Pick<SearchLimits, 'waitMs' | 'pageSize'> & { hasRoom: () => boolean }

/** Two writers of the archive may have clocks that differ by so much, ms. */
const CLOCK_SKEW_MS = 60_000

/**
 * The searchable messages of a company, read when somebody first searches: the active ones at each search, the archive
 * once, the latest first, and from then on what was written to it since the last search.
 */
export function createCompanySearch(
  deps: SearchDeps,
  companyId: string,
  { waitMs, pageSize, hasRoom }: Room,
): CompanySearch {
  const { clock, log } = deps
  const index = createMessageIndex()
  const digests = new Map<string, string>()
  let knownTo = clock.now()
  let after: DocumentSnapshot | undefined
  const progress: Progress = { state: 'unread', since: undefined }
  const closed = new AbortController()

  async function takeIn(archives: readonly Archive[]): Promise<void> {
    const news = archives.filter(
      ({ conversation, digest }) => digests.get(conversation.conversationId) !== digest,
    )
    for await (const { conversation, messages, archive } of readMessagesOf(deps, news)) {
      index.put(conversation, messages)
      digests.set(conversation.conversationId, archive.digest)
    }
  }

  /** Goes on where the last attempt has stopped. */
  async function load(): Promise<void> {
    while (!closed.signal.aborted) {
      if (!hasRoom()) {
        progress.state = 'limited'
        log.warn({ companyId, size: index.size }, 'archive too large to be searched whole')
        return
      }
      const { archives, last } = await readArchivePage(deps, companyId, { size: pageSize, after })
      await takeIn(archives)
      progress.since = archives.at(-1)?.archivedAt ?? progress.since
      if (last === undefined) {
        progress.state = 'whole'
        return
      }
      after = last
    }
  }

  /**
   * The active ones first: a conversation leaves them only after its archive was written, so whatever is missing there
   * is found by what comes second.
   */
  async function update(): Promise<void> {
    const startedAt = clock.now()
    const active = await readActive(deps, companyId)
    await takeIn(await readArchivesSince(deps, companyId, knownTo - CLOCK_SKEW_MS))
    knownTo = startedAt
    for (const { conversation, messages } of active) index.put(conversation, messages)
    const ids = new Set(active.map(({ conversation }) => conversation.conversationId))
    index.prune(false, (conversationId) => ids.has(conversationId))
  }

  return {
    index,
    refresh: createKeepUp(deps, { companyId, waitMs, progress, load, update }),
    close: () => closed.abort(),
  }
}
