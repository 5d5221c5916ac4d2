import type { AdminRole, Role } from '../auth/schema.ts'

/**
 * What somebody may want to do with a call and its conversation. `write`: answer in it. `transfer`: offer it to
 * another admin, who answers with `accept-transfer` or `decline-transfer`.
 */
export type Action =
  | 'read'
  | 'write'
  | 'take-over'
  | 'release'
  | 'end'
  | 'set-urgency'
  | 'transfer'
  | 'accept-transfer'
  | 'decline-transfer'

/** What the policy needs to know about the caller; an `Actor` is one. */
export type Viewer = { readonly uid: string; readonly role: Role; readonly company_id: string }

/** A conversation, as far as access goes. Companies come from Firestore and never from the call record. */
export type Subject = {
  readonly status: 'ACTIVE' | 'ENDED'
  /** `workers/{worker_id}.company_id`; null when there is no such worker. */
  readonly workerCompanyId: string | null
  /** Who took the call over, with their `admins/{id}` record; null while the call is unassigned. */
  readonly holder: Holder | null
  /** To whom the holder has offered the call. */
  readonly offeredTo?: string | null
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
  | 'not-offered'
  | 'ended'

export type Decision = 'allow' | Denial

const ADMIN_ROLES: readonly Role[] = ['agent', 'manager', 'admin'] satisfies AdminRole[]

/**
 * May this caller do this to this conversation? (spec 1 "Access Control", DESIGN 3.)
 * - An admin sees a conversation of their own company whose call they hold, or nobody holds, or was offered to them;
 *   a manager also sees those that their own agents hold. The same goes for ended ones.
 * - Whoever holds a call answers in it, sets its urgency and offers it to others. Their manager may hand it back and
 *   end it too, for agents leave, but acts in it only after taking it over.
 * - A call is taken over only while nobody holds it. Everybody in the company may learn that it is held, and by whom.
 * - Ending what has ended, and taking over or accepting what one holds, change nothing and are allowed, so that they
 *   can be repeated.
 * Whatever is not allowed here is denied.
 */
export function decideAccess(viewer: Viewer, subject: Subject, action: Action): Decision {
  const asMember = decideMember(viewer, subject)
  if (asMember !== 'allow') return asMember
  const visible = decideRead(viewer, subject)
  if (action === 'read') return visible
  const { status, holder, offeredTo = null } = subject
  const isHolder = holder?.adminId === viewer.uid
  const isManager = holder !== null && managesHolder(viewer, holder)
  const notTheHolder: Denial = visible === 'allow' ? 'not-the-holder' : visible
  if (status === 'ENDED') return action === 'end' && (isHolder || isManager) ? 'allow' : 'ended'
  switch (action) {
    case 'take-over':
      return holder === null || isHolder ? 'allow' : 'already-held'
    case 'write':
    case 'set-urgency':
    case 'transfer':
      return isHolder ? 'allow' : notTheHolder
    case 'release':
    case 'end':
      return isHolder || isManager ? 'allow' : notTheHolder
    case 'accept-transfer':
      return offeredTo === viewer.uid || isHolder ? 'allow' : 'not-offered'
    case 'decline-transfer':
      // The holder takes the offer back.
      return offeredTo !== null && (offeredTo === viewer.uid || isHolder) ? 'allow' : 'not-offered'
    default:
      return 'not-the-holder'
  }
}

/** May this caller ask for the board of calls at all? What they see on it is judged call by call. */
export const decideBoard = ({ role }: Pick<Viewer, 'role'>): 'allow' | 'not-an-admin' =>
  ADMIN_ROLES.includes(role) ? 'allow' : 'not-an-admin'

/** Is this an admin of the company of the call's worker? Everybody else is told nothing of it. */
function decideMember(viewer: Viewer, { workerCompanyId }: Subject): 'allow' | Denial {
  const asAdmin = decideBoard(viewer)
  if (asAdmin !== 'allow') return asAdmin
  if (workerCompanyId === null) return 'unknown-worker'
  return workerCompanyId === viewer.company_id ? 'allow' : 'other-company'
}

function decideRead(viewer: Viewer, { holder, offeredTo = null }: Subject): 'allow' | Denial {
  if (holder === null || holder.adminId === viewer.uid || offeredTo === viewer.uid) return 'allow'
  return managesHolder(viewer, holder) ? 'allow' : 'held-by-another'
}

/** Is this the manager of who holds it? */
export const managesHolder = (viewer: Viewer, holder: Holder): boolean =>
  viewer.role === 'manager' && holder.managerId === viewer.uid && holder.companyId === viewer.company_id
