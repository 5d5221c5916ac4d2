import type { AuditAction } from '../audit/schema.ts'
import type { Actor } from '../auth/actor.ts'
import { CHAT_READING_MS } from '../chats/note-chat.ts'
import { isChatKey } from '../chats/schema.ts'
import { subjectOf } from '../conversations/access.ts'
import { conversationDocument } from '../conversations/archive.ts'
import { authorize, unknownConversation } from '../conversations/authorize.ts'
import type { Directory } from '../conversations/directory.ts'
import { noteAccess } from '../conversations/note-access.ts'
import { type Subject, decideAccess } from '../conversations/policy.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { answered } from '../streaming/answered.ts'
import { StoredConversation, subjectOfStored } from './stored-conversation.ts'

export type FindDeps = Parameters<typeof authorize>[0] &
  Pick<Deps, 'database' | 'firestore' | 'clock' | 'log'> & { directory: Directory }

/** A conversation that the caller may read. */
export interface FoundConversation {
  id: string
  /** The conversation of an emergency call: its facts are the call's, and nobody changes them here. */
  isCall: boolean
  /** It has messages in Firestore and not in the Realtime Database. */
  archived: boolean
  stored: StoredConversation
  /** The document as it is; empty while there is none of a call that has just begun. */
  data: Record<string, unknown>
  /** Its holder, or the manager of its holder. */
  mayChange: boolean
}

/**
 * A conversation of specs 3 and 4, for a caller who may read it. The call of an emergency is asked itself and not its
 * index, which follows a moment later.
 *
 * @param as what it stands in the audit log as; null: the caller tells it
 * @throws AppError `not-found` also for what the caller may not read; `unavailable` when a database does not answer.
 */
export async function findConversation(
  deps: FindDeps,
  actor: Actor,
  id: string,
  as: AuditAction | null,
): Promise<FoundConversation> {
  if (!Id.safeParse(id).success) throw unknownConversation()
  const document = await answered(conversationDocument(deps.firestore, id).get(), deps.clock)
  const data = document.data() ?? {}
  const stored = StoredConversation.safeParse(data)
  if (document.exists && stored.success && !stored.data.call_id) {
    const subject = await subjectOfStored(stored.data, deps.directory)
    const decision = decideAccess(actor, subject, 'read')
    if (as !== null) {
      noteAccess(deps.audit, {
        viewer: actor,
        action: as,
        conversationId: id,
        callId: null,
        decision,
        // What is said about a chat is part of reading it.
        ...(isChatKey(id) && { lastsMs: CHAT_READING_MS }),
      })
    }
    if (decision !== 'allow') throw unknownConversation()
    return {
      id,
      isCall: false,
      archived: stored.data.archive !== undefined && stored.data.archive !== null,
      stored: stored.data,
      data,
      mayChange: decideChange(actor, subject),
    }
  }
  return await findCall(deps, actor, { id, data, as })
}

async function findCall(
  deps: FindDeps,
  actor: Actor,
  { id, data, as }: { id: string; data: Record<string, unknown>; as: AuditAction | null },
): Promise<FoundConversation> {
  const { directory } = deps
  const { call, callId, archived } = await authorizeOrUnknown(deps, actor, id, as)
  const subject = await subjectOf(call, directory)
  const stored = StoredConversation.parse({
    ...data,
    call_type: 'emergency',
    // What is archived stays with its company, whoever its worker works for now.
    company_id: subject.workerCompanyId,
    agent_id: call.admin_id,
    status: call.status,
    started_at: call.started_at ?? null,
    ended_at: call.ended_at ?? data.ended_at ?? null,
    call_id: callId,
    worker_id: call.worker_id,
    mobile_no: call.mobile_no,
    urgency: call.urgency,
    medium: call.medium,
  })
  return { id, isCall: true, archived, stored, data, mayChange: decideChange(actor, subject) }
}

async function authorizeOrUnknown(deps: FindDeps, actor: Actor, id: string, as: AuditAction | null) {
  try {
    return await authorize(deps, actor, id, 'read', { strangers: 'learn-nothing', as })
  } catch (error) {
    if (error instanceof AppError && error.code === 'forbidden') throw unknownConversation()
    throw error
  }
}

/** What is said about a conversation is changed by whoever may end a call: its holder and the holder's manager. */
const decideChange = (actor: Actor, subject: Subject): boolean =>
  decideAccess(actor, { ...subject, status: 'ACTIVE', offeredTo: null }, 'end') === 'allow'
