import type { Role } from '../auth/schema.ts'

const ADMIN_ROLES: ReadonlySet<Role> = new Set<Role>(['agent', 'manager', 'admin'])
const LEADING_ROLES: ReadonlySet<Role> = new Set<Role>(['manager', 'admin'])

/** Every admin reads the procedures of their own company; whoever leads changes them. Workers get them in a call only. */
export function decideProcedures(
  { role }: { readonly role: Role },
  action: 'read' | 'change',
): 'allow' | 'not-an-admin' | 'not-a-manager' {
  if (!ADMIN_ROLES.has(role)) return 'not-an-admin'
  return action === 'read' || LEADING_ROLES.has(role) ? 'allow' : 'not-a-manager'
}
