import { ref, set } from 'firebase/database'
import { expect, test, vi } from 'vitest'

import { connectClient, startTestDatabase } from '../testing/database.ts'
import { cloudEventFunction } from '../testing/functions-emulator.ts'
import { dataOf, startWithFunctions } from '../testing/functions-database.ts'

test('a function that got a new name is found under it, and under the first again after a restart', async () => {
  const { server, emulator, calls } = await startWithFunctions(cloudEventFunction('f', 'written', 'n'))
  const database = connectClient(server)
  const names: string[] = []
  let current = 2
  emulator.answer = (name) => {
    names.push(name)
    const generation = Number(name.split('-')[1])
    if (generation > current) return 404
    return generation < current ? 204 : 200
  }
  await set(ref(database, 'n'), 1)
  await calls(1)
  await set(ref(database, 'n'), 2)
  await calls(2)
  current = 0
  await set(ref(database, 'n'), 3)
  await calls(3)
  expect(names).toEqual(['f-0', 'f-1', 'f-2', 'f-2', 'f-2', 'f-0'])
})

test('nothing is called while background functions are switched off, and all goes on afterwards', async () => {
  const { server, emulator, calls } = await startWithFunctions(cloudEventFunction('f', 'written', 'n'))
  const database = connectClient(server)
  const names: string[] = []
  emulator.answer = (name) => {
    names.push(name)
    return name === 'f-0' ? 204 : 404
  }
  await set(ref(database, 'n'), 1)
  await expect.poll(() => names).toEqual(['f-0', 'f-1'])
  emulator.answer = () => 200
  await set(ref(database, 'n'), 2)
  const [call] = await calls(1)
  expect(dataOf(call!)).toMatchObject({ data: 1, delta: 2 })
})

test('writes do not wait for functions, and a slow function is called one event at a time', async () => {
  const { server, emulator, calls } = await startWithFunctions(cloudEventFunction('slow', 'written', 'n'))
  const database = connectClient(server)
  const gate = Promise.withResolvers<void>()
  let running = 0
  let most = 0
  emulator.answer = async () => {
    running += 1
    most = Math.max(most, running)
    await gate.promise
    running -= 1
    return 200
  }
  for (let count = 0; count < 5; count += 1) await set(ref(database, 'n'), count)
  expect(emulator.calls).toEqual([])
  gate.resolve()
  await calls(5)
  expect(most).toBe(1)
  expect(emulator.calls.map((call) => dataOf(call)['delta'])).toEqual([0, 1, 2, 3, 4])
})

test('a function that fails is not called again for the same event', async () => {
  const { server, emulator, calls } = await startWithFunctions(cloudEventFunction('f', 'written', 'n'))
  const database = connectClient(server)
  let failed = 0
  emulator.answer = () => {
    failed += 1
    return failed === 1 ? 500 : 200
  }
  await set(ref(database, 'n'), 1)
  await set(ref(database, 'n'), 2)
  const [call] = await calls(1)
  expect([dataOf(call!)['delta'], failed]).toEqual([2, 2])
})

test('an event whose call broke off is sent again with the same id, before the next one', async () => {
  const { server, emulator, calls } = await startWithFunctions(cloudEventFunction('f', 'written', 'n'))
  const database = connectClient(server)
  let answered = 0
  emulator.answer = () => {
    answered += 1
    return answered <= 2 ? 'break off' : 200
  }
  await set(ref(database, 'n'), 1)
  await set(ref(database, 'n'), 2)
  await calls(2)
  expect(emulator.calls.map((call) => dataOf(call)['delta'])).toEqual([1, 2])
  expect(emulator.attempts.slice(0, 3)).toEqual(Array(3).fill(emulator.calls[0]?.event['id']))
})

test('functions that appear later are found, and others than database functions are left alone', async () => {
  const { server, emulator, calls } = await startWithFunctions({ id: 'api', platform: 'gcfv2' })
  const database = connectClient(server)
  await set(ref(database, 'n'), 1)
  await expect.poll(() => emulator.listings()).toBe(1)
  emulator.functions = [cloudEventFunction('f', 'written', 'n')]
  let value = 1
  await vi.waitFor(
    async () => {
      value += 1
      await set(ref(database, 'n'), value)
      expect(emulator.calls.length).toBeGreaterThan(0)
    },
    { timeout: 20_000, interval: 100 },
  )
  await calls(emulator.calls.length)
})

test('a database without its functions emulator works, and closes at once', async () => {
  const server = await startTestDatabase({ functionsOrigin: 'http://127.0.0.1:1' })
  await expect(set(ref(connectClient(server), 'n'), 1)).resolves.toBeUndefined()
})
