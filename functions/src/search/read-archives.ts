import type { DocumentSnapshot, Query } from 'firebase-admin/firestore'
import { parseArchived, readArchivedMessages } from '../conversations/archive.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import type { IndexedConversation } from './message-index.ts'
import type { ConversationWithMessages } from './read-active.ts'

type ArchiveDeps = Pick<Deps, 'firestore' | 'clock' | 'log'>

/** An archive as it was when we read of it. */
export interface Archive {
  conversation: IndexedConversation
  /** Changes with every message that is added. */
  digest: string
  /** When it was last written, ms since 1970. */
  archivedAt: number
}

const READ_TIMEOUT_MS = 10_000
/** Conversations whose messages are read at the same time. */
const AT_ONCE = 10

const archivesOf = ({ firestore }: ArchiveDeps, companyId: string): Query =>
  firestore
    .collection('conversations')
    .where('company_id', '==', companyId)
    .orderBy('archive.archived_at', 'desc')
    .select('conversation_id', 'call_id', 'company_id', 'archive')

/**
 * A page of a company's archives, the latest first.
 *
 * @param after the last document of the page before
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function readArchivePage(
  deps: ArchiveDeps,
  companyId: string,
  { size, after }: { size: number; after: DocumentSnapshot | undefined },
): Promise<{ archives: Archive[]; last: DocumentSnapshot | undefined }> {
  const query = archivesOf(deps, companyId).limit(size)
  const docs = await read(deps, after === undefined ? query : query.startAfter(after))
  return {
    archives: docs.flatMap((each) => parse(deps, each)),
    last: docs.length < size ? undefined : docs.at(-1),
  }
}

/**
 * Archives of a company that were written since, the latest first.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function readArchivesSince(
  deps: ArchiveDeps,
  companyId: string,
  since: number,
): Promise<Archive[]> {
  const docs = await read(deps, archivesOf(deps, companyId).where('archive.archived_at', '>=', since))
  return docs.flatMap((each) => parse(deps, each))
}

/** The messages of archives, a few conversations at a time, in no order. */
export async function* readMessagesOf(
  deps: ArchiveDeps,
  archives: readonly Archive[],
): AsyncGenerator<ConversationWithMessages & { archive: Archive }> {
  for (let start = 0; start < archives.length; start += AT_ONCE) {
    yield* await Promise.all(
      archives.slice(start, start + AT_ONCE).map(async (archive) => {
        const { conversation } = archive
        const messages = await readArchivedMessages(deps, conversation.conversationId)
        return { archive, conversation, messages }
      }),
    )
  }
}

async function read({ clock }: ArchiveDeps, query: Query): Promise<DocumentSnapshot[]> {
  try {
    return (await withTimeout(query.get(), READ_TIMEOUT_MS, clock)).docs
  } catch (error) {
    throw unavailable(error)
  }
}

function parse(deps: ArchiveDeps, document: DocumentSnapshot): Archive[] {
  const found = parseArchived(deps, document.data())
  const conversationId = Id.safeParse(document.get('conversation_id'))
  if (found === undefined || !conversationId.success) return []
  return [
    {
      conversation: { ...found, conversationId: conversationId.data, archived: true },
      digest: document.get('archive.digest') as string,
      archivedAt: document.get('archive.archived_at') as number,
    },
  ]
}
