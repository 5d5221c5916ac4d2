import type { Actor } from '../auth/actor.ts'
import { AppError } from '../platform/errors.ts'
import { subjectOfAlarm } from './access.ts'
import { type AlarmAct, type AlarmConflict, AlarmTaken, type Person } from './alarm-acts.ts'
import { decideAlarm } from './policy.ts'
import { type Alarm, type AlarmRecord, type Verdict } from './schema.ts'
import { type AlarmDeps, changeAlarm, showAlarm } from './store.ts'

const TEXT: Record<AlarmConflict, (name: string) => string> = {
  'already-acknowledged': (name) => `${name} has acknowledged this alarm.`,
  'already-closed': (name) => `${name} has given the verdict on this alarm.`,
}

/**
 * Acknowledges or closes an alarm for a caller who may; of two at once one does, and the other is told who.
 *
 * @throws AppError `forbidden` for who is no admin, `not-found` for an alarm that is not theirs to see, `conflict` with
 * `details` `{reason, by: {admin_id, name}}` when somebody else was faster.
 */
export async function actOnAlarm(
  deps: AlarmDeps,
  actor: Actor,
  id: string,
  act: (person: Person, at: number) => AlarmAct,
  audited: { action: 'alarm.acknowledge' | 'alarm.close'; verdict?: Verdict },
): Promise<Alarm> {
  const { directory, clock, audit } = deps
  if (!/^alarm_[0-9a-f]{32}$/.test(id)) throw unknownAlarm()
  const name = (await directory.admin(actor.uid))?.name || actor.uid
  const check = async (alarm: AlarmRecord): Promise<void> => {
    const decision = decideAlarm(actor, await subjectOfAlarm(alarm, directory))
    if (decision === 'not-an-admin') throw new AppError('forbidden', 'Only admins may do this')
    if (decision !== 'allow') throw unknownAlarm()
  }
  try {
    const outcome = await changeAlarm(deps, id, act({ uid: actor.uid, name }, clock.now()), check)
    if (outcome === undefined) throw unknownAlarm()
    const { alarm, changed } = outcome
    if (changed) {
      audit.record({
        actor: { uid: actor.uid, role: actor.role },
        action: audited.action,
        outcome: 'done',
        company_id: alarm.company_id,
        conversation_id: alarm.conversation_id,
        call_id: alarm.call_id,
        details: { alarm_id: id, kind: alarm.kind, ...(audited.verdict && { verdict: audited.verdict }) },
        key: `${audited.action}/${id}`,
      })
    }
    return showAlarm(id, alarm)
  } catch (error) {
    if (!(error instanceof AlarmTaken)) throw error
    const { alarm, reason } = error
    const by = alarm.verdict ?? alarm.acknowledged
    const holder = by === null ? null : { admin_id: by.by, name: by.name }
    throw new AppError('conflict', TEXT[reason](by?.name ?? 'Somebody else'), {
      details: { reason, by: holder },
    })
  }
}

const unknownAlarm = (): AppError => new AppError('not-found', 'Alarm not found.')
