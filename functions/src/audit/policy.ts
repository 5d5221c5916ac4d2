import type { Role } from '../auth/schema.ts'

/** May this caller read the audit log? Managers and administrators may, and only that of their own company. */
export const decideAudit = ({ role }: { readonly role: Role }): 'allow' | 'not-a-manager' =>
  role === 'manager' || role === 'admin' ? 'allow' : 'not-a-manager'
