import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../platform/errors.ts'
import { networkOf } from '../platform/network.ts'
import { createLoginThrottle } from './login-throttle.ts'

// The limiter keeps time by the process's own clock.
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const wrong = async () => {
  throw new AppError('unauthenticated', 'Wrong')
}
const outcome = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'in',
    (error: AppError) => error.code,
  )

test('lets ten wrong guesses of one address at one account through, then none for a quarter of an hour', async () => {
  const attempt = createLoginThrottle()
  const guess = () => outcome(attempt('10.0.0.1', 'ava@acme.example', wrong))
  const outcomes = []
  for (let n = 0; n < 11; n += 1) outcomes.push(await guess())
  expect(outcomes).toEqual([...Array<string>(10).fill('unauthenticated'), 'too-many-requests'])
  expect(await outcome(attempt('10.0.0.1', 'ava@acme.example', async () => 'right'))).toBe(
    'too-many-requests',
  )
  expect(await outcome(attempt('10.0.0.2', 'ava@acme.example', async () => 'right'))).toBe('in')
  expect(await outcome(attempt('10.0.0.1', 'ben@acme.example', async () => 'right'))).toBe('in')
  vi.advanceTimersByTime(15 * 60_000)
  expect(await guess()).toBe('unauthenticated')
})

test('says when to try again', async () => {
  const attempt = createLoginThrottle()
  for (let n = 0; n < 10; n += 1) await outcome(attempt('a', 'e', wrong))
  vi.advanceTimersByTime(60_000)
  await expect(attempt('a', 'e', wrong)).rejects.toMatchObject({ headers: { 'Retry-After': '840' } })
})

test('lets no more through when they all come at once', async () => {
  const attempt = createLoginThrottle()
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => outcome(attempt('a', 'e', wrong))))
  expect(outcomes.filter((code) => code === 'unauthenticated')).toHaveLength(10)
})

test('stops an address that tries one account after another', async () => {
  const attempt = createLoginThrottle()
  for (let n = 0; n < 100; n += 1) await outcome(attempt('a', `user${n}`, wrong))
  expect(await outcome(attempt('a', 'one-more', wrong))).toBe('too-many-requests')
})

test('keeps nothing for the accounts that a stopped address goes on naming', async () => {
  const attempt = createLoginThrottle()
  for (let n = 0; n < 100; n += 1) await outcome(attempt('a', `user${n}`, wrong))
  const timers = vi.getTimerCount()
  for (let n = 0; n < 50; n += 1) await outcome(attempt('a', `more${n}`, wrong))
  expect(vi.getTimerCount()).toBe(timers)
})

test.each<[string, () => Promise<unknown>]>([
  ['a right password', async () => 'right'],
  ['an outage', async () => Promise.reject(new AppError('unavailable', 'x'))],
  ['an error that nobody foresaw', async () => Promise.reject(new Error('x'))],
])('never counts %s', async (_, check) => {
  const attempt = createLoginThrottle()
  for (let n = 0; n < 40; n += 1) await attempt('a', 'e', check).catch(() => {})
  expect(await outcome(attempt('a', 'e', async () => 'right'))).toBe('in')
})

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
])('counts %s as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
