import { randomUUID } from 'node:crypto'

import { deleteApp, initializeApp } from 'firebase-admin/app'
import { getDatabaseWithUrl, ServerValue } from 'firebase-admin/database'
import type { Database } from 'firebase-admin/database'
import { expect, onTestFinished, test, vi } from 'vitest'

import { startTestDatabase, uploadRules } from '../testing/database.ts'

function connectAdmin(server: { port: number }, override?: object | null): Database {
  const app = initializeApp(
    {
      projectId: 'demo-test',
      credential: { getAccessToken: () => Promise.resolve({ access_token: 'owner', expires_in: 3600 }) },
      databaseURL: `http://127.0.0.1:${server.port}?ns=test`,
      ...(override !== undefined && { databaseAuthVariableOverride: override }),
    },
    randomUUID(),
  )
  vi.stubEnv('FIREBASE_DATABASE_EMULATOR_HOST', `127.0.0.1:${server.port}`)
  const database = getDatabaseWithUrl(`http://127.0.0.1:${server.port}?ns=test`, app)
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    database.goOffline()
    await deleteApp(app)
  })
  return database
}

test('the Admin SDK writes, listens, queries and counts whatever the rules say', async () => {
  const server = await startTestDatabase()
  await uploadRules(server, { '.read': false, '.write': false })
  const database = connectAdmin(server)
  const seen: unknown[] = []
  database.ref('calls').on('value', (snapshot) => seen.push(snapshot.val()))
  await database.ref().update({ 'calls/a': { status: 'ACTIVE' }, 'calls/b': { status: 'ENDED' } })
  await database.ref('calls/a/count').set(ServerValue.increment(3))
  await database.ref('calls/a/count').transaction((value: number | null) => (value ?? 0) + 1)
  const active = await database.ref('calls').orderByChild('status').equalTo('ACTIVE').once('value')
  expect(active.val()).toEqual({ a: { status: 'ACTIVE', count: 4 } })
  expect(seen.at(-1)).toEqual({ a: { status: 'ACTIVE', count: 4 }, b: { status: 'ENDED' } })
})

test.each([
  ['somebody', { uid: 'ann' }, ['ann', null]],
  ['nobody', null, [null, null]],
])('the Admin SDK on behalf of %s obeys the rules', async (_title, override, expected) => {
  const server = await startTestDatabase()
  await connectAdmin(server).ref('users').set({ ann: 'ann', ben: 'ben' })
  await uploadRules(server, { users: { $uid: { '.read': 'auth.uid === $uid' } } })
  const database = connectAdmin(server, override)
  const read = async (uid: string) => {
    const snapshot = await database
      .ref(`users/${uid}`)
      .get()
      .catch(() => null)
    return (snapshot?.val() ?? null) as unknown
  }
  expect([await read('ann'), await read('ben')]).toEqual(expected)
})

test('the Admin SDK uploads rules and reads them', async () => {
  const database = connectAdmin(await startTestDatabase())
  const rules = '{"rules": {".read": true /* all */}}'
  await database.setRules(rules)
  expect(await database.getRules()).toBe(rules)
  await expect(database.setRules('{"rules": {".read": "nobody()"}}')).rejects.toThrow('Line 1')
})
