import type { UserIdentifier, UserRecord } from 'firebase-admin/auth'
import { expect, test } from 'vitest'
import { manualClock } from '../platform/testing/manual-clock.ts'
import { createAccounts } from './accounts.ts'

/** Firebase Auth as far as it is asked here; counts the calls and fails on demand. */
function scripted(users: Record<string, Partial<UserRecord>>) {
  const calls: string[][] = []
  const state = { fails: false }
  return {
    calls,
    state,
    async getUsers(identifiers: UserIdentifier[]) {
      const uids = identifiers.map((identifier) => ('uid' in identifier ? identifier.uid : ''))
      calls.push(uids)
      if (state.fails) throw new Error('network')
      const found = uids.filter((uid) => uid in users).map((uid) => ({ uid, disabled: false, ...users[uid] }))
      return { users: found as UserRecord[], notFound: [] }
    },
  }
}

const AVA: Partial<UserRecord> = {
  customClaims: { role: 'manager', company_id: 'c_acme' },
  tokensValidAfterTime: 'Fri, 03 Oct 2025 06:28:00 GMT',
  email: 'ava@acme.example',
}

test('reads the claims and the times of an account', async () => {
  const accounts = createAccounts(scripted({ ava: AVA }), manualClock())
  expect(await accounts.get('ava')).toEqual({
    uid: 'ava',
    disabled: false,
    claims: { role: 'manager', company_id: 'c_acme' },
    validSince: Date.UTC(2025, 9, 3, 6, 28),
    email: 'ava@acme.example',
    displayName: null,
  })
})

test.each([undefined, {}, { role: 'root', company_id: 'c_acme' }, { role: 'agent' }])(
  'takes claims %j as none',
  async (customClaims) => {
    const auth = scripted({ ava: { ...AVA, customClaims } as Partial<UserRecord> })
    expect((await createAccounts(auth, manualClock()).get('ava'))?.claims).toBeNull()
  },
)

test('asks once for callers at the same time and for five seconds after', async () => {
  const auth = scripted({ ava: AVA })
  const clock = manualClock()
  const accounts = createAccounts(auth, clock)
  await Promise.all([accounts.get('ava'), accounts.get('ava')])
  clock.advance(4_999)
  await accounts.get('ava')
  expect(auth.calls).toHaveLength(1)
  clock.advance(1)
  await accounts.get('ava')
  expect(auth.calls).toHaveLength(2)
})

test('remembers for as long that an account does not exist', async () => {
  const auth = scripted({})
  const accounts = createAccounts(auth, manualClock())
  expect([await accounts.get('nobody'), await accounts.get('nobody')]).toEqual([null, null])
  expect(auth.calls).toHaveLength(1)
})

test('says that it cannot tell when Firebase Auth fails, and asks again the next time', async () => {
  const auth = scripted({ ava: AVA })
  const accounts = createAccounts(auth, manualClock())
  auth.state.fails = true
  await expect(accounts.get('ava')).rejects.toMatchObject({ code: 'unavailable' })
  auth.state.fails = false
  expect((await accounts.get('ava'))?.uid).toBe('ava')
})

test('asks afresh for many at once, at most a hundred a call, and leaves out who is gone', async () => {
  const uids = Array.from({ length: 150 }, (_, index) => `u${index}`)
  const auth = scripted(Object.fromEntries(uids.map((uid) => [uid, AVA])))
  const accounts = createAccounts(auth, manualClock())
  expect(await accounts.refresh([...uids, 'gone'])).toHaveLength(150)
  expect(auth.calls.map(({ length }) => length)).toEqual([100, 51])
  await accounts.get('u7')
  expect(auth.calls).toHaveLength(2)
})
