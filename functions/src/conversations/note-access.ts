import type { Audit } from '../audit/audit.ts'
import type { AuditAction } from '../audit/schema.ts'
import { Id } from '../platform/schema.ts'
import type { Decision, Viewer } from './policy.ts'
import type { Conflict } from './refuse-act.ts'

/** Somebody has asked for something of a conversation or a call, and it was decided. */
export interface Access {
  viewer: Viewer
  action: AuditAction
  /** As far as it was named, or found. */
  conversationId: string | null
  callId: string | null
  /** `not-found`: there is no such conversation or call; the two after it are said of chats. */
  decision: Decision | Conflict | 'not-found' | 'not-a-member' | 'another-user'
  /** For what is read page by page: how long that is one reading, ms (`AuditEvent`). */
  lastsMs?: number
}

/** Said every few seconds by everybody who reads and writes; what was read and written stands in the log by itself. */
const NOTED_ONLY_WHEN_DENIED = new Set<AuditAction>(['conversation.seen', 'conversation.typing'])

const STRANGE = new Set<Access['decision']>(['not-found', 'other-company', 'unknown-worker'])

/**
 * Notes a decision on access. Everything stands in the log of the caller's own company: for what was allowed that is the
 * conversation's too, and what was denied to a stranger tells their managers no more than it told the stranger.
 *
 * @throws AppError `unavailable` when the log can take no more: what cannot be noted is not shown.
 */
export function noteAccess(audit: Audit, access: Access): void {
  const { viewer, action, conversationId, callId, decision, lastsMs } = access
  const isAllowed = decision === 'allow'
  if (isAllowed && NOTED_ONLY_WHEN_DENIED.has(action)) return
  const isStrange = STRANGE.has(decision)
  const isOutsider = isStrange || decision === 'not-an-admin'
  audit.record({
    actor: viewer,
    action,
    outcome: isAllowed ? 'allowed' : 'denied',
    ...(!isAllowed && { reason: isStrange ? 'not-found' : decision }),
    company_id: viewer.company_id,
    conversation_id: Id.safeParse(conversationId).data ?? null,
    // An outsider named one of the two, and learns nothing of the other.
    call_id: isOutsider && conversationId !== null ? null : (Id.safeParse(callId).data ?? null),
    ...(isAllowed && lastsMs !== undefined && { lastsMs }),
  })
}
