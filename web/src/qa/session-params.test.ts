import { expect, test } from 'vitest'
import { SessionParams, isFiltered, toSessionQuery } from './session-params.ts'

test('what the address says wrongly is left out', () => {
  expect(
    SessionParams.parse({
      q: 7,
      status: 'gone',
      page: '0',
      sort: 'size',
      from: 'today',
      order: 'up',
      to: '2025-10-03',
    }),
  ).toEqual({ to: '2025-10-03' })
})

test('the list is asked for as the API has it, whole days in the reader’s own time', () => {
  const query = toSessionQuery({
    q: ' insurance ',
    status: 'active',
    prospect: 'LEAD-1001',
    from: '2025-10-03',
    to: '2025-10-03',
    sort: 'completed_at',
    order: 'asc',
    page: 2,
  })
  expect(Object.fromEntries(query)).toEqual({
    page: '2',
    page_size: '20',
    search_query: 'insurance',
    status_filter: 'pending,in_progress',
    prospect_id: 'LEAD-1001',
    date_from: new Date(2025, 9, 3).toISOString(),
    date_to: new Date(2025, 9, 4).toISOString(),
    sort_by: 'completed_at',
    sort_order: 'asc',
  })
  expect(Object.fromEntries(toSessionQuery({}))).toEqual({ page: '1', page_size: '20' })
})

test('an order or a page is no filter', () => {
  expect(isFiltered({ sort: 'status', page: 2, q: '' })).toBe(false)
  expect(isFiltered({ status: 'failed' })).toBe(true)
})
