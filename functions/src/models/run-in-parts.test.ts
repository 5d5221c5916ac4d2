import { expect, test } from 'vitest'
import { type Told, runInParts } from './run-in-parts.ts'

type Calls = Told<string, string>[]

/** Makes of a prompt how many letters stand behind it. */
const counting =
  (calls: Calls) =>
  async (told: Told<string, string>): Promise<{ output: string; model: string; isFallback: boolean }> => {
    calls.push(told)
    const letters = told.tail.join('').length + told.parts.reduce((sum, part) => sum + Number(part), 0)
    return { output: String(letters), model: 'm', isFallback: false }
  }
const lengthOf = (item: string) => item.length

test('what fits is told at once, with what was made of earlier parts', async () => {
  const calls: Calls = []
  const items = ['aa', 'bb']
  const { output } = await runInParts({ items, earlier: ['7'], lengthOf, budget: 4 }, counting(calls))
  expect(calls).toEqual([{ parts: ['7'], tail: items }])
  expect(output).toBe('11')
})

test('what does not fit is told in parts, each item once, and no prompt holds more than it may', async () => {
  const calls: Calls = []
  const items = Array.from({ length: 100 }, (_, at) => `${at}`.padStart(10, '.'))
  const { output } = await runInParts({ items, lengthOf, budget: 50 }, counting(calls))
  expect(output).toBe('1000')
  expect(calls.flatMap(({ tail }) => tail)).toEqual(items)
  for (const { tail, parts } of calls) {
    expect(tail.join('').length).toBeLessThanOrEqual(50)
    expect(parts.map((part) => JSON.stringify(part)).join('').length).toBeLessThanOrEqual(50)
  }
  // Twenty parts do not fit into one prompt either, so that there is more than one merge.
  expect(calls.filter(({ parts }) => parts.length > 0).length).toBeGreaterThan(1)
})

test('an item, and parts, that no prompt could hold are told all the same', async () => {
  const calls: Calls = []
  const { output } = await runInParts({ items: ['aaaa', 'b', 'cccc'], lengthOf, budget: 2 }, counting(calls))
  expect(output).toBe('9')
  expect(calls.map(({ tail }) => tail)).toEqual([['aaaa'], ['b'], ['cccc'], []])
})

test('a failure of one part is a failure of the whole', async () => {
  const items = ['aa', 'bb']
  const run = runInParts({ items, lengthOf, budget: 2 }, () => Promise.reject(new Error('down')))
  await expect(run).rejects.toThrow('down')
})
