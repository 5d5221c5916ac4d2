import { describe, expect, test } from 'vitest'
import { compareCalls, showCall } from './board-call.ts'
import { callExample } from './examples.ts'
import type { Call, CallRecord, Urgency } from './schema.ts'

const record: CallRecord = {
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  company_id: 'c_other',
  mobile_no: '',
  admin_id: null,
  takeover: 0,
  urgency: 'HIGH',
  status: 'ACTIVE',
  medium: 'Text',
  timestamp: '2025-10-03T11:58:04+05:30',
}
const worker = { company_id: 'c_acme', name: 'Ravi', mobile_no: '+91' }

describe('a call as it is shown', () => {
  test("has its worker's company, name and number, whatever the call says or lacks", () => {
    expect(showCall('call_1', record, { worker, holder: null })).toMatchObject({
      call_id: 'call_1',
      company_id: 'c_acme',
      worker_name: 'Ravi',
      mobile_no: '+91',
    })
    expect(showCall('call_1', record, { worker: { ...worker, name: '' }, holder: null }).worker_name).toBe(
      'worker_1',
    )
  })

  test.each([
    [null, null, null],
    ['admin_ben', { company_id: 'c_acme', manager_id: null, name: 'Ben Okafor' }, 'Ben Okafor'],
    ['admin_ben', { company_id: 'c_acme', manager_id: null, name: '' }, 'admin_ben'],
    ['admin_gone', null, 'admin_gone'],
  ])('names its holder %s as far as they are known', (admin_id, holder, name) => {
    expect(showCall('call_1', { ...record, admin_id }, { worker, holder }).admin_name).toBe(name)
  })

  test.each([
    [1_759_472_884_000, '2025-10-03T06:28:04.000Z'],
    [undefined, '2025-10-03T06:28:04.000Z'],
    [Number.MAX_VALUE, '2025-10-03T06:28:04.000Z'],
  ])('started at %s is told as %s', (started_at, expected) => {
    const call = started_at === undefined ? record : { ...record, started_at }
    expect(showCall('call_1', call, { worker, holder: null })).toMatchObject({
      started_at: expected,
      last_message_at: null,
    })
  })
})

test('the most urgent come first, then who waits longest, then in an order that is always the same', () => {
  const call = (call_id: string, urgency: Urgency, started_at: string): Call => ({
    ...callExample,
    call_id,
    urgency,
    started_at,
  })
  const calls = [
    call('a', 'LOW', '2025-10-03T01:00:00Z'),
    call('b', 'CRITICAL', '2025-10-03T03:00:00Z'),
    call('c', 'MEDIUM', '2025-10-03T01:00:00Z'),
    call('e', 'CRITICAL', '2025-10-03T02:00:00Z'),
    call('d', 'CRITICAL', '2025-10-03T02:00:00Z'),
    call('f', 'HIGH', '2025-10-03T09:00:00Z'),
  ]
  expect(calls.toSorted(compareCalls).map(({ call_id }) => call_id)).toEqual(['d', 'e', 'b', 'f', 'c', 'a'])
})
