import type { Alarm } from '@lifeline/functions/contract'
import { describe, expect, test } from 'vitest'
import { applyAlarmsInput, callsUnderDuress, compareAlarms } from './open-alarms.ts'

const alarm = (alarm_id: string, rest: Partial<Alarm> = {}): Alarm => ({
  alarm_id,
  company_id: 'c_acme',
  call_id: `call_${alarm_id}`,
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  worker_name: 'Ravi',
  kind: 'silence',
  urgency: 'HIGH',
  holder_id: null,
  audience: 'company',
  level: 1,
  state: 'raised',
  raised_at: '2025-10-03T06:30:00.000Z',
  escalated_at: '2025-10-03T06:30:00.000Z',
  acknowledged: null,
  verdict: null,
  history: [],
  ...rest,
})
const open = (...alarms: Alarm[]) => applyAlarmsInput(undefined, { event: 'initial', data: { alarms } })

describe('the open alarms', () => {
  test('follow the stream', () => {
    const raised = applyAlarmsInput(open(alarm('a')), { event: 'alarm_raised', data: alarm('b') })
    const changed = applyAlarmsInput(raised, { event: 'alarm_changed', data: alarm('a', { level: 2 }) })
    expect(changed?.get('a')?.level).toBe(2)
    const removed = applyAlarmsInput(changed, { event: 'alarm_removed', data: { alarm_id: 'a' } })
    expect([...(removed?.keys() ?? [])]).toEqual(['b'])
    const closed = applyAlarmsInput(removed, {
      event: 'alarm_changed',
      data: alarm('b', { state: 'closed' }),
    })
    expect(closed?.size).toBe(0)
  })

  test('are nothing before the first list', () => {
    expect(applyAlarmsInput(undefined, { event: 'alarm_raised', data: alarm('b') })).toBeUndefined()
  })

  test('stand in the order of need', () => {
    const sorted = [
      alarm('acknowledged', { state: 'acknowledged', level: 3, kind: 'duress' }),
      alarm('late', { raised_at: '2025-10-03T06:31:00.000Z' }),
      alarm('early'),
      alarm('loud', { level: 3 }),
      alarm('duress', { kind: 'duress', raised_at: '2025-10-03T06:40:00.000Z' }),
    ].toSorted(compareAlarms)
    expect(sorted.map(({ alarm_id }) => alarm_id)).toEqual([
      'duress',
      'loud',
      'early',
      'late',
      'acknowledged',
    ])
  })

  test('name the calls under duress, acknowledged or not', () => {
    const alarms = open(alarm('a', { kind: 'duress', state: 'acknowledged' }), alarm('b'))
    expect([...callsUnderDuress(alarms)]).toEqual(['call_a'])
  })
})
