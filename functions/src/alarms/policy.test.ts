import { describe, expect, test } from 'vitest'
import type { Role } from '../auth/schema.ts'
import { decideAlarm } from './policy.ts'

const ben = { adminId: 'ben', companyId: 'c_acme', managerId: 'ava' }
const people = {
  'the holder': { uid: 'ben', role: 'agent', company_id: 'c_acme' },
  "the holder's manager": { uid: 'ava', role: 'manager', company_id: 'c_acme' },
  'another manager': { uid: 'max', role: 'manager', company_id: 'c_acme' },
  'another agent': { uid: 'cleo', role: 'agent', company_id: 'c_acme' },
  'the holder, moved to another company': { uid: 'ben', role: 'agent', company_id: 'c_globex' },
  'a manager of another company': { uid: 'gus', role: 'manager', company_id: 'c_globex' },
  'the worker': { uid: 'worker', role: 'worker', company_id: 'c_acme' },
} as const satisfies Record<string, { uid: string; role: Role; company_id: string }>
type Who = keyof typeof people

const outsiders = {
  'the holder, moved to another company': 'other-company',
  'a manager of another company': 'other-company',
  'the worker': 'not-an-admin',
} as const
const inside = { 'the holder': 'allow', "the holder's manager": 'allow' } as const
const everybody = { ...inside, 'another manager': 'allow', 'another agent': 'allow', ...outsiders } as const

describe.each([
  [
    'of a held call',
    { audience: 'holder', holder: ben },
    { ...inside, 'another manager': 'held-by-another', 'another agent': 'held-by-another', ...outsiders },
  ],
  ['of a held call, for the company', { audience: 'company', holder: ben }, everybody],
  ['of a call that nobody holds', { audience: 'holder', holder: null }, everybody],
  ['for the company, of a call that nobody holds', { audience: 'company', holder: null }, everybody],
] as const)('an alarm %s', (_, subject, decisions) => {
  test.each(Object.entries(decisions))('%s: %s', (who, decision) => {
    expect(decideAlarm(people[who as Who], { companyId: 'c_acme', ...subject })).toBe(decision)
  })
})
