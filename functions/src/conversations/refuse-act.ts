import type { CallRecord } from '../calls/schema.ts'
import { AppError } from '../platform/errors.ts'
import type { Directory } from './directory.ts'
import type { Decision, Denial } from './policy.ts'

/** Why an act was refused because of how the call stands: the `details.reason` of a 409. */
export type Conflict = Exclude<Denial, 'not-an-admin' | 'unknown-worker' | 'other-company'> | 'stale-lease'

type Standing = Pick<CallRecord, 'admin_id' | 'takeover'>

const TEXT: Record<Conflict, (holder: string | null) => string> = {
  'already-held': (holder) => `${holder ?? 'Somebody else'} holds this call.`,
  'held-by-another': (holder) => `${holder ?? 'Somebody else'} holds this call.`,
  'not-the-holder': (holder) =>
    holder === null ? 'Nobody holds this call. Take it over first.' : `${holder} holds this call.`,
  'not-offered': () => 'This call is not offered to you, or not any more.',
  'stale-lease': (holder) =>
    holder === null
      ? 'The call has been handed back since. Take it over again.'
      : `The call has been taken over again since. ${holder} holds it.`,
  ended: () => 'This call has ended.',
}

/**
 * Is this the lease under which the call is held now? A caller who names none acts under whatever they hold.
 *
 * @param lease the `takeover` number that the caller believes to hold
 */
const isCurrentLease = ({ takeover }: Standing, lease: number | undefined): boolean =>
  lease === undefined || lease === takeover

/** The lease check (DESIGN 3): what an old holder, or an old page of the same holder, sends late is refused. */
export function decideLease(
  decision: Decision,
  call: Standing,
  lease: number | undefined,
): Decision | Conflict {
  if (isCurrentLease(call, lease)) return decision
  return decision === 'allow' || isAboutHolding(decision) ? 'stale-lease' : decision
}

const isAboutHolding = (decision: Decision): boolean =>
  decision === 'not-the-holder' || decision === 'held-by-another' || decision === 'already-held'

/**
 * Answers for an act on a call that the policy, or the lease, does not allow. Another company's call is answered as
 * one that does not exist; within the company the caller learns how the call stands.
 *
 * @throws AppError `forbidden` for who is no admin, `not-found` for another company's call, `conflict` otherwise, with
 * `details` `{reason, holder: {admin_id, name} | null, takeover}`.
 */
export async function refuseAct(
  decision: Decision | Conflict,
  call: Standing,
  { directory, unknown }: { directory: Directory; unknown: () => AppError },
): Promise<void> {
  switch (decision) {
    case 'allow':
      return
    case 'not-an-admin':
      throw new AppError('forbidden', 'Only admins may do this')
    case 'other-company':
    case 'unknown-worker':
      throw unknown()
    default:
      throw await conflict(decision, call, directory)
  }
}

/** A 409 that says how the call stands. */
export async function conflict(reason: Conflict, call: Standing, directory: Directory): Promise<AppError> {
  const { admin_id, takeover } = call
  const holder = admin_id === null ? null : { admin_id, name: await nameOf(admin_id, directory) }
  return new AppError('conflict', TEXT[reason](holder?.name ?? null), {
    details: { reason, holder, takeover },
  })
}

async function nameOf(adminId: string, directory: Directory): Promise<string> {
  const admin = await directory.admin(adminId)
  return admin === null || admin.name === '' ? adminId : admin.name
}
