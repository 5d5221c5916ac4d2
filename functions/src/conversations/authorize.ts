import type { CallRecord } from '../calls/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { ACCESS_DENIED, subjectOf } from './access.ts'
import type { Directory } from './directory.ts'
import { type Action, type Decision, type Viewer, decideAccess } from './policy.ts'
import { decideLease, refuseAct } from './refuse-act.ts'
import { readCallOf } from './store.ts'

export interface Authorized {
  conversationId: string
  callId: string
  call: CallRecord
}

/**
 * The call of a conversation, for a caller who may do `action` with it. Reads no message.
 *
 * @throws AppError `not-found` for an unknown conversation or call (spec 1: 404), `forbidden` where the policy
 * says no (403), `unavailable` when the database does not answer.
 */
export async function authorize(
  deps: Pick<Deps, 'database' | 'clock' | 'log'> & { directory: Directory },
  viewer: Viewer,
  id: string,
  action: Action,
): Promise<Authorized> {
  const conversationId = Id.safeParse(id)
  if (!conversationId.success) throw unknownConversation()
  const found = await readCallOf(deps, conversationId.data)
  if (found === undefined) throw unknownConversation()
  refuseUnlessAllowed(decideAccess(viewer, await subjectOf(found.call, deps.directory), action))
  return { conversationId: conversationId.data, ...found }
}

/**
 * The call of a conversation, for a caller who wants to act in it now, under `lease` when they name one. Read through
 * `deps.writes`, so that whoever was just given a call is known to hold it.
 *
 * @throws AppError as `refuseAct` does, and `unavailable` when a database does not answer.
 */
export async function authorizeAct(
  deps: Pick<Deps, 'writes' | 'clock' | 'log'> & { directory: Directory },
  viewer: Viewer,
  id: string,
  { action, lease }: { action: Exclude<Action, 'read'>; lease?: number | undefined },
): Promise<Authorized> {
  const conversationId = Id.safeParse(id)
  if (!conversationId.success) throw unknownConversation()
  const found = await readCallOf({ ...deps, database: deps.writes }, conversationId.data)
  if (found === undefined) throw unknownConversation()
  const { directory } = deps
  const decision = decideAccess(viewer, await subjectOf(found.call, directory), action)
  await refuseAct(decideLease(decision, found.call, lease), found.call, {
    directory,
    unknown: unknownConversation,
  })
  return { conversationId: conversationId.data, ...found }
}

export const unknownConversation = (): AppError => new AppError('not-found', 'Conversation not found.')

/** @throws AppError `forbidden` for every decision but `allow`. */
export function refuseUnlessAllowed(decision: Decision): void {
  if (decision !== 'allow') throw new AppError('forbidden', ACCESS_DENIED)
}
