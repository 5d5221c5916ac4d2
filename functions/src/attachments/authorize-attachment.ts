import { readArchivedCallOf } from '../conversations/archive.ts'
import { type Authorized, authorize, authorizeAct, unknownConversation } from '../conversations/authorize.ts'
import type { Directory } from '../conversations/directory.ts'
import { noteAccess } from '../conversations/note-access.ts'
import type { Viewer } from '../conversations/policy.ts'
import { conflict } from '../conversations/refuse-act.ts'
import { readCallOf } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { decideOwnCall } from './policy.ts'

export type AttachmentDeps = Pick<
  Deps,
  'database' | 'writes' | 'guarded' | 'firestore' | 'clock' | 'log' | 'audit' | 'config'
> & { directory: Directory }

/**
 * The call of a conversation, for somebody who wants to see an attachment of it or add one: its worker, or an admin as
 * for its messages. Another company's conversation answers as an unknown one.
 *
 * @param as what an admin's reading stands in the audit log as; null: what they do is told already
 * @throws AppError `not-found`, `forbidden`, `conflict`, `unavailable`, as `authorize` and `authorizeAct` do.
 */
export async function authorizeAttachment(
  deps: AttachmentDeps,
  viewer: Viewer,
  id: string,
  action: 'read' | 'upload',
  as: 'media.read' | null = 'media.read',
): Promise<Authorized> {
  if (viewer.role === 'worker') return await authorizeWorker(deps, viewer, id, action)
  return action === 'read'
    ? await authorize(deps, viewer, id, 'read', { strangers: 'learn-nothing', as })
    : await authorizeAct(deps, viewer, id, { action: 'write', as: 'media.upload' })
}

async function authorizeWorker(
  deps: AttachmentDeps,
  viewer: Viewer,
  id: string,
  action: 'read' | 'upload',
): Promise<Authorized> {
  const found = await find(deps, id)
  const decision = found === undefined ? 'not-the-worker' : decideOwnCall(viewer, found.call, action)
  if (found !== undefined && decision === 'allow') return found
  noteAccess(deps.audit, {
    viewer,
    action: action === 'read' ? 'media.read' : 'media.upload',
    conversationId: id,
    callId: decision === 'ended' ? (found?.callId ?? null) : null,
    decision: decision === 'ended' ? 'ended' : 'not-found',
  })
  if (found !== undefined && decision === 'ended') throw await conflict('ended', found.call, deps.directory)
  throw unknownConversation()
}

async function find(deps: AttachmentDeps, id: string): Promise<Authorized | undefined> {
  const conversationId = Id.safeParse(id)
  if (!conversationId.success) return undefined
  // By the connection of what was written last: a call that has just started is there.
  const active = await readCallOf({ ...deps, database: deps.writes }, conversationId.data)
  if (active !== undefined) return { conversationId: conversationId.data, ...active, archived: false }
  const archived = await readArchivedCallOf(deps, conversationId.data)
  return archived && { conversationId: conversationId.data, ...archived, archived: true }
}
