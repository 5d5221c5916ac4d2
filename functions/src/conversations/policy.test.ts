import { describe, expect, test } from 'vitest'
import type { Role } from '../auth/schema.ts'
import { type Action, type Decision, type Holder, type Subject, decideAccess, decideBoard } from './policy.ts'

const ROLES: Role[] = ['worker', 'agent', 'manager', 'admin']
const ACTIONS: Action[] = ['read', 'write', 'take-over']
const viewer = (role: Role, company_id = 'c_acme') => ({ uid: 'me', role, company_id })

const mine: Holder = { adminId: 'me', companyId: 'c_acme', managerId: null }
const myAgent: Holder = { adminId: 'ben', companyId: 'c_acme', managerId: 'me' }
const colleague: Holder = { adminId: 'cleo', companyId: 'c_acme', managerId: 'ava' }
const strayAgent: Holder = { adminId: 'ben', companyId: 'c_globex', managerId: 'me' }
const ghost: Holder = { adminId: 'gone', companyId: null, managerId: null }

const subject = (holder: Holder | null, rest: Partial<Subject> = {}): Subject => ({
  status: 'ACTIVE',
  workerCompanyId: 'c_acme',
  holder,
  ...rest,
})

describe('within the own company', () => {
  // Columns: agent, manager, admin. A worker is refused in every row.
  const rows: [string, Subject, Action, Decision, Decision, Decision][] = [
    ['an unassigned call', subject(null), 'read', 'allow', 'allow', 'allow'],
    ['an unassigned call', subject(null), 'write', 'not-the-holder', 'not-the-holder', 'not-the-holder'],
    ['an unassigned call', subject(null), 'take-over', 'allow', 'allow', 'allow'],
    ['the own call', subject(mine), 'read', 'allow', 'allow', 'allow'],
    ['the own call', subject(mine), 'write', 'allow', 'allow', 'allow'],
    ['the own call', subject(mine), 'take-over', 'already-held', 'already-held', 'already-held'],
    ["an own agent's call", subject(myAgent), 'read', 'held-by-another', 'allow', 'held-by-another'],
    [
      "an own agent's call",
      subject(myAgent),
      'write',
      'held-by-another',
      'not-the-holder',
      'held-by-another',
    ],
    [
      "an own agent's call",
      subject(myAgent),
      'take-over',
      'held-by-another',
      'already-held',
      'held-by-another',
    ],
    [
      "a colleague's call",
      subject(colleague),
      'read',
      'held-by-another',
      'held-by-another',
      'held-by-another',
    ],
    [
      "a colleague's call",
      subject(colleague),
      'write',
      'held-by-another',
      'held-by-another',
      'held-by-another',
    ],
    [
      "a colleague's call",
      subject(colleague),
      'take-over',
      'held-by-another',
      'held-by-another',
      'held-by-another',
    ],
    [
      'a call held from elsewhere',
      subject(strayAgent),
      'read',
      'held-by-another',
      'held-by-another',
      'held-by-another',
    ],
    [
      'a call held by nobody known',
      subject(ghost),
      'read',
      'held-by-another',
      'held-by-another',
      'held-by-another',
    ],
    ['an ended own call', subject(mine, { status: 'ENDED' }), 'read', 'allow', 'allow', 'allow'],
    ['an ended own call', subject(mine, { status: 'ENDED' }), 'write', 'ended', 'ended', 'ended'],
    ['an ended free call', subject(null, { status: 'ENDED' }), 'read', 'allow', 'allow', 'allow'],
    ['an ended free call', subject(null, { status: 'ENDED' }), 'take-over', 'ended', 'ended', 'ended'],
    [
      "an ended colleague's call",
      subject(colleague, { status: 'ENDED' }),
      'read',
      'held-by-another',
      'held-by-another',
      'held-by-another',
    ],
  ]

  test.each(rows)('%s, %o, %s: agent %s, manager %s, admin %s', (_, of, action, agent, manager, admin) => {
    const decisions = ROLES.map((role) => decideAccess(viewer(role), of, action))
    expect(decisions).toEqual(['not-an-admin', agent, manager, admin])
  })
})

describe('outside the own company', () => {
  const holders = [null, mine, myAgent, colleague, strayAgent, ghost]
  const everybody = ROLES.flatMap((role) =>
    ACTIONS.flatMap((action) => holders.map((holder) => ({ role, action, holder }))),
  )

  test.each(everybody)(
    'a $role may not $action a call of another company held by $holder.adminId',
    ({ role, action, holder }) => {
      const expected = role === 'worker' ? 'not-an-admin' : 'other-company'
      expect(decideAccess(viewer(role, 'c_globex'), subject(holder), action)).toBe(expected)
    },
  )

  test.each(everybody)(
    'a $role may not $action a call of an unknown worker held by $holder.adminId',
    ({ role, action, holder }) => {
      const expected = role === 'worker' ? 'not-an-admin' : 'unknown-worker'
      expect(decideAccess(viewer(role), subject(holder, { workerCompanyId: null }), action)).toBe(expected)
    },
  )

  test('an unknown role is denied rather than guessed', () => {
    const role: Role = JSON.parse('"superuser"')
    expect(decideAccess(viewer(role), subject(null), 'read')).toBe('not-an-admin')
  })

  test('an empty company on both sides is no company in common', () => {
    expect(decideAccess(viewer('manager', ''), subject(null, { workerCompanyId: null }), 'read')).toBe(
      'unknown-worker',
    )
  })
})

test('only admins may ask for the board of calls', () => {
  expect(ROLES.map((role) => decideBoard({ role }))).toEqual(['not-an-admin', 'allow', 'allow', 'allow'])
})
