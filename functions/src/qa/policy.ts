import type { Role } from '../auth/schema.ts'

/** `change`: cancel it, or have its summary written anew. */
export type SessionAction = 'read' | 'change'

export interface SessionSubject {
  readonly company_id: string
  readonly created_by: string
}

const ADMIN_ROLES: ReadonlySet<Role> = new Set<Role>(['agent', 'manager', 'admin'])
const LEADING_ROLES: ReadonlySet<Role> = new Set<Role>(['manager', 'admin'])

/** May they ask at all, and see the list of what their company asked? */
export const decideAsking = ({ role }: { role: Role }): 'allow' | 'not-an-admin' =>
  ADMIN_ROLES.has(role) ? 'allow' : 'not-an-admin'

/**
 * Every admin sees the sessions of their own company; who asked, and whoever leads, may change them. To other companies a
 * session does not exist.
 */
export function decideSession(
  viewer: { readonly uid: string; readonly role: Role; readonly company_id: string },
  session: SessionSubject,
  action: SessionAction,
): 'allow' | 'not-an-admin' | 'other-company' | 'not-the-asker' {
  const asking = decideAsking(viewer)
  if (asking !== 'allow') return asking
  if (viewer.company_id !== session.company_id) return 'other-company'
  if (action === 'read' || viewer.uid === session.created_by || LEADING_ROLES.has(viewer.role)) {
    return 'allow'
  }
  return 'not-the-asker'
}
