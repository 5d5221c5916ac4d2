import type { Deps } from '../deps.ts'
import { type ChatRecord, chatDocument, readRecord } from './chat-record.ts'

export type IndexChat = (key: string) => Promise<void>

type IndexDeps = Pick<Deps, 'writes' | 'transactions' | 'firestore' | 'clock'>

/**
 * Brings `conversations/{chat_key}` up to date with the chat's record. A later state is never replaced by an earlier.
 *
 * @throws when a database does not answer; `index_due` stays on the record, and the sweep does it.
 */
export async function bringIndexUpToDate(deps: IndexDeps, key: string): Promise<void> {
  const record = await readRecord(deps, key)
  if (record === undefined) return
  const document = chatDocument(deps.firestore, key)
  await deps.firestore.runTransaction(async (transaction) => {
    const before: unknown = (await transaction.get(document)).get('rev')
    // Deleted since we looked: from here on a deletion waits for us, and takes away what we write.
    if ((await readRecord(deps, key)) === undefined) return
    // Merged, for others keep fields of their own in this document.
    if (typeof before !== 'number' || before < record.rev)
      transaction.set(document, indexOf(record), { merge: true })
  })
  const { index_due } = record
  if (index_due === undefined) return
  await deps.transactions
    .ref(`active_chats/${key}/index_due`)
    // Also what the SDK begins with before it has asked; to answer null makes the server tell what is there.
    .transaction((now: unknown) => (now === null || now === index_due ? null : undefined), undefined, false)
}

/** By whom a user's chats are found: users' ids are each company's own. */
export const memberName = (companyId: string, userId: string): string => `${companyId}/${userId}`

/** What the index of conversations keeps of a chat (DESIGN 2). Times are ms since 1970. */
function indexOf(record: ChatRecord) {
  const { rev, conversation_id, company_id, users, count, started_at, last_message_at } = record
  const isActive = record.active_at !== undefined
  return {
    call_type: 'chat',
    rev,
    conversation_id,
    company_id,
    status: isActive ? 'ACTIVE' : 'ENDED',
    admin_id: null,
    // Everybody of the company is at it: it is listed with what nobody holds.
    agent_id: null,
    participants: users,
    members: users.map((user) => memberName(company_id, user)),
    message_count: count,
    started_at,
    last_message_at,
    ended_at: isActive ? null : last_message_at,
    last_message: record.last_message,
    last_timestamp: record.last_timestamp,
    last_written_at: record.last_written_at,
  }
}

/**
 * Indexes chats as their messages come: of many batches at once for one chat only the last state is written, since
 * Firestore takes about one write a second for a document. Resolves when the state at the time of the call is in;
 * a failure is logged and left to the sweep, for the messages are stored.
 */
export function createIndexChat(deps: IndexDeps & Pick<Deps, 'log'>): IndexChat {
  const running = new Map<string, { current: Promise<void>; next: Promise<void> | undefined }>()

  const run = async (key: string): Promise<void> => {
    try {
      await bringIndexUpToDate(deps, key)
    } catch (error) {
      deps.log.warn({ chatKey: key, err: error }, 'chat could not be indexed')
    }
  }

  return (key) => {
    const before = running.get(key)
    if (before !== undefined) return (before.next ??= before.current.then(() => start(key)))
    return start(key)
  }

  function start(key: string): Promise<void> {
    const current = run(key).finally(() => {
      if (running.get(key)?.current === current && running.get(key)?.next === undefined) running.delete(key)
    })
    running.set(key, { current, next: undefined })
    return current
  }
}
