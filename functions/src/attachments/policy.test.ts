import { expect, test } from 'vitest'
import type { Viewer } from '../conversations/policy.ts'
import { type OwnCall, decideOwnCall } from './policy.ts'

const ravi: Viewer = { uid: 'ravi', role: 'worker', company_id: 'c_acme' }
const active: OwnCall = { worker_id: 'ravi', company_id: 'c_acme', status: 'ACTIVE' }
const ended: OwnCall = { ...active, status: 'ENDED' }

test.each<[string, Viewer, OwnCall, ReturnType<typeof decideOwnCall>, ReturnType<typeof decideOwnCall>]>([
  ['the own active call', ravi, active, 'allow', 'allow'],
  ['the own ended call', ravi, ended, 'allow', 'ended'],
  ["a colleague's call", { ...ravi, uid: 'meera' }, active, 'not-the-worker', 'not-the-worker'],
  [
    'the own call after a move to another company',
    { ...ravi, company_id: 'c_globex' },
    active,
    'not-the-worker',
    'not-the-worker',
  ],
  ['a call of no company', ravi, { worker_id: 'ravi', status: 'ACTIVE' }, 'not-the-worker', 'not-the-worker'],
  ['an admin of the same id', { ...ravi, role: 'agent' }, active, 'not-the-worker', 'not-the-worker'],
  ['a manager', { ...ravi, uid: 'ava', role: 'manager' }, active, 'not-the-worker', 'not-the-worker'],
])('%s', (_title, viewer, call, read, upload) => {
  expect([decideOwnCall(viewer, call, 'read'), decideOwnCall(viewer, call, 'upload')]).toEqual([read, upload])
})
