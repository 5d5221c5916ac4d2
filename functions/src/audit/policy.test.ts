import { expect, test } from 'vitest'
import { Role } from '../auth/schema.ts'
import { decideAudit } from './policy.ts'

test('only managers and administrators may read the audit log', () => {
  expect(Role.options.map((role) => `${role}: ${decideAudit({ role })}`)).toEqual([
    'worker: not-a-manager',
    'agent: not-a-manager',
    'manager: allow',
    'admin: allow',
  ])
})
