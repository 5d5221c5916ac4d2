import { createLogger } from '../platform/logger.ts'
import { expect, test } from 'vitest'
import { manualClock } from '../platform/testing/manual-clock.ts'
import type { Account } from './accounts.ts'
import type { Actor } from './actor.ts'
import { createRevocations } from './revocations.ts'

const AVA: Actor = {
  kind: 'api',
  uid: 'ava',
  role: 'manager',
  company_id: 'c_acme',
  tokenId: 't1',
  sessionId: 's1',
  issuedAt: 1_000,
  expiresAt: 1_000_000,
}
const ACCOUNT: Account = {
  uid: 'ava',
  disabled: false,
  claims: { role: 'manager', company_id: 'c_acme' },
  validSince: 0,
  email: null,
  displayName: null,
}

/** The feed over a blacklist and accounts that the test plays itself. */
function setUp() {
  const clock = manualClock(100_000)
  const listeners: {
    since: number
    onId: (id: string, expiresAt: number) => void
    onError: (error: Error) => void
  }[] = []
  const stopped = { count: 0 }
  const known = { accounts: [ACCOUNT], fails: false, asked: 0 }
  const revocations = createRevocations({
    clock,
    log: createLogger({ logLevel: 'silent' }),
    blacklist: {
      listen(since, onId, onError) {
        listeners.push({ since, onId, onError })
        return () => (stopped.count += 1)
      },
    },
    accounts: {
      async refresh(uids) {
        known.asked += 1
        if (known.fails) throw new Error('network')
        return known.accounts.filter(({ uid }) => uids.includes(uid))
      },
    },
  })
  const revoke = (id: string, expiresAt = 900_000) => listeners.at(-1)?.onId(id, expiresAt)
  return { clock, listeners, stopped, known, revocations, revoke }
}
const forever = () => new AbortController().signal

test.each(['t1', 's1'])('ends what is open when %s is revoked, and says why', (id) => {
  const { revocations, revoke } = setUp()
  const signal = revocations.watch(AVA, forever())
  const other = revocations.watch({ ...AVA, tokenId: 't2', sessionId: 's2' }, forever())
  expect(signal.aborted).toBe(false)
  revoke(id)
  expect(signal.reason).toMatchObject({ code: 'unauthenticated', message: 'The token has been revoked' })
  expect(other.aborted).toBe(false)
})

test('ends at once what is opened with a token that was revoked in between', () => {
  const { revocations, revoke } = setUp()
  revocations.watch({ ...AVA, tokenId: 't9', sessionId: null }, forever())
  revoke('t1')
  expect(revocations.watch(AVA, forever()).aborted).toBe(true)
})

test('follows the blacklist once, from the first watcher on, and stops when closed', () => {
  const { revocations, listeners, stopped, clock } = setUp()
  expect(listeners).toHaveLength(0)
  revocations.watch(AVA, forever())
  revocations.watch(AVA, forever())
  expect(listeners).toMatchObject([{ since: 100_000 }])
  revocations.close()
  expect([stopped.count, clock.pending]).toEqual([1, 0])
})

test('forgets a watcher whose exchange is over', () => {
  const { revocations, revoke } = setUp()
  const exchange = new AbortController()
  const signal = revocations.watch(AVA, exchange.signal)
  exchange.abort()
  revoke('t1')
  expect(signal.aborted).toBe(false)
  expect(revocations.watch(AVA, exchange.signal).aborted).toBe(false)
})

test('listens again after the listener has failed, and hears what it missed', () => {
  const { revocations, listeners, clock, revoke } = setUp()
  const signal = revocations.watch(AVA, forever())
  listeners[0]?.onError(new Error('permission denied'))
  clock.advance(5_000)
  expect(listeners).toHaveLength(2)
  revoke('t1')
  expect(signal.aborted).toBe(true)
})

test.each<[string, Account[], string]>([
  ['was disabled', [{ ...ACCOUNT, disabled: true }], 'This account is disabled'],
  ['is gone', [], 'This account does not exist any more'],
  ['had all tokens withdrawn', [{ ...ACCOUNT, validSince: 2_000 }], 'The token has been revoked'],
  [
    'has another role',
    [{ ...ACCOUNT, claims: { role: 'agent', company_id: 'c_acme' } }],
    'This account has changed; log in again',
  ],
  [
    'moved to another company',
    [{ ...ACCOUNT, claims: { role: 'manager', company_id: 'c_globex' } }],
    'This account has changed; log in again',
  ],
  ['lost its role', [{ ...ACCOUNT, claims: null }], 'This account has changed; log in again'],
])('ends what is open within half a minute when its user %s', async (_, accounts, message) => {
  const { revocations, known, clock } = setUp()
  const signal = revocations.watch(AVA, forever())
  known.accounts = accounts
  clock.advance(15_000)
  await expect.poll(() => signal.aborted).toBe(true)
  expect(signal.reason).toMatchObject({ code: 'unauthenticated', message })
})

test('keeps open what it cannot check, and checks it the next time', async () => {
  const { revocations, known, clock } = setUp()
  const signal = revocations.watch(AVA, forever())
  known.fails = true
  clock.advance(15_000)
  await expect.poll(() => known.asked).toBe(1)
  expect(signal.aborted).toBe(false)
  Object.assign(known, { fails: false, accounts: [] })
  await expect
    .poll(() => {
      clock.advance(15_000)
      return signal.aborted
    })
    .toBe(true)
})

test('asks nobody while nothing is open', () => {
  const { revocations, known, clock } = setUp()
  const exchange = new AbortController()
  revocations.watch(AVA, exchange.signal)
  exchange.abort()
  clock.advance(60_000)
  expect(known.asked).toBe(0)
})
