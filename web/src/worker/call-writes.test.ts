import { describe, expect, test } from 'vitest'
import { pathOf, readMobileNumber, updateOf, type NewCall, type NewMessage } from './call-writes.ts'

const START: NewCall = {
  kind: 'call',
  call_id: 'call_1',
  conversation_id: 'conv_1',
  worker_id: 'worker_1',
  company_id: 'c_acme',
  mobile_no: '',
  urgency: 'LOW',
  timestamp: '2025-10-03T11:58:04+05:30',
}
const SAY: NewMessage = { ...START, kind: 'message', message_id: 'msg_1', content: 'help' }

describe('a write', () => {
  test('of a call creates it and its conversation together', () => {
    expect(Object.keys(updateOf(START, {}))).toEqual(['active_calls/call_1', 'active_conversations/conv_1'])
  })

  test('of a message also says when the call was last heard', () => {
    expect(updateOf(SAY, { now: 1 })).toEqual({
      [pathOf(SAY)]: {
        role: 'user',
        content: 'help',
        timestamp: START.timestamp,
        received_at: { now: 1 },
        sender_id: 'worker_1',
        sources: '',
      },
      'active_calls/call_1/last_message_at': { now: 1 },
    })
  })

  test('of an end says that, when and by whom', () => {
    const { content: _, message_id: _id, ...about } = SAY
    expect(updateOf({ ...about, kind: 'end' }, { now: 1 })).toEqual({
      'active_calls/call_1/status': 'ENDED',
      'active_calls/call_1/ended_at': { now: 1 },
      'active_calls/call_1/ended_by': 'worker_1',
    })
  })

  test.each([
    ['+91 93255-90143', '+91 93255-90143'],
    ['call me', ''],
    [undefined, ''],
  ])('carries the number %j as %j', (candidate, expected) => {
    expect(readMobileNumber(candidate)).toBe(expected)
  })
})
