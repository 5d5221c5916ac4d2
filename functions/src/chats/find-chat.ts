import type { AuditAction } from '../audit/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { type ChatRecord, chatKey, readRecord } from './chat-record.ts'
import { noteChat } from './note-chat.ts'
import { type ChatViewer, decideChat } from './policy.ts'
import { isChatKey } from './schema.ts'

export interface FoundChat {
  key: string
  record: ChatRecord
}

/**
 * The chat of this id that the caller may read; also by the key under which the index of conversations lists it. The
 * decision goes to the audit log, so who asks here has nothing more to tell.
 *
 * @param as what the access stands in the audit log as
 * @throws AppError `not-found` for one that is not there or not theirs to see, `unavailable` when the database does
 * not answer or the log can take no more.
 */
export async function findChat(
  deps: Pick<Deps, 'writes' | 'clock' | 'audit'>,
  viewer: ChatViewer,
  id: string,
  as: AuditAction,
): Promise<FoundChat> {
  const keys = Id.safeParse(id).success
    ? [chatKey(viewer.company_id, id), ...(isChatKey(id) ? [id] : [])]
    : []
  let denied: { decision: 'not-found' | 'not-a-member'; conversationId: string } = {
    decision: 'not-found',
    conversationId: id,
  }
  for (const key of keys) {
    const record = await readRecord(deps, key)
    const decision = record && decideChat(viewer, record)
    if (record !== undefined && decision === 'allow') {
      noteChat(deps.audit, viewer, { action: as, conversationId: key, decision })
      return { key, record }
    }
    // Their own company's: its managers may know of which. Another company's is as unknown as one that is not there.
    if (decision === 'not-a-member') denied = { decision, conversationId: key }
  }
  noteChat(deps.audit, viewer, { action: as, ...denied })
  throw unknownChat()
}

export const unknownChat = (): AppError => new AppError('not-found', 'Conversation not found.')
