import type { Actor } from '../auth/actor.ts'
import type { Directory } from '../conversations/directory.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { subjectOfAlarm } from './access.ts'
import { decideAlarm } from './policy.ts'
import { parseAlarm } from './store.ts'

/**
 * An admin does not end a call while an alarm of it is open: its verdict comes first. (A worker may end their own call
 * at any time; the alarm outlives it.) Says nothing of alarms that the caller may not know of.
 *
 * @throws AppError `conflict` with `details` `{reason: 'open-alarms', alarms: [{alarm_id, kind}]}`.
 */
export async function refuseOpenAlarms(
  { firestore, writes, directory }: Pick<Deps, 'firestore' | 'writes'> & { directory: Directory },
  actor: Actor,
  callId: string,
): Promise<void> {
  if (!Id.safeParse(callId).success) return
  const [status, holder, open] = await Promise.all([
    writes.ref(`active_calls/${callId}/status`).get(),
    writes.ref(`active_calls/${callId}/admin_id`).get(),
    firestore
      .collection('alarms')
      .where('company_id', '==', actor.company_id)
      .where('call_id', '==', callId)
      .where('is_open', '==', true)
      .get(),
  ])
  if (status.val() !== 'ACTIVE') return
  const alarms: { alarm_id: string; kind: string }[] = []
  for (const document of open.docs) {
    const alarm = parseAlarm(document)
    if (alarm === undefined) continue
    // Who holds the call may have taken it over only now, before the watch could tell the alarm.
    const mayKnow =
      holder.val() === actor.uid || decideAlarm(actor, await subjectOfAlarm(alarm, directory)) === 'allow'
    // Who may not know of it may not end the call either, and is told so elsewhere.
    if (mayKnow) alarms.push({ alarm_id: document.id, kind: alarm.kind })
  }
  if (alarms.length === 0) return
  throw new AppError(
    'conflict',
    'This call has an open alarm. Give its verdict first; then the call can be ended.',
    {
      details: { reason: 'open-alarms', alarms },
    },
  )
}
