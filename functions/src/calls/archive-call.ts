import { archiveMessages } from './archive-messages.ts'
import { directEnd, noteHistory } from './note-history.ts'
import type { Database } from 'firebase-admin/database'
import { boardPath } from '../conversations/board-record.ts'
import { type StoredMessage, digestOf } from '../conversations/archived-message.ts'
import { readEvents } from '../conversations/call-events.ts'
import { parseCall } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'

export type ArchiveDeps = Pick<Deps, 'writes' | 'transactions' | 'firestore' | 'clock' | 'log' | 'audit'> & {
  /** What is to be done as soon as an archive is complete, or has grown. What fails of it is left to whoever sweeps. */
  whenArchived?: (conversationId: string) => Promise<unknown>
}

/** The steps of an archiving; a test stops the process at each of them. */
export type ArchiveStep = 'read' | 'batch-written' | 'marked' | 'ids-kept' | 'conversation-removed'
export type OnStep = (step: ArchiveStep) => Promise<void>
const goOn: OnStep = () => Promise.resolve()

/** Messages may come in while we copy, but hardly this often in a row. */
const ATTEMPTS = 5

/**
 * Moves an ended call from the Realtime Database to Firestore: first every message, then the mark that makes them an
 * archive, then its ids among those that no worker may use again, and only then is anything removed, and only what is
 * in the archive. Each step may be repeated, by several
 * at once too, so whoever comes after a crash just does it again.
 *
 * @returns `archived` also when only the rest of the work was left to do; `malformed` calls are left where they are
 * @throws when a database does not answer, and another attempt could help.
 */
export async function archiveCall(
  deps: ArchiveDeps,
  callId: string,
  onStep: OnStep = goOn,
): Promise<'archived' | 'not-ended' | 'gone' | 'malformed'> {
  if (!Id.safeParse(callId).success) return 'malformed'
  const stored: unknown = (await deps.writes.ref(`active_calls/${callId}`).get()).val()
  if (stored === null) return 'gone'
  const call = parseCall(stored)
  if (call === undefined) return 'malformed'
  if (call.status !== 'ENDED') return 'not-ended'
  const { conversation_id } = call
  if (!(await archiveConversation(deps, conversation_id, { callId, call, stored }, onStep)))
    return 'malformed'
  await onStep('conversation-removed')
  await removeIf(deps.transactions, `active_calls/${callId}`, (now) => {
    const current = parseCall(now)
    return current?.status === 'ENDED' && current.conversation_id === conversation_id
  })
  return 'archived'
}

/**
 * Adds messages that came after their conversation was archived and removed. They lie where it was, without a call.
 *
 * @returns false when there is no archive to add them to
 */
export const archiveLateMessages = (deps: ArchiveDeps, conversationId: string): Promise<boolean> =>
  archiveConversation(deps, conversationId, undefined, goOn)

/** A call as the archive keeps it. */
export interface EndedCall {
  callId: string
  call: NonNullable<ReturnType<typeof parseCall>>
  /** As it was stored, with what we do not know. */
  stored: unknown
}

async function archiveConversation(
  deps: ArchiveDeps,
  conversationId: string,
  ended: EndedCall | undefined,
  onStep: OnStep,
): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { writes } = deps
    const [conversation, teamSeen] = await Promise.all(
      [`active_conversations/${conversationId}`, `team_seen/${conversationId}`].map(async (path) =>
        (await writes.ref(path).get()).val(),
      ),
    )
    const { messages, callId, rest } = parts(conversation, teamSeen)
    // A call may name any conversation; only its own is moved with it.
    if (callId !== undefined && callId !== ended?.callId) {
      deps.log.warn({ conversationId, callId: ended?.callId }, 'conversation of another call left alone')
      return false
    }
    await onStep('read')
    if (!(await archiveMessages(deps, conversationId, { ended, messages, rest }, onStep))) return false
    await onStep('marked')
    if (ended !== undefined) await keepIds(writes, conversationId, ended.callId)
    await onStep('ids-kept')
    // As long as it is not all in the audit log nothing is removed, and a sweep comes back.
    if (ended !== undefined) {
      const { callId: id, call, stored } = ended
      const events = [...readEvents(stored), ...directEnd(call, stored)]
      await noteHistory(deps, { callId: id, call, events, messages })
    }
    const digest = digestOf(messages)
    const isCopied = (now: unknown) => digestOf(parts(now, null).messages) === digest
    if (await removeIf(deps.transactions, `active_conversations/${conversationId}`, isCopied)) {
      await writes.ref().update({
        [`team_seen/${conversationId}`]: null,
        [`live_summaries/${conversationId}`]: null,
        [`uploads/${conversationId}`]: null,
        ...(ended?.call.company_id !== undefined && {
          [boardPath(ended.call.company_id, ended.callId)]: null,
        }),
      })
      await goFurther(deps, conversationId)
      return true
    }
  }
  throw new Error('messages kept coming while their conversation was archived')
}

async function goFurther({ whenArchived, log }: ArchiveDeps, conversationId: string): Promise<void> {
  try {
    await whenArchived?.(conversationId)
  } catch (error) {
    log.warn({ conversationId, err: error }, 'what follows an archive is left to a sweep')
  }
}

/** The rules see only this database: they learn here which ids are taken for ever, before nothing else tells them. */
const keepIds = (writes: Database, conversationId: string, callId: string): Promise<void> =>
  writes.ref('archived_ids').update({ [conversationId]: true, [callId]: true })

/** What lives only as long as the conversation is open goes with it. */
function parts(conversation: unknown, teamSeen: unknown) {
  const node = typeof conversation === 'object' && conversation !== null ? conversation : {}
  const {
    messages,
    call_id,
    typing: _t,
    presence: _p,
    check: _c,
    ...others
  } = node as Record<string, unknown>
  const rest = { ...others, ...(teamSeen !== null && { team_seen: teamSeen }) }
  const list: StoredMessage[] = Object.entries(messages ?? {})
  return { messages: list, callId: typeof call_id === 'string' ? call_id : undefined, rest }
}

/** Removes what is at `path` in one step with making sure that it is what it should be; false when it is not. */
async function removeIf(
  transactions: Database,
  path: string,
  isExpected: (now: unknown) => boolean,
): Promise<boolean> {
  let isRemoved = true
  await transactions.ref(path).transaction(
    (now: unknown) => {
      // Also what the SDK begins with before it has asked; to answer null makes the server tell what is there.
      isRemoved = now === null || isExpected(now)
      return isRemoved ? null : undefined
    },
    undefined,
    false,
  )
  return isRemoved
}
