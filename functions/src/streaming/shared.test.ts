import { expect, test } from 'vitest'
import { createShared } from './shared.ts'

function setUp() {
  const events: string[] = []
  const timers = new Set<() => void>()
  let opened = 0
  const shared = createShared<string, { name: string }>({
    open: (key) => {
      opened += 1
      events.push(`open ${key}`)
      return { name: `${key}${opened}` }
    },
    close: ({ name }) => void events.push(`close ${name}`),
    lingerMs: 5_000,
    clock: {
      after: (_, run) => {
        timers.add(run)
        return () => void timers.delete(run)
      },
    },
  })
  const elapse = () => {
    for (const run of timers) {
      timers.delete(run)
      run()
    }
  }
  return { shared, events, elapse, timers }
}

test('opens once for all holders and closes after the last has left and the linger is over', () => {
  const { shared, events, elapse } = setUp()
  const first = shared.acquire('a')
  const second = shared.acquire('a')
  expect(second.value).toBe(first.value)
  first.release()
  elapse()
  expect(events).toEqual(['open a'])
  second.release()
  expect(events).toEqual(['open a'])
  elapse()
  expect(events).toEqual(['open a', 'close a1'])
  expect(shared.size()).toBe(0)
})

test('keeps the thing for a holder who comes within the linger', () => {
  const { shared, events, elapse, timers } = setUp()
  shared.acquire('a').release()
  const again = shared.acquire('a')
  expect(timers.size).toBe(0)
  elapse()
  expect([again.value.name, events]).toEqual(['a1', ['open a']])
})

test('a part given back twice counts once', () => {
  const { shared, events, elapse } = setUp()
  const first = shared.acquire('a')
  shared.acquire('a')
  first.release()
  first.release()
  elapse()
  expect(events).toEqual(['open a'])
})

test('a broken thing is closed at once, once, and replaced for the next holder', () => {
  const { shared, events, elapse } = setUp()
  const broken = shared.acquire('a')
  shared.discard('a', broken.value)
  const fresh = shared.acquire('a')
  shared.discard('a', broken.value)
  broken.release()
  elapse()
  expect(fresh.value.name).toBe('a2')
  expect(events).toEqual(['open a', 'close a1', 'open a'])
})
