import { describe, expect, test } from 'vitest'
import { AppError } from '../platform/errors.ts'
import type { Directory } from './directory.ts'
import type { Decision } from './policy.ts'
import { type Conflict, decideLease, refuseAct } from './refuse-act.ts'

const directory: Directory = {
  worker: () => null,
  admin: (id) => (id === 'ben' ? { company_id: 'c_acme', manager_id: null, name: 'Ben' } : null),
}
const unknown = () => new AppError('not-found', 'unknown')
const refusal = async (decision: Decision | Conflict, admin_id: string | null = 'ben') => {
  try {
    await refuseAct(decision, { admin_id, takeover: 3 }, { directory, unknown })
    return null
  } catch (error) {
    const { code, message, details } = error as AppError
    return { code, message, details }
  }
}

test('what is allowed is not refused', async () => {
  expect(await refusal('allow')).toBeNull()
})

test.each<[Decision, string]>([
  ['not-an-admin', 'forbidden'],
  ['other-company', 'not-found'],
  ['unknown-worker', 'not-found'],
])('%s is answered %s, without a word about the call', async (decision, code) => {
  const refused = await refusal(decision)
  expect(refused).toMatchObject({ code, details: undefined })
  expect(refused?.message).not.toContain('Ben')
})

test.each<[Conflict, string | null, string, unknown]>([
  ['already-held', 'ben', 'Ben holds this call.', { admin_id: 'ben', name: 'Ben' }],
  ['held-by-another', 'gone', 'gone holds this call.', { admin_id: 'gone', name: 'gone' }],
  ['not-the-holder', null, 'Nobody holds this call. Take it over first.', null],
  ['stale-lease', null, 'The call has been handed back since. Take it over again.', null],
  [
    'stale-lease',
    'ben',
    'The call has been taken over again since. Ben holds it.',
    { admin_id: 'ben', name: 'Ben' },
  ],
  ['ended', null, 'This call has ended.', null],
])('%s while %s holds it says so', async (reason, admin_id, message, holder) => {
  expect(await refusal(reason, admin_id)).toEqual({
    code: 'conflict',
    message,
    details: { reason, holder, takeover: 3 },
  })
})

describe('the lease', () => {
  test.each<[Decision, number | undefined, Decision | Conflict]>([
    ['allow', undefined, 'allow'],
    ['allow', 3, 'allow'],
    ['allow', 2, 'stale-lease'],
    ['allow', 4, 'stale-lease'],
    ['held-by-another', 2, 'stale-lease'],
    ['not-the-holder', 3, 'not-the-holder'],
    ['other-company', 2, 'other-company'],
    ['ended', 2, 'ended'],
  ])('%s under lease %s of 3 is %s', (decision, lease, expected) => {
    expect(decideLease(decision, { admin_id: 'ben', takeover: 3 }, lease)).toBe(expected)
  })
})
