import type { Actor } from '../auth/actor.ts'
import { subjectOf } from '../conversations/access.ts'
import { readArchivedCall } from '../conversations/archive.ts'
import { auditNameOf } from '../conversations/authorize.ts'
import { type Act, changeCall } from '../conversations/change-call.ts'
import type { Directory } from '../conversations/directory.ts'
import { type Access, noteAccess } from '../conversations/note-access.ts'
import { noteEvents } from '../conversations/note-events.ts'
import { type Action, decideAccess } from '../conversations/policy.ts'
import { conflict, decideLease, refuseAct } from '../conversations/refuse-act.ts'
import { readCall } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { unavailable } from '../streaming/with-timeout.ts'
import { toBoardCall } from './board-call.ts'
import type { Call, CallRecord } from './schema.ts'

export interface ActRequest {
  actor: Actor
  callId: string
  action: Exclude<Action, 'read' | 'write'>
  act: Act
  /** The lease that the caller believes to hold. */
  lease?: number | undefined
}

type ActDeps = Pick<Deps, 'writes' | 'transactions' | 'firestore' | 'clock' | 'log' | 'audit'> & {
  directory: Directory
}

/** A call may change hands while we judge, but hardly this often in a row. */
const ATTEMPTS = 8

/**
 * Does something to a call for a caller who may do it, and returns the call as it is afterwards. What was judged and
 * what is changed are the same state, whatever others do at the same time.
 *
 * @throws AppError as `refuseAct` does, and `unavailable` when a database does not answer.
 */
export async function actOnCall(deps: ActDeps, request: ActRequest): Promise<Call> {
  const { directory } = deps
  const { actor, action, act, lease } = request
  const callId = Id.safeParse(request.callId)
  if (!callId.success) throw unknownCall()
  const active = await findActive(deps, callId.data)
  let isActive = active !== undefined
  const note = (decision: Access['decision'], conversationId: string | null) =>
    noteAccess(deps.audit, {
      viewer: actor,
      action: auditNameOf(action),
      conversationId,
      callId: request.callId,
      decision,
    })
  const found = active ?? (await findArchived(deps, callId.data))
  if (found === undefined) {
    note('not-found', null)
    throw unknownCall()
  }
  let judged = found
  const about = { callId: callId.data, companyId: actor.company_id, roleOf: () => actor.role }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const subject = await subjectOf(judged, directory)
    const decision = decideLease(decideAccess(actor, subject, action), judged, lease)
    if (decision !== 'allow') note(decision, isOutside(decision) ? null : judged.conversation_id)
    await refuseAct(decision, judged, { directory, unknown: unknownCall })
    // What the policy allows on an archived call changes nothing there.
    if (!isActive) return await show(deps, callId.data, judged)
    const standing = standingOf(judged)
    const outcome = await changeCall(
      deps,
      callId.data,
      (call) => standingOf(call) === standing,
      act,
      actor.uid,
    )
    switch (outcome.kind) {
      case 'gone':
        // Archived and removed since we looked for it, or just gone.
        judged = (await findArchived(deps, callId.data)) ?? refuseUnknown()
        isActive = false
        break
      case 'lapsed':
        throw await conflict('not-offered', outcome.call, directory)
      case 'moved':
        judged = outcome.call
        break
      case 'changed':
        noteEvents(deps.audit, { ...about, call: outcome.call }, outcome.events)
        return await show(deps, callId.data, outcome.call)
      default:
        return await show(deps, callId.data, outcome.call)
    }
  }
  throw unavailable(new Error('the call changed hands too often'))
}

/** Read from the server, so that whoever was just given a call is known to hold it. */
async function findActive(deps: ActDeps, callId: string): Promise<CallRecord | undefined> {
  const call = await readCall({ ...deps, database: deps.writes }, callId)
  if (call === 'malformed') throw unknownCall()
  return call
}

const findArchived = (deps: ActDeps, callId: string): Promise<CallRecord | undefined> =>
  readArchivedCall(deps, callId)

function refuseUnknown(): never {
  throw unknownCall()
}

/** Whoever is told nothing of the call is not told its conversation either, in their company's log. */
const isOutside = (decision: Access['decision']): boolean =>
  decision === 'other-company' || decision === 'unknown-worker' || decision === 'not-an-admin'

/** Everything about a call that the policy and the lease ask. */
const standingOf = ({ worker_id, admin_id, takeover, status, transfer }: CallRecord): string =>
  JSON.stringify([worker_id, admin_id, takeover, status, transfer?.to ?? null])

async function show({ directory }: ActDeps, callId: string, call: CallRecord): Promise<Call> {
  const shown = await toBoardCall(callId, call, directory)
  if (shown === undefined) throw unknownCall()
  return shown.call
}

const unknownCall = (): AppError => new AppError('not-found', 'Call not found.')
