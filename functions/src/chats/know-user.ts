import type { Directory } from '../conversations/directory.ts'

/** Somebody who wrote in a chat. */
export interface KnownUser {
  id: string
  /** Their id, unless they are known by name. */
  name: string
  role?: 'dispatcher' | 'worker'
}

/**
 * Who a user of a company's chats is. Users are whoever the company says they are; only its workers and its staff are known
 * by name, and nobody of another company is.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function knowUser(directory: Directory, companyId: string, id: string): Promise<KnownUser> {
  const [worker, admin] = await Promise.all([directory.worker(id), directory.admin(id)])
  if (admin?.company_id === companyId) return { id, name: admin.name || id, role: 'dispatcher' }
  if (worker?.company_id === companyId) return { id, name: worker.name || id, role: 'worker' }
  return { id, name: id }
}
