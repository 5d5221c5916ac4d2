import { expect, test } from 'vitest'
import type { Role } from '../auth/schema.ts'
import { decideProcedures } from './policy.ts'

test.each<[Role, string, string]>([
  ['worker', 'not-an-admin', 'not-an-admin'],
  ['agent', 'allow', 'not-a-manager'],
  ['manager', 'allow', 'allow'],
  ['admin', 'allow', 'allow'],
])('%s: reading %s, changing %s', (role, reading, changing) => {
  expect([decideProcedures({ role }, 'read'), decideProcedures({ role }, 'change')]).toEqual([
    reading,
    changing,
  ])
})
