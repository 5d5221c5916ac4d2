import type { Alarm, AlarmKind, AlarmsEvents } from '@lifeline/functions/contract'
import type { z } from 'zod'

type Events = { [Name in keyof typeof AlarmsEvents]: z.infer<(typeof AlarmsEvents)[Name]> }

/** What the stream of alarms, or the list itself, may tell. */
export type AlarmsInput = { [Name in keyof Events]: { event: Name; data: Events[Name] } }[keyof Events]

/** Open alarms by id. */
export type OpenAlarms = ReadonlyMap<string, Alarm>

/** The open alarms after one event. */
export function applyAlarmsInput(alarms: OpenAlarms | undefined, input: AlarmsInput): OpenAlarms | undefined {
  if (input.event === 'initial') {
    return new Map(input.data.alarms.map((alarm) => [alarm.alarm_id, alarm]))
  }
  if (alarms === undefined) return undefined
  const next = new Map(alarms)
  if (input.event === 'alarm_removed' || input.data.state === 'closed') next.delete(input.data.alarm_id)
  else next.set(input.data.alarm_id, input.data)
  return next
}

/** Duress before all; then what nobody has acknowledged, the loudest, and the oldest. */
export function compareAlarms(a: Alarm, b: Alarm): number {
  const by = (alarm: Alarm) => [
    alarm.state === 'raised' ? 0 : 1,
    alarm.kind === 'duress' ? 0 : 1,
    -alarm.level,
    Date.parse(alarm.raised_at),
  ]
  const [left, right] = [by(a), by(b)]
  const at = left.findIndex((value, index) => value !== right[index])
  return at < 0 ? (a.alarm_id < b.alarm_id ? -1 : 1) : (left[at] ?? 0) - (right[at] ?? 0)
}

/** Calls whose worker has given their duress word, until the verdict. */
export const callsUnderDuress = (alarms: OpenAlarms | undefined): ReadonlySet<string> =>
  new Set([...(alarms?.values() ?? [])].filter(({ kind }) => kind === 'duress').map(({ call_id }) => call_id))

export const KIND_WORDS: Record<AlarmKind, string> = {
  silence: 'does not answer',
  'holder-lost': 'has lost their dispatcher',
  duress: 'is under duress',
  unassigned: 'waits for a dispatcher',
}

/** What is to be known before anything is done. */
export const KIND_ADVICE: Record<AlarmKind, string> = {
  silence: 'Asked whether they are OK, they have not answered.',
  'holder-lost': 'Who held the call has vanished. Take it over.',
  duress: 'Do not call back aloud, and do not reveal that you know. Their screen looks as if all were well.',
  unassigned: 'A critical call, and nobody has taken it over.',
}
