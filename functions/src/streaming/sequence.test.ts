import { expect, test } from 'vitest'
import { createSequence } from './sequence.ts'

test('runs a task at once while nothing else runs', () => {
  const order: string[] = []
  const sequence = createSequence((error) => order.push(String(error)))
  sequence.run(() => void order.push('first'))
  sequence.run(() => void order.push('second'))
  expect(order).toEqual(['first', 'second'])
})

test('keeps the order while an earlier task waits', async () => {
  const order: string[] = []
  const sequence = createSequence((error) => order.push(String(error)))
  const gate = Promise.withResolvers<void>()
  sequence.run(async () => {
    await gate.promise
    order.push('slow')
  })
  sequence.run(() => void order.push('quick'))
  sequence.run(async () => void order.push('last'))
  expect(order).toEqual([])
  gate.resolve()
  await expect.poll(() => order).toEqual(['slow', 'quick', 'last'])
  sequence.run(() => void order.push('idle again'))
  await expect.poll(() => order.at(-1)).toBe('idle again')
})

test('goes on after a task that failed, and tells of it', async () => {
  const order: string[] = []
  const sequence = createSequence((error) => order.push(String(error)))
  sequence.run(() => {
    throw new Error('now')
  })
  sequence.run(async () => {
    throw new Error('later')
  })
  sequence.run(() => void order.push('after'))
  await expect.poll(() => order).toEqual(['Error: now', 'Error: later', 'after'])
})

test('a task started from within a task runs after it', async () => {
  const order: string[] = []
  const sequence = createSequence((error) => order.push(String(error)))
  sequence.run(() => {
    sequence.run(() => void order.push('inner'))
    order.push('outer')
  })
  await expect.poll(() => order).toEqual(['outer', 'inner'])
})

test('hands on what a task returns or throws, in its turn', async () => {
  const sequence = createSequence(() => undefined)
  const gate = Promise.withResolvers<void>()
  const done: string[] = []
  sequence.run(() => gate.promise.then(() => void done.push('first')))
  const asked = sequence.ask(() => done.join())
  const refused = sequence.ask(() => {
    throw new Error('no')
  })
  gate.resolve()
  await expect(asked).resolves.toBe('first')
  await expect(refused).rejects.toThrow('no')
})
