import { pino } from 'pino'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createLoginThrottle } from '../auth/login-throttle.ts'
import { AppError } from '../platform/errors.ts'
import { redisCounters } from './counters.ts'
import { createRateLimits } from './rate-limits.ts'
import { freePort, hasRedis, startRedis } from './testing/redis-server.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

/** One instance of the product, as far as it counts; `lines`: what it logged. */
function instance(url: string) {
  const lines: string[] = []
  const log = pino(
    { level: 'info', messageKey: 'message' },
    { write: (line: string) => void lines.push(line) },
  )
  const counters = redisCounters(url, log)
  closing.push(() => counters.close())
  const limits = createRateLimits(counters, log)
  const take = (address = '192.0.2.1') => limits.take('chats', { address })
  return { counters, take, lines }
}
const left = (headers: Record<string, string>) => /r=(\d+)/.exec(headers.RateLimit ?? '')?.[1]
describe.skipIf(!hasRedis())('with redis-server', () => {
  test('instances count together', async () => {
    const redis = await startRedis(await freePort())
    closing.push(() => redis.stop())
    const [one, two] = [instance(redis.url), instance(redis.url)]
    await expectShared(one, two)
    for (let n = 0; n < 8; n += 1) await (n % 2 ? one : two).take()
    for (const each of [one, two]) {
      await expect(each.take()).rejects.toMatchObject({ code: 'too-many-requests' })
    }
    await expect(one.take('192.0.2.2')).resolves.toBeDefined()
  })

  test('log-ins are slowed down by all instances together', async () => {
    const redis = await startRedis(await freePort())
    closing.push(() => redis.stop())
    const [one, two] = [instance(redis.url), instance(redis.url)]
    await expectShared(one, two)
    const throttles = [one, two].map(({ counters }) => createLoginThrottle(counters))
    const guess = async (n: number) =>
      throttles[n % 2]?.('192.0.2.1', 'ava@acme.example', () =>
        Promise.reject(new AppError('unauthenticated', 'Wrong')),
      )
    for (let n = 0; n < 10; n += 1) await expect(guess(n)).rejects.toMatchObject({ code: 'unauthenticated' })
    for (const n of [0, 1]) await expect(guess(n)).rejects.toMatchObject({ code: 'too-many-requests' })
  })

  test('goes away: each counts for itself, says so once, and counts together again when it is back', async () => {
    const port = await freePort()
    const redis = await startRedis(port)
    const [one, two] = [instance(redis.url), instance(redis.url)]
    await expectShared(one, two)
    await redis.stop()
    await expect.poll(() => one.lines.join()).toContain('redis does not answer')
    for (let n = 0; n < 10; n += 1) await one.take('192.0.2.3')
    await expect(one.take('192.0.2.3')).rejects.toMatchObject({ code: 'too-many-requests' })
    await expect(two.take('192.0.2.3')).resolves.toBeDefined()
    expect(one.lines.filter((line) => line.includes('redis does not answer'))).toHaveLength(1)

    const again = await startRedis(port)
    closing.push(() => again.stop())
    await expect.poll(() => one.lines.join()).toContain('shared again')
    await expect.poll(() => two.lines.join()).toContain('shared again')
    await one.take('192.0.2.4')
    expect(left(await two.take('192.0.2.4'))).toBe('8')
  }, 30_000)
})

/** Both are connected, for what one uses up the other knows of; two points of the usual address are used up then. */
async function expectShared(
  one: ReturnType<typeof instance>,
  two: ReturnType<typeof instance>,
): Promise<void> {
  const [mine, theirs] = [one, two].map(({ counters }) =>
    counters.counter('probe', { points: 9, seconds: 60 }),
  )
  let tries = 0
  await vi.waitFor(
    async () => {
      const key = `probe-${(tries += 1)}`
      await mine?.consume(key)
      expect((await theirs?.get(key))?.consumedPoints).toBe(1)
    },
    { timeout: 20_000 },
  )
  await one.take()
  expect(left(await two.take())).toBe('8')
}

test('a Redis that was never there stops nobody and leaves nothing open', async () => {
  const { take, lines } = instance(`redis://127.0.0.1:${await freePort()}`)
  for (let n = 0; n < 10; n += 1) expect(left(await take())).toBe(String(9 - n))
  await expect(take()).rejects.toMatchObject({ code: 'too-many-requests' })
  await expect.poll(() => lines.join()).toContain('redis does not answer')
})
