import { ServerValue } from 'firebase-admin/database'
import { readAccepted, writeGuarded } from '../conversations/guarded-write.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { unavailable } from '../streaming/with-timeout.ts'
import { type Incoming, toIncoming } from './chat-message.ts'
import { CHAT_USERS_MAX, type ChatRecord, chatDocument, chatKey, readRecord } from './chat-record.ts'
import type { IndexChat } from './index-chat.ts'
import { type ChatViewer, decideChat, decideUser } from './policy.ts'
import { type PostChatsBody, chatTimeOf, messageIdAt } from './schema.ts'

export type StoreDeps = Pick<Deps, 'writes' | 'guarded' | 'firestore' | 'clock' | 'log'> & {
  indexChat: IndexChat
}

/** Writers in one process take turns, so only other processes can get in between. */
const ATTEMPTS = 20

/**
 * Stores a batch of messages, all of it or nothing, after those that are there and in its own order. What was stored
 * before under the same `client_message_id` is left out.
 *
 * @returns how many were new
 * @throws AppError `forbidden` when the caller may not speak for that user or in that chat, `conflict` when a
 * `client_message_id` was used for something else, `unavailable` when the database does not answer.
 */
export async function storeMessages(
  deps: StoreDeps,
  viewer: ChatViewer,
  body: PostChatsBody,
): Promise<number> {
  const { conversation_id, user_id } = body
  if (decideUser(viewer, user_id) !== 'allow') {
    throw new AppError('forbidden', 'You may store messages of your own only.')
  }
  const key = chatKey(viewer.company_id, conversation_id)
  const incoming = withoutRepeats(body.messages.map((message) => toIncoming(viewer, user_id, message)))
  const inserted = await inTurn(key, async () => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const record = await readRecord(deps, key)
      if (record !== undefined && decideChat(viewer, record) !== 'allow') {
        throw new AppError('forbidden', 'You may not write in this conversation.')
      }
      const fresh = await leaveOutKnown(deps, key, record, incoming)
      if (fresh.length === 0) return 0
      const paths = writesOf(key, nextRecord(viewer, body, record, fresh), record?.count ?? 0, fresh)
      if ((await writeGuarded(deps, paths)) === 'written') return fresh.length
    }
    throw unavailable()
  })
  if (inserted > 0) await deps.indexChat(key)
  return inserted
}

const reused = (id: string | undefined): AppError =>
  new AppError('conflict', `client_message_id ${id} was used for another message. Nothing was stored.`)

function withoutRepeats(incoming: readonly Incoming[]): Incoming[] {
  const digests = new Map<string, string>()
  return incoming.filter(({ hash, digest, given }) => {
    if (hash === undefined) return true
    const before = digests.get(hash)
    if (before !== undefined && before !== digest) throw reused(given.client_message_id)
    digests.set(hash, digest)
    return before === undefined
  })
}

async function leaveOutKnown(
  deps: StoreDeps,
  key: string,
  record: ChatRecord | undefined,
  incoming: readonly Incoming[],
): Promise<Incoming[]> {
  const named = incoming.filter(({ hash }) => hash !== undefined)
  if (record === undefined || named.length === 0) return [...incoming]
  const known = new Map<string, unknown>()
  await Promise.all(
    named.map(async ({ hash = '' }) => {
      const digest = await readAccepted(deps, `chat_message_ids/${key}/${hash}`)
      if (digest !== null) known.set(hash, digest)
    }),
  )
  if (record.archived > 0) {
    const collection = chatDocument(deps.firestore, key).collection('message_ids')
    const documents = await deps.firestore.getAll(...named.map(({ hash = '' }) => collection.doc(hash)))
    for (const document of documents) if (document.exists) known.set(document.id, document.get('digest'))
  }
  return incoming.filter(({ hash, digest, given }) => {
    const before = hash === undefined ? undefined : known.get(hash)
    if (before !== undefined && before !== digest) throw reused(given.client_message_id)
    return before === undefined
  })
}

function nextRecord(
  viewer: ChatViewer,
  { conversation_id, user_id }: PostChatsBody,
  record: ChatRecord | undefined,
  fresh: readonly Incoming[],
) {
  const users = new Set(record?.users).add(user_id)
  if (users.size > CHAT_USERS_MAX) {
    throw new AppError('conflict', `A conversation may have ${CHAT_USERS_MAX} users at most.`)
  }
  const last = fresh.at(-1)?.given
  return {
    rev: (record?.rev ?? 0) + 1,
    conversation_id,
    company_id: viewer.company_id,
    users: [...users],
    count: (record?.count ?? 0) + fresh.length,
    archived: record?.archived ?? 0,
    started_at: record?.started_at ?? ServerValue.TIMESTAMP,
    last_message_at: ServerValue.TIMESTAMP,
    last_message: last?.content,
    last_timestamp: last?.timestamp,
    last_written_at: chatTimeOf(last?.timestamp ?? ''),
    active_at: ServerValue.TIMESTAMP,
    index_due: ServerValue.TIMESTAMP,
  }
}

function writesOf(
  key: string,
  record: object,
  from: number,
  fresh: readonly Incoming[],
): Record<string, unknown> {
  const paths: Record<string, unknown> = { [`active_chats/${key}`]: record }
  for (const [at, { stored, hash, digest }] of fresh.entries()) {
    const received_at = ServerValue.TIMESTAMP
    paths[`chat_messages/${key}/${messageIdAt(from + at)}`] = { ...stored, received_at }
    if (hash !== undefined) paths[`chat_message_ids/${key}/${hash}`] = digest
  }
  return paths
}

const turns = new Map<string, Promise<unknown>>()

/** One writer at a time for each chat in a process: of many at once all but one would be refused and begin again. */
async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(key) ?? Promise.resolve()).then(work)
  const settled = mine.then(
    () => undefined,
    () => undefined,
  )
  turns.set(key, settled)
  try {
    return await mine
  } finally {
    if (turns.get(key) === settled) turns.delete(key)
  }
}
