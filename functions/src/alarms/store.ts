import { createHash } from 'node:crypto'
import type { DocumentSnapshot } from 'firebase-admin/firestore'
import { showTime } from '../platform/calendar.ts'
import type { CallRecord } from '../calls/schema.ts'
import type { Directory } from '../conversations/directory.ts'
import type { Deps } from '../deps.ts'
import { type AlarmAct, audienceOf } from './alarm-acts.ts'
import { type Alarm, type AlarmKind, AlarmRecord } from './schema.ts'

export type AlarmDeps = Pick<Deps, 'firestore' | 'clock' | 'log' | 'audit'> & { directory: Directory }

export interface Cause {
  callId: string
  call: CallRecord
  kind: AlarmKind
  /** Names what it is raised for among all of its kind in this call: one alarm each, however often it is found. */
  cause: string
  silentSince?: number
  lastContactAt?: number | undefined
}

/** The same for the same cause; hashed, so that ids tell nothing and spread out. */
export const alarmIdOf = ({ callId, kind, cause }: Pick<Cause, 'callId' | 'kind' | 'cause'>): string =>
  `alarm_${createHash('sha256')
    .update(JSON.stringify([callId, kind, cause]))
    .digest('hex')
    .slice(0, 32)}`

/** gRPC's code for a document that is there already. */
const ALREADY_EXISTS = 6

/**
 * Raises an alarm unless it was raised for the same cause before. True when it is there afterwards; false for a call
 * of a worker whom nobody knows, which belongs to no company.
 *
 * @throws when Firestore does not answer, and another attempt could help.
 */
export async function raiseAlarm(deps: AlarmDeps, found: Cause): Promise<boolean> {
  const { firestore, clock, log, audit, directory } = deps
  const { callId, call, kind } = found
  const worker = await directory.worker(call.worker_id)
  if (worker === null) return false
  const id = alarmIdOf(found)
  const now = clock.now()
  const record: AlarmRecord = {
    company_id: worker.company_id,
    call_id: callId,
    conversation_id: call.conversation_id,
    worker_id: call.worker_id,
    worker_name: worker.name === '' ? call.worker_id : worker.name,
    kind,
    urgency: kind === 'duress' ? 'CRITICAL' : call.urgency,
    holder_id: call.admin_id,
    audience: audienceOf(kind, call.admin_id),
    level: 1,
    state: 'raised',
    is_open: true,
    raised_at: now,
    escalated_at: now,
    ...(found.silentSince !== undefined && { silent_since: found.silentSince }),
    ...(found.lastContactAt !== undefined && { last_contact_at: found.lastContactAt }),
    acknowledged: null,
    verdict: null,
    history: [{ what: 'raised', at: now }],
  }
  try {
    await firestore.doc(`alarms/${id}`).create(record)
  } catch (error) {
    if ((error as { code?: unknown }).code === ALREADY_EXISTS) return true
    throw error
  }
  log.warn({ alarmId: id, callId, kind }, 'alarm raised')
  audit.record({
    actor: { uid: 'system', role: 'system' },
    action: 'alarm.raise',
    outcome: 'done',
    company_id: worker.company_id,
    conversation_id: call.conversation_id,
    call_id: callId,
    details: { alarm_id: id, kind },
    key: `alarm.raise/${id}`,
  })
  return true
}

/** An alarm as stored; undefined when there is none, or it cannot be read. */
export function parseAlarm(document: DocumentSnapshot): AlarmRecord | undefined {
  const parsed = AlarmRecord.safeParse(document.data())
  return parsed.success ? parsed.data : undefined
}

/**
 * Applies an act to an alarm in one atomic step. `changed` is false where the act found nothing to do.
 *
 * @param check throws when the alarm is not theirs who act; it sees the very state that is changed
 */
export async function changeAlarm(
  { firestore }: Pick<Deps, 'firestore'>,
  id: string,
  act: AlarmAct,
  check: (alarm: AlarmRecord) => void | Promise<void> = () => undefined,
): Promise<{ alarm: AlarmRecord; changed: boolean } | undefined> {
  const reference = firestore.doc(`alarms/${id}`)
  return await firestore.runTransaction(async (transaction) => {
    const alarm = parseAlarm(await transaction.get(reference))
    if (alarm === undefined) return undefined
    await check(alarm)
    const patch = act(alarm)
    if (patch === null) return { alarm, changed: false }
    transaction.update(reference, patch)
    return { alarm: { ...alarm, ...patch }, changed: true }
  })
}

const timeOf = (ms: number): string => showTime(ms) ?? new Date(0).toISOString()

export function showAlarm(id: string, record: AlarmRecord): Alarm {
  const { is_open: _, ...alarm } = record
  const times = (['silent_since', 'heard_at', 'last_contact_at'] as const).flatMap((name) => {
    const at = alarm[name]
    return at === undefined ? [] : [[name, timeOf(at)] as const]
  })
  return {
    ...alarm,
    alarm_id: id,
    raised_at: timeOf(alarm.raised_at),
    escalated_at: timeOf(alarm.escalated_at),
    acknowledged: alarm.acknowledged && { ...alarm.acknowledged, at: timeOf(alarm.acknowledged.at) },
    verdict: alarm.verdict && { ...alarm.verdict, at: timeOf(alarm.verdict.at) },
    history: alarm.history.map((entry) => ({ ...entry, at: timeOf(entry.at) })),
    ...(Object.fromEntries(times) as Pick<Alarm, 'silent_since' | 'heard_at' | 'last_contact_at'>),
  } as Alarm
}
