import type { AdminRole, Role } from '../auth/schema.ts'

/**
 * `read`: see the conversation and its call. `write`: answer in it, end it, hand it back, change its urgency.
 * `take-over`: become the one who holds the call.
 */
export type Action = 'read' | 'write' | 'take-over'

/** What the policy needs to know about the caller; an `Actor` is one. */
export type Viewer = { readonly uid: string; readonly role: Role; readonly company_id: string }

/** A conversation, as far as access goes. Companies come from Firestore and never from the call record. */
export type Subject = {
  readonly status: 'ACTIVE' | 'ENDED'
  /** `workers/{worker_id}.company_id`; null when there is no such worker. */
  readonly workerCompanyId: string | null
  /** Who took the call over, with their `admins/{id}` record; null while the call is unassigned. */
  readonly holder: Holder | null
}

export type Holder = {
  readonly adminId: string
  /** Null when there is no such admin. */
  readonly companyId: string | null
  readonly managerId: string | null
}

export type Denial =
  | 'not-an-admin'
  | 'unknown-worker'
  | 'other-company'
  | 'held-by-another'
  | 'not-the-holder'
  | 'already-held'
  | 'ended'

export type Decision = 'allow' | Denial

const ADMIN_ROLES: readonly Role[] = ['agent', 'manager', 'admin'] satisfies AdminRole[]

/**
 * May this caller do this to this conversation? (spec 1 "Access Control", DESIGN 3.)
 * An admin sees a conversation of their own company whose call they hold or nobody holds; a manager also sees
 * those that their own agents hold. Only the holder writes. Whatever is not allowed here is denied.
 */
export function decideAccess(viewer: Viewer, subject: Subject, action: Action): Decision {
  const visible = decideRead(viewer, subject)
  if (visible !== 'allow' || action === 'read') return visible
  if (subject.status === 'ENDED') return 'ended'
  if (action === 'write') return subject.holder?.adminId === viewer.uid ? 'allow' : 'not-the-holder'
  return subject.holder === null ? 'allow' : 'already-held'
}

/** May this caller ask for the board of calls at all? What they see on it is judged call by call. */
export const decideBoard = ({ role }: Pick<Viewer, 'role'>): Decision =>
  ADMIN_ROLES.includes(role) ? 'allow' : 'not-an-admin'

function decideRead(viewer: Viewer, { workerCompanyId, holder }: Subject): Decision {
  const asAdmin = decideBoard(viewer)
  if (asAdmin !== 'allow') return asAdmin
  if (workerCompanyId === null) return 'unknown-worker'
  if (workerCompanyId !== viewer.company_id) return 'other-company'
  if (holder === null || holder.adminId === viewer.uid) return 'allow'
  const managesHolder =
    viewer.role === 'manager' && holder.managerId === viewer.uid && holder.companyId === viewer.company_id
  return managesHolder ? 'allow' : 'held-by-another'
}
