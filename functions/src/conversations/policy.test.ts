import { describe, expect, test } from 'vitest'
import type { Role } from '../auth/schema.ts'
import { type Action, type Decision, type Holder, type Subject, decideAccess, decideBoard } from './policy.ts'

const ROLES: Role[] = ['worker', 'agent', 'manager', 'admin']
const ACTIONS: Action[] = [
  'read',
  'write',
  'take-over',
  'release',
  'end',
  'set-urgency',
  'transfer',
  'accept-transfer',
  'decline-transfer',
]
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
  const held = 'held-by-another'
  const free = 'not-the-holder'
  const same = <T>(decision: T): [T, T, T] => [decision, decision, decision]
  const ended = { status: 'ENDED' } as const
  // Columns: agent, manager, admin. A worker is refused in every row.
  const rows: [string, Subject, Partial<Record<Action, [Decision, Decision, Decision]>>][] = [
    [
      'an unassigned call',
      subject(null),
      {
        read: same('allow'),
        'take-over': same('allow'),
        write: same(free),
        release: same(free),
        end: same(free),
        'set-urgency': same(free),
        transfer: same(free),
        'accept-transfer': same('not-offered'),
        'decline-transfer': same('not-offered'),
      },
    ],
    [
      'the own call',
      subject(mine),
      {
        read: same('allow'),
        'take-over': same('allow'),
        write: same('allow'),
        release: same('allow'),
        end: same('allow'),
        'set-urgency': same('allow'),
        transfer: same('allow'),
        'accept-transfer': same('allow'),
        'decline-transfer': same('not-offered'),
      },
    ],
    [
      'the own call, offered to another',
      subject(mine, { offeredTo: 'cleo' }),
      { write: same('allow'), 'accept-transfer': same('allow'), 'decline-transfer': same('allow') },
    ],
    [
      "an own agent's call",
      subject(myAgent),
      {
        read: [held, 'allow', held],
        'take-over': same('already-held'),
        write: [held, free, held],
        release: [held, 'allow', held],
        end: [held, 'allow', held],
        'set-urgency': [held, free, held],
        transfer: [held, free, held],
        'accept-transfer': same('not-offered'),
        'decline-transfer': same('not-offered'),
      },
    ],
    [
      "a colleague's call",
      subject(colleague),
      {
        read: same(held),
        'take-over': same('already-held'),
        write: same(held),
        release: same(held),
        end: same(held),
        'set-urgency': same(held),
        transfer: same(held),
        'accept-transfer': same('not-offered'),
        'decline-transfer': same('not-offered'),
      },
    ],
    [
      "a colleague's call, offered to the viewer",
      subject(colleague, { offeredTo: 'me' }),
      {
        read: same('allow'),
        'take-over': same('already-held'),
        write: same(free),
        release: same(free),
        end: same(free),
        'set-urgency': same(free),
        transfer: same(free),
        'accept-transfer': same('allow'),
        'decline-transfer': same('allow'),
      },
    ],
    [
      "a colleague's call, offered to another",
      subject(colleague, { offeredTo: 'dan' }),
      { read: same(held) },
    ],
    [
      'a call held from elsewhere',
      subject(strayAgent),
      { read: same(held), release: same(held), end: same(held), 'take-over': same('already-held') },
    ],
    ['a call held by nobody known', subject(ghost), { read: same(held), 'take-over': same('already-held') }],
    [
      'an ended own call',
      subject(mine, ended),
      {
        read: same('allow'),
        'take-over': same('ended'),
        write: same('ended'),
        release: same('ended'),
        end: same('allow'),
        'set-urgency': same('ended'),
        transfer: same('ended'),
        'accept-transfer': same('ended'),
        'decline-transfer': same('ended'),
      },
    ],
    [
      "an own agent's ended call",
      subject(myAgent, ended),
      { read: [held, 'allow', held], end: ['ended', 'allow', 'ended'], release: same('ended') },
    ],
    [
      'an ended free call',
      subject(null, ended),
      { read: same('allow'), 'take-over': same('ended'), end: same('ended') },
    ],
    [
      "an ended colleague's call",
      subject(colleague, ended),
      { read: same(held), 'take-over': same('ended'), end: same('ended') },
    ],
    [
      "an ended colleague's call that was offered to the viewer",
      subject(colleague, { ...ended, offeredTo: 'me' }),
      { 'accept-transfer': same('ended') },
    ],
  ]
  const cells = rows.flatMap(([situation, of, decisions]) =>
    Object.entries(decisions).map(([action, [agent, manager, admin]]) => ({
      situation,
      of,
      action: action as Action,
      agent,
      manager,
      admin,
    })),
  )

  test.each(cells)(
    '$situation, $action: agent $agent, manager $manager, admin $admin',
    ({ of, action, agent, manager, admin }) => {
      const decisions = ROLES.map((role) => decideAccess(viewer(role), of, action))
      expect(decisions).toEqual(['not-an-admin', agent, manager, admin])
    },
  )
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

  test('an offer does not reach into another company', () => {
    const offered = subject(colleague, { offeredTo: 'me' })
    for (const action of ACTIONS) {
      expect(decideAccess(viewer('agent', 'c_globex'), offered, action)).toBe('other-company')
    }
  })

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
