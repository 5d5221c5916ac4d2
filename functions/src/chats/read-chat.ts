import { fromArchived, type ArchivedMessage } from '../conversations/archived-message.ts'
import type { Deps } from '../deps.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { showMessage } from './chat-message.ts'
import { type ChatRecord, chatDocument, readRecord } from './chat-record.ts'
import { findChat, unknownChat } from './find-chat.ts'
import type { ChatViewer } from './policy.ts'
import { type ChatMessage, type ChatPage, type ChatPageQuery, messageIdAt } from './schema.ts'

type Found = readonly [id: string, stored: unknown]

export type ReadDeps = Pick<Deps, 'writes' | 'firestore' | 'clock'>

const TIMEOUT_MS = 10_000
/** A chat may be archived between two reads, but hardly this often in a row. */
const ATTEMPTS = 4

/**
 * One page of a chat (spec 2 "Retrieve Conversation"), active or archived. Reads that page and nothing else, however
 * long the chat is.
 *
 * @throws AppError as `findChat` does.
 */
export async function readPage(
  deps: ReadDeps & Pick<Deps, 'audit'>,
  viewer: ChatViewer,
  id: string,
  { page, limit }: ChatPageQuery,
): Promise<ChatPage> {
  const { key, record } = await findChat(deps, viewer, id, 'conversation.read')
  const messages = await readMessagesBetween(
    deps,
    key,
    { from: (page - 1) * limit, to: page * limit },
    record,
  )
  return {
    conversation_id: record.conversation_id,
    messages,
    page,
    total_pages: Math.ceil(record.count / limit),
  }
}

/**
 * The messages of a chat from position `from` up to, not with, `to`, in order, from wherever they lie.
 *
 * @throws AppError as `readStoredBetween` does.
 */
export async function readMessagesBetween(
  ...asked: Parameters<typeof readStoredBetween>
): Promise<ChatMessage[]> {
  return (await readStoredBetween(...asked)).map(([id, stored]) => showMessage(id, stored))
}

/**
 * The same as they are stored, by their ids.
 *
 * @param known the record, if it was read just now
 * @throws AppError `not-found` when there is no such chat, `unavailable` when a database does not answer.
 */
export async function readStoredBetween(
  deps: ReadDeps,
  key: string,
  { from, to }: { from: number; to: number },
  known?: ChatRecord,
): Promise<readonly Found[]> {
  let record = known
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    record ??= await readRecord(deps, key)
    if (record === undefined) throw unknownChat()
    const end = Math.min(to, record.count)
    const border = Math.min(Math.max(record.archived, from), end)
    const [archived, active] = await Promise.all([
      readArchived(deps, key, from, border),
      readActive(deps, key, border, end),
    ])
    const found = [...archived, ...active]
    if (found.length === Math.max(end - from, 0)) return found
    // Archived since the record was read.
    record = undefined
  }
  throw unavailable()
}

async function readArchived(
  { firestore, clock }: ReadDeps,
  key: string,
  from: number,
  to: number,
): Promise<readonly Found[]> {
  if (from >= to) return []
  const collection = chatDocument(firestore, key).collection('messages')
  const references = Array.from({ length: to - from }, (_, at) => collection.doc(messageIdAt(from + at)))
  const documents = await answered(firestore.getAll(...references), clock)
  return documents
    .filter(({ exists }) => exists)
    .map((document) => fromArchived(document.data() as ArchivedMessage))
}

export async function readActive(
  { writes, clock }: Pick<Deps, 'writes' | 'clock'>,
  key: string,
  from: number,
  to: number,
): Promise<readonly Found[]> {
  if (from >= to) return []
  const query = writes
    .ref(`chat_messages/${key}`)
    .orderByKey()
    .startAt(messageIdAt(from))
    .endAt(messageIdAt(to - 1))
  const found: Found[] = []
  const snapshot = await answered(query.get(), clock)
  snapshot.forEach((child) => void found.push([child.key, child.val()]))
  return found
}

async function answered<T>(work: Promise<T>, clock: Deps['clock']): Promise<T> {
  try {
    return await withTimeout(work, TIMEOUT_MS, clock)
  } catch (error) {
    throw unavailable(error)
  }
}
