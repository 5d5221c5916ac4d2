import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { parseAlarm } from './store.ts'

/**
 * An admin does not end a call while an alarm of it is open: its verdict comes first. (A worker may end their own call
 * at any time; the alarm outlives it.) Says nothing about another company's calls.
 *
 * @throws AppError `conflict` with `details` `{reason: 'open-alarms', alarms: [{alarm_id, kind}]}`.
 */
export async function refuseOpenAlarms(
  { firestore, writes }: Pick<Deps, 'firestore' | 'writes'>,
  { company_id }: Pick<Actor, 'company_id'>,
  callId: string,
): Promise<void> {
  if (!Id.safeParse(callId).success) return
  const [status, open] = await Promise.all([
    writes.ref(`active_calls/${callId}/status`).get(),
    firestore
      .collection('alarms')
      .where('company_id', '==', company_id)
      .where('call_id', '==', callId)
      .where('is_open', '==', true)
      .get(),
  ])
  if (status.val() !== 'ACTIVE' || open.empty) return
  const alarms = open.docs.map((document) => ({
    alarm_id: document.id,
    kind: parseAlarm(document)?.kind ?? null,
  }))
  throw new AppError(
    'conflict',
    'This call has an open alarm. Give its verdict first; then the call can be ended.',
    {
      details: { reason: 'open-alarms', alarms },
    },
  )
}
