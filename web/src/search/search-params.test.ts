import { expect, test } from 'vitest'
import { startOfDay } from '../ui/day.ts'
import { SearchParams, toQuery } from './search-params.ts'

test('an address that says something wrong searches without it', () => {
  expect(SearchParams.parse({ q: 'rope', urgency: 'URGENT', from: '../', sort: 'oldest' })).toEqual({
    q: 'rope',
  })
})

test('asks for whole days of the reader', () => {
  const query = toQuery({
    q: ' rope ',
    from: '2025-10-03',
    to: '2025-10-03',
    worker: 'worker_1',
    sort: 'newest',
  })
  expect(Object.fromEntries(query)).toEqual({
    q: 'rope',
    from: new Date(2025, 9, 3).toISOString(),
    to: new Date(2025, 9, 4).toISOString(),
    worker_id: 'worker_1',
    sort: 'newest',
  })
})

test('the last day of a month ends where the next month begins', () => {
  expect(startOfDay('2025-10-31', 1)).toBe(new Date(2025, 10, 1).toISOString())
})
