import type { Viewer } from '../conversations/policy.ts'

/** A worker's call, as far as what they may do with its attachments goes. */
export interface OwnCall {
  readonly worker_id: string
  /** Absent on records of other back ends. */
  readonly company_id?: string
  readonly status: 'ACTIVE' | 'ENDED'
}

/**
 * May this worker do this with the attachments of this call? As the database's rules have it for its messages: they see
 * those of their own call, and add to them while it is active. Admins are judged as for messages (`decideAccess`).
 */
export function decideOwnCall(
  viewer: Viewer,
  call: OwnCall,
  action: 'read' | 'upload',
): 'allow' | 'not-the-worker' | 'ended' {
  const isWorker =
    viewer.role === 'worker' && call.worker_id === viewer.uid && call.company_id === viewer.company_id
  if (!isWorker) return 'not-the-worker'
  return action === 'upload' && call.status === 'ENDED' ? 'ended' : 'allow'
}
