import type { Call } from '@lifeline/functions/contract'
import { expect, test } from 'vitest'
import { offersTo, offerState } from './offer.ts'

const at = (seconds: number) => new Date(seconds * 1_000).toISOString()
const call = (id: string, to: string, lapses: number): Call => ({
  call_id: id,
  conversation_id: `conv_${id}`,
  worker_id: 'worker_1',
  worker_name: 'Ravi',
  mobile_no: '',
  company_id: 'c_acme',
  admin_id: 'admin_ben',
  admin_name: 'Ben',
  takeover: 1,
  urgency: 'HIGH',
  status: 'ACTIVE',
  medium: 'Text',
  timestamp: at(0),
  started_at: at(0),
  last_message_at: null,
  transfer: { to, by: 'admin_ben', lapses_at: at(lapses) },
})

test('an admin has the offers that were made to them and still stand, the one that lapses first on top', () => {
  const calls = [call('late', 'admin_ava', 30), call('soon', 'admin_ava', 20)]
  const others = [call('lapsed', 'admin_ava', 10), call('other', 'admin_cleo', 30)]
  const board = new Map([...calls, ...others].map((each) => [each.call_id, each]))
  expect(offersTo(board, 'admin_ava', 10_000).map(({ call_id }) => call_id)).toEqual(['soon', 'late'])
  expect(offersTo(undefined, 'admin_ava', 0)).toEqual([])
})

test('an offer stands until its moment has come', () => {
  expect(offerState(call('a', 'admin_ava', 10), 9_999)).toBe('open')
  expect(offerState(call('a', 'admin_ava', 10), 10_000)).toBe('lapsed')
  expect(offerState({}, 0)).toBe('none')
})
