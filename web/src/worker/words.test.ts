import { describe, expect, test } from 'vitest'
import { describeAuthError } from './account.ts'
import { describeCall } from './call-page.tsx'
import type { OpenCall } from './open-call.ts'

const call: OpenCall = {
  call_id: 'call_1',
  conversation_id: 'conv_1',
  urgency: 'HIGH',
  phase: 'active',
  admin_id: null,
}

describe('the worker’s page', () => {
  test.each<[Partial<OpenCall>, boolean, RegExp]>([
    [{ phase: 'starting' }, true, /^Starting your call$/],
    [{ phase: 'starting' }, false, /not through yet/],
    [{}, true, /has arrived/],
    [{ admin_id: 'admin_ava' }, true, /A dispatcher has taken your call/],
    [{ phase: 'ending' }, true, /^Ending your call$/],
    [{ phase: 'ending' }, false, /ends as soon as you are back online/],
    [{ phase: 'ended' }, true, /has ended/],
    [{ phase: 'refused' }, true, /could not be started/],
  ])('says of a call that is %o while connected is %s: %s', (facts, isConnected, words) => {
    expect(describeCall({ ...call, ...facts }, isConnected)).toMatch(words)
  })

  test('never says that a dispatcher is there before one is', () => {
    for (const phase of ['starting', 'active', 'ending', 'ended', 'refused'] as const) {
      expect(describeCall({ ...call, phase }, true)).not.toMatch(/dispatcher/i)
    }
  })

  test.each([
    ['auth/invalid-credential', /wrong/],
    ['auth/user-not-found', /^E-mail or password is wrong\.$/],
    ['auth/network-request-failed', /No connection/],
    ['auth/too-many-requests', /Wait/],
    ['auth/user-disabled', /switched off/],
    ['auth/whatever', /did not work/],
  ])('says of %s: %s', (code, words) => {
    expect(describeAuthError(code)).toMatch(words)
  })
})
