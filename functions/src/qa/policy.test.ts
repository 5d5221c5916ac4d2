import { expect, test } from 'vitest'
import { decideProspects } from '../prospects/policy.ts'
import { decideAsking, decideSession } from './policy.ts'

const session = { company_id: 'c_acme', created_by: 'ben' }

test.each([
  ['worker', 'c_acme', 'ben', 'read', 'not-an-admin'],
  ['agent', 'c_acme', 'ben', 'read', 'allow'],
  ['agent', 'c_acme', 'cleo', 'read', 'allow'],
  ['agent', 'c_acme', 'ben', 'change', 'allow'],
  ['agent', 'c_acme', 'cleo', 'change', 'not-the-asker'],
  ['manager', 'c_acme', 'ava', 'change', 'allow'],
  ['admin', 'c_acme', 'root', 'change', 'allow'],
  ['manager', 'c_globex', 'gus', 'read', 'other-company'],
  // The same uid in another company is another person.
  ['agent', 'c_globex', 'ben', 'change', 'other-company'],
  ['worker', 'c_globex', 'w', 'change', 'not-an-admin'],
] as const)(
  'a session and a %s of %s called %s who wants to %s it: %s',
  (role, company_id, uid, action, is) => {
    expect(decideSession({ role, company_id, uid }, session, action)).toBe(is)
  },
)

test.each([
  ['worker', 'not-an-admin', 'not-an-admin', 'not-an-admin'],
  ['agent', 'allow', 'allow', 'not-a-manager'],
  ['manager', 'allow', 'allow', 'allow'],
  ['admin', 'allow', 'allow', 'allow'],
] as const)('%s: asking %s, reading prospects %s, importing them %s', (role, ask, read, bringIn) => {
  expect(decideAsking({ role })).toBe(ask)
  expect(decideProspects({ role }, 'read')).toBe(read)
  expect(decideProspects({ role }, 'import')).toBe(bringIn)
})
