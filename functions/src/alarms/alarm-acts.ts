import type { AlarmKind, AlarmRecord, VerdictBody } from './schema.ts'
import { MAX_ALARM_LEVEL } from './schema.ts'

/** What an act does to an alarm, as a pure function of the alarm as it is. Null: it is so already. */
export type AlarmAct = (alarm: AlarmRecord) => Partial<AlarmRecord> | null

/** Why an act on an alarm comes too late. */
export type AlarmConflict = 'already-acknowledged' | 'already-closed'
export class AlarmTaken extends Error {
  readonly reason: AlarmConflict
  readonly alarm: AlarmRecord
  constructor(reason: AlarmConflict, alarm: AlarmRecord) {
    super(reason)
    this.reason = reason
    this.alarm = alarm
  }
}

/** Duress, and what nobody holds, concerns everybody at once. */
export const audienceOf = (kind: AlarmKind, holderId: string | null): AlarmRecord['audience'] =>
  kind === 'duress' || holderId === null ? 'company' : 'holder'

export interface Person {
  uid: string
  name: string
}

/** @throws AlarmTaken when somebody else was faster */
export const acknowledge =
  ({ uid, name }: Person, at: number): AlarmAct =>
  (alarm) => {
    if (alarm.acknowledged !== null) {
      if (alarm.acknowledged.by === uid) return null
      throw new AlarmTaken('already-acknowledged', alarm)
    }
    if (alarm.state === 'closed') throw new AlarmTaken('already-closed', alarm)
    return {
      state: 'acknowledged',
      acknowledged: { by: uid, name, at },
      history: [...alarm.history, { what: 'acknowledged', at, by: uid }],
    }
  }

/** Closes an alarm, and acknowledges it where nobody has. @throws AlarmTaken when it has another verdict already */
export const close =
  ({ uid, name }: Person, { verdict, note }: VerdictBody, at: number): AlarmAct =>
  (alarm) => {
    const given = alarm.verdict
    if (given !== null) {
      if (given.by === uid && given.verdict === verdict && given.note === note) return null
      throw new AlarmTaken('already-closed', alarm)
    }
    return {
      state: 'closed',
      is_open: false,
      acknowledged: alarm.acknowledged ?? { by: uid, name, at },
      verdict: { by: uid, name, at, verdict, note },
      history: [...alarm.history, { what: 'closed', at, by: uid }],
    }
  }

/** An alarm that nobody has acknowledged for `afterMs` goes to the whole company and gets louder. */
export const escalate =
  (now: number, afterMs: number): AlarmAct =>
  ({ state, level, escalated_at, history }) =>
    state !== 'raised' || level >= MAX_ALARM_LEVEL || now - escalated_at < afterMs
      ? null
      : {
          level: level + 1,
          audience: 'company',
          escalated_at: now,
          history: [...history, { what: 'escalated', at: now }],
        }

/** The call of an open alarm has changed hands. */
export const followHolder =
  (holderId: string | null, at: number): AlarmAct =>
  ({ is_open, holder_id, history }) =>
    !is_open || holder_id === holderId
      ? null
      : { holder_id: holderId, history: [...history, { what: 'holder-changed', at }] }

/** The worker was heard of again. The alarm stays open: what was heard is for a person to judge. */
export const hearWorker =
  (at: number): AlarmAct =>
  ({ is_open, heard_at, history }) =>
    !is_open || heard_at !== undefined
      ? null
      : { heard_at: at, history: [...history, { what: 'worker-heard', at }] }
