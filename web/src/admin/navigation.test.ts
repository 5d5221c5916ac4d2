import type { Me } from '@lifeline/functions/contract'
import { expect, test } from 'vitest'
import { isOnPage, PAGES, pagesFor } from './navigation.ts'

const me = (role: Me['role']): Me => ({
  uid: 'admin_ben',
  role,
  company_id: 'c_acme',
  company_name: 'Acme',
  name: 'Ben',
  email: null,
  manager_id: null,
})
const labels = (role: Me['role'], hasRoute: (path: string) => boolean) =>
  pagesFor(me(role), hasRoute).map(({ label }) => label)

test('offers no page that does not exist', () => {
  expect(labels('manager', (path) => path === '/' || path === '/search')).toEqual(['Calls', 'Search'])
})

test('offers the audit log to managers only', () => {
  expect(labels('agent', () => true)).not.toContain('Audit')
  expect(labels('manager', () => true)).toContain('Audit')
})

test.each([
  ['/', 'Calls'],
  ['/conversations/conv_1', 'Calls'],
  ['/qa', 'Q&A'],
  ['/qa/sessions/QS-1', 'Q&A'],
  ['/qa-other', undefined],
  ['/conversationsx', undefined],
])('%s belongs to %s', (pathname, label) => {
  expect(PAGES.filter((page) => isOnPage(page, pathname)).map((page) => page.label)).toEqual(
    label === undefined ? [] : [label],
  )
})
