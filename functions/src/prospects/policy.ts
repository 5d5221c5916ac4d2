import type { Role } from '../auth/schema.ts'

/** What somebody may want to do with their company's prospects. */
export type ProspectAction = 'read' | 'import'

const READERS: ReadonlySet<Role> = new Set<Role>(['agent', 'manager', 'admin'])
const KEEPERS: ReadonlySet<Role> = new Set<Role>(['manager', 'admin'])

/** Every admin reads the prospects of their company and asks them; managers bring them in. Nobody has another company's. */
export function decideProspects(
  { role }: { role: Role },
  action: ProspectAction,
): 'allow' | 'not-an-admin' | 'not-a-manager' {
  if (!READERS.has(role)) return 'not-an-admin'
  if (action === 'import' && !KEEPERS.has(role)) return 'not-a-manager'
  return 'allow'
}
