import type { CallRecord } from '../calls/schema.ts'
import type { Directory } from './directory.ts'
import type { Subject } from './policy.ts'

/** What a person is told whom the policy refused (spec 1). */
export const ACCESS_DENIED = "Access denied. You don't have permission to view this conversation."

/** A call as it was archived, and the company that its worker belonged to then. */
export type ArchivedCall = CallRecord & { readonly archivedFor: string | null }

/**
 * Gathers what the policy asks about a call; at once when the directory knows it already. What is archived stays with
 * the company it was archived for: nobody takes it along to another.
 */
export function subjectOf(
  call: Pick<CallRecord, 'worker_id' | 'admin_id' | 'status' | 'transfer'> &
    Partial<Pick<ArchivedCall, 'archivedFor'>>,
  directory: Directory,
): Subject | Promise<Subject> {
  const { status, admin_id, transfer } = call
  const worker = directory.worker(call.worker_id)
  const admin = admin_id === null ? null : directory.admin(admin_id)
  const build = (known: Awaited<typeof worker>, holder: Awaited<typeof admin>): Subject => ({
    status,
    workerCompanyId: call.archivedFor === undefined ? (known?.company_id ?? null) : call.archivedFor,
    offeredTo: transfer?.to ?? null,
    holder:
      admin_id === null
        ? null
        : { adminId: admin_id, companyId: holder?.company_id ?? null, managerId: holder?.manager_id ?? null },
  })
  if (worker instanceof Promise || admin instanceof Promise) {
    return Promise.all([worker, admin]).then(([known, holder]) => build(known, holder))
  }
  return build(worker, admin)
}
