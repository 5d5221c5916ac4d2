import { z } from 'zod'
import { AdminRole } from '../auth/schema.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import type { Colleague } from './schema.ts'

const AdminRecord = z.object({ name: z.string().default(''), role: AdminRole })

/** More than any company has; a list that is cut says so in the log. */
const LIMIT = 1_000
const READ_TIMEOUT_MS = 10_000

/**
 * The admins of a company by name, of whom the console speaks and to whom calls can be handed on.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function listAdmins(
  { firestore, clock, log }: Pick<Deps, 'firestore' | 'clock' | 'log'>,
  companyId: string,
): Promise<Colleague[]> {
  const query = firestore.collection('admins').where('company_id', '==', companyId).limit(LIMIT)
  const { docs } = await withTimeout(query.select('name', 'role').get(), READ_TIMEOUT_MS, clock).catch(
    (error: unknown) => {
      throw unavailable(error)
    },
  )
  if (docs.length === LIMIT) log.warn({ companyId }, 'not all admins of a company are listed')
  return docs
    .flatMap((document) => {
      const record = AdminRecord.safeParse(document.data())
      const id = Id.safeParse(document.id)
      if (!record.success || !id.success) return []
      return [{ admin_id: id.data, name: record.data.name || id.data, role: record.data.role }]
    })
    .toSorted((a, b) => a.name.localeCompare(b.name) || (a.admin_id < b.admin_id ? -1 : 1))
}
