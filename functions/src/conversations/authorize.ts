import type { AuditAction } from '../audit/schema.ts'
import type { CallRecord } from '../calls/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { ACCESS_DENIED, subjectOf } from './access.ts'
import { readArchivedCallOf } from './archive.ts'
import type { Directory } from './directory.ts'
import { type Access, noteAccess } from './note-access.ts'
import { type Action, type Decision, type Viewer, decideAccess, decideBoard } from './policy.ts'
import { decideLease, refuseAct } from './refuse-act.ts'
import { readCallOf } from './store.ts'

/** Who gives no Firestore means active conversations only; to them an archived one is unknown. */
type ArchiveSource = Partial<Pick<Deps, 'firestore'>>

export interface Authorized {
  conversationId: string
  callId: string
  call: CallRecord
  /** It has ended, and is read from Firestore now. */
  archived: boolean
}

export interface AuthorizeOptions {
  /** What spec 1 leaves open answers another company's conversation as an unknown one (DESIGN 4): `learn-nothing`. */
  strangers?: 'are-refused' | 'learn-nothing'
  /** What the access stands in the audit log as; `conversation.read` unless said otherwise. */
  as?: AuditAction
}

const ACT_NAMES: Record<Exclude<Action, 'read'>, AuditAction> = {
  write: 'message.send',
  'take-over': 'call.take-over',
  release: 'call.release',
  end: 'call.end',
  'set-urgency': 'call.set-urgency',
  transfer: 'call.transfer',
  'accept-transfer': 'call.accept-transfer',
  'decline-transfer': 'call.decline-transfer',
}

/** What an act stands in the audit log as. */
export const auditNameOf = (action: Exclude<Action, 'read'>): AuditAction => ACT_NAMES[action]

/**
 * The call of a conversation, for a caller who may do `action` with it. Reads no message. The decision goes to the
 * audit log, so who asks here has nothing more to tell; with `as: null` they tell it themselves.
 *
 * @throws AppError `not-found` for an unknown conversation or call (spec 1: 404), `forbidden` where the policy
 * says no (403), `unavailable` when the database does not answer.
 */
export async function authorize(
  deps: Pick<Deps, 'database' | 'clock' | 'log' | 'audit'> & ArchiveSource & { directory: Directory },
  viewer: Viewer,
  id: string,
  action: Action,
  {
    strangers = 'are-refused',
    as = 'conversation.read',
  }: Omit<AuthorizeOptions, 'as'> & { as?: AuditAction | null | undefined } = {},
): Promise<Authorized> {
  const judge = async ({ call }: Authorized) =>
    decideAccess(viewer, await subjectOf(call, deps.directory), action)
  const note = (decision: Access['decision'], callId: string | null) => {
    if (as !== null) noteAccess(deps.audit, { viewer, action: as, conversationId: id, callId, decision })
  }
  refuseOutsider(viewer, note)
  const found = await find(deps, id)
  if (found === undefined) {
    note('not-found', null)
    throw unknownConversation()
  }
  const decision = await judge(found)
  const isStranger = decision === 'other-company' || decision === 'unknown-worker'
  // Workers of any company may use the ids of an archived conversation again; that must not hide it.
  const hidden = isStranger && !found.archived ? await findArchived(deps, found.conversationId) : undefined
  if (hidden !== undefined && (await judge(hidden)) === 'allow') {
    note('allow', hidden.callId)
    return hidden
  }
  note(decision, found.callId)
  if (isStranger && strangers === 'learn-nothing') throw unknownConversation()
  refuseUnlessAllowed(decision)
  return found
}

/**
 * Who is no admin is told so before anything is looked for: whether there is such a conversation is not theirs to learn.
 *
 * @throws AppError `forbidden`
 */
function refuseOutsider(viewer: Viewer, note: (decision: Access['decision'], callId: null) => void): void {
  const decision = decideBoard(viewer)
  if (decision === 'allow') return
  note(decision, null)
  refuseUnlessAllowed(decision)
}

/** Active, or archived: an ended conversation is in one of the two at every moment. */
async function find(
  deps: Pick<Deps, 'database' | 'clock' | 'log'> & ArchiveSource,
  id: string,
): Promise<Authorized | undefined> {
  const conversationId = Id.safeParse(id)
  if (!conversationId.success) return undefined
  const active = await readCallOf(deps, conversationId.data)
  if (active !== undefined) return { conversationId: conversationId.data, ...active, archived: false }
  return await findArchived(deps, conversationId.data)
}

async function findArchived(
  { firestore, ...deps }: Pick<Deps, 'clock' | 'log'> & ArchiveSource,
  conversationId: string,
): Promise<Authorized | undefined> {
  const found = firestore && (await readArchivedCallOf({ ...deps, firestore }, conversationId))
  return found && { conversationId, ...found, archived: true }
}

/**
 * The call of a conversation, for a caller who wants to act in it now, under `lease` when they name one. Read through
 * `deps.writes`, so that whoever was just given a call is known to hold it. A refusal goes to the audit log; what was
 * done is told by whoever has done it.
 *
 * @throws AppError as `refuseAct` does, and `unavailable` when a database does not answer.
 */
export async function authorizeAct(
  deps: Pick<Deps, 'writes' | 'clock' | 'log' | 'audit'> & ArchiveSource & { directory: Directory },
  viewer: Viewer,
  id: string,
  {
    action,
    lease,
    as = auditNameOf(action),
  }: { action: Exclude<Action, 'read'>; lease?: number | undefined; as?: AuditAction },
): Promise<Authorized> {
  const { directory, audit } = deps
  const note = (decision: Access['decision'], callId: string | null) =>
    noteAccess(audit, { viewer, action: as, conversationId: id, callId, decision })
  refuseOutsider(viewer, note)
  const found = await find({ ...deps, database: deps.writes }, id)
  if (found === undefined) {
    note('not-found', null)
    throw unknownConversation()
  }
  const decision = decideLease(
    decideAccess(viewer, await subjectOf(found.call, directory), action),
    found.call,
    lease,
  )
  if (decision !== 'allow') note(decision, found.callId)
  await refuseAct(decision, found.call, {
    directory,
    unknown: unknownConversation,
  })
  return found
}

export const unknownConversation = (): AppError => new AppError('not-found', 'Conversation not found.')

/** @throws AppError `forbidden` for every decision but `allow`. */
export function refuseUnlessAllowed(decision: Decision): void {
  if (decision !== 'allow') throw new AppError('forbidden', ACCESS_DENIED)
}
