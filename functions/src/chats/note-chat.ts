import type { Audit } from '../audit/audit.ts'
import type { AuditAction } from '../audit/schema.ts'
import { type Access, noteAccess } from '../conversations/note-access.ts'
import type { ChatViewer } from './policy.ts'

/**
 * Whoever turns pages, polls for a summary or lists again within so long is still at the same reading, ms: about as long as
 * a stream of a call's conversation lasts, which is noted when it begins.
 */
export const CHAT_READING_MS = 15 * 60_000

/**
 * Notes a decision on access to a chat, as those on calls are. The log of a company names a chat by its key: its own id is
 * another company's as well. Callers without a token have no company, and nobody who could read a log of theirs.
 *
 * @param conversationId the chat's key, or what was asked for where there is no chat; null: of all that a person has
 * @throws AppError `unavailable` when the log can take no more: what cannot be noted is not shown.
 */
export function noteChat(
  audit: Audit,
  { uid, role, company_id }: ChatViewer,
  access: { action: AuditAction; conversationId: string | null; decision: Access['decision'] },
): void {
  if (role === 'anonymous') return
  noteAccess(audit, { viewer: { uid, role, company_id }, ...access, callId: null, lastsMs: CHAT_READING_MS })
}
