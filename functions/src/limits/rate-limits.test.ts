import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Counters, memoryCounters } from './counters.ts'
import { REQUESTS_A_MINUTE, createRateLimits } from './rate-limits.ts'

const log = pino({ level: 'silent' })
// The limiter keeps time by the process's own clock.
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test.each([
  [{ address: '192.0.2.1' }, 'chats-anonymous', 10],
  [{ uid: 'ava' }, 'chats-authenticated', 100],
])('of chats %o may ask so often a minute, and then again a minute later', async (who, policy, quota) => {
  const limits = createRateLimits(memoryCounters, log)
  for (let left = quota - 1; left >= 0; left -= 1) {
    expect(await limits.take('chats', who)).toEqual({
      'RateLimit-Policy': `"${policy}";q=${quota};w=60`,
      RateLimit: `"${policy}";r=${left};t=60`,
    })
  }
  await vi.advanceTimersByTimeAsync(20_000)
  await expect(limits.take('chats', who)).rejects.toMatchObject({
    code: 'too-many-requests',
    headers: {
      'Retry-After': '40',
      'RateLimit-Policy': `"${policy}";q=${quota};w=60`,
      RateLimit: `"${policy}";r=0;t=40`,
    },
  })
  await vi.advanceTimersByTimeAsync(40_000)
  await expect(limits.take('chats', who)).resolves.toBeDefined()
})

test('of uploads there are as few as configuration says', async () => {
  const uploads = { authenticated: 2, anonymous: 2 }
  const limits = createRateLimits(memoryCounters, log, { ...REQUESTS_A_MINUTE, uploads })
  const send = () => limits.take('uploads', { uid: 'ava' })
  await send()
  await send()
  await expect(send()).rejects.toMatchObject({ code: 'too-many-requests', headers: { 'Retry-After': '60' } })
  await expect(limits.take('emergency', { uid: 'ava' })).resolves.toBeDefined()
})

test('neither another caller nor another kind of path is held up', async () => {
  const limits = createRateLimits(memoryCounters, log)
  const ask = () => limits.take('chats', { uid: 'ava' })
  for (let n = 0; n < 100; n += 1) await ask()
  await expect(ask()).rejects.toMatchObject({ code: 'too-many-requests' })
  await expect(limits.take('chats', { uid: 'ben' })).resolves.toBeDefined()
  await expect(limits.take('emergency', { uid: 'ava' })).resolves.toBeDefined()
  await expect(limits.take('general', { uid: 'ava' })).resolves.toBeDefined()
})

test('addresses of one IPv6 network count together', async () => {
  const limits = createRateLimits(memoryCounters, log)
  for (let n = 0; n < 10; n += 1) await limits.take('chats', { address: `2001:db8::${n + 1}` })
  await expect(limits.take('chats', { address: '2001:db8::ffff' })).rejects.toMatchObject({
    code: 'too-many-requests',
  })
})

test('where nothing can count everybody is let through', async () => {
  const broken = {
    counter: () => ({ consume: () => Promise.reject(new Error('broken')) }),
    close: () => Promise.resolve(),
  } as unknown as Counters
  await expect(createRateLimits(broken, log).take('emergency', { uid: 'ava' })).resolves.toEqual({})
})
