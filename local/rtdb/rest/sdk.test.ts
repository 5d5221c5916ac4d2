import { deleteApp, initializeApp, setLogLevel } from 'firebase/app'
import type { FirebaseApp } from 'firebase/app'
import {
  connectDatabaseEmulator,
  get,
  getDatabase,
  limitToFirst,
  onValue,
  orderByChild,
  query,
  ref,
  serverTimestamp,
  set,
  update,
} from 'firebase/database'
import type { Database } from 'firebase/database'
import { deleteApp as deleteAdminApp, initializeApp as initializeAdminApp } from 'firebase-admin/app'
import type { App } from 'firebase-admin/app'
import { getDatabase as getAdminDatabase } from 'firebase-admin/database'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { asOwner, startRestTestServer } from './rest-test-server.ts'
import type { RestTestServer } from './rest-test-server.ts'

// Refused writes are what this is about; the SDK would warn of each.
setLogLevel('silent')

let server: RestTestServer
let ns = ''
let count = 0
let apps: FirebaseApp[] = []
let admin: App

beforeAll(async () => {
  server = await startRestTestServer()
})
afterAll(() => server.close())

beforeEach(() => {
  count += 1
  ns = `sdk${count}`
  const getAccessToken = () => Promise.resolve({ access_token: 'owner', expires_in: 3_600 })
  admin = initializeAdminApp({ credential: { getAccessToken }, databaseURL: `${server.origin}?ns=${ns}` }, ns)
})

afterEach(async () => {
  await Promise.all([deleteAdminApp(admin), ...apps.map((app) => deleteApp(app))])
  apps = []
})

/** The client SDK as a user, as nobody, or (`owner`) past the rules. */
function as(user: string | null): Database {
  const app = initializeApp(
    { databaseURL: `${server.origin}?ns=${ns}`, projectId: ns },
    `${ns}-${apps.length}`,
  )
  apps.push(app)
  const database = getDatabase(app)
  const mockUserToken = user === 'owner' ? user : { sub: user ?? '', user_id: user ?? '' }
  connectDatabaseEmulator(database, '127.0.0.1', server.port, user === null ? {} : { mockUserToken })
  return database
}

const rules = `{
  // one notebook for each
  "rules": {
    "notes": {
      "$uid": {
        ".read": "auth.uid == $uid",
        ".write": "auth.uid == $uid",
        "$note": { ".validate": "newData.hasChildren(['text', 'at']) && newData.child('at').val() == now" }
      }
    },
    "board": { ".read": "query.orderByChild == 'rank' && query.limitToFirst <= 2", ".indexOn": "rank" }
  }
}`

describe('the Admin SDK', () => {
  test('reads the rules as they were set, with their comments or without', async () => {
    const database = getAdminDatabase(admin)
    await database.setRules(rules)
    expect(await database.getRules()).toBe(rules)
    expect(await database.getRulesJSON()).toMatchObject({ rules: { board: { '.indexOn': 'rank' } } })
    await database.setRules({ rules: { '.read': false } })
    expect(await database.getRulesJSON()).toEqual({ rules: { '.read': false } })
  })

  test('learns why rules are refused', async () => {
    const attempt = getAdminDatabase(admin).setRules('{\n"rules": { ".read": "nobody" } }')
    await expect(attempt).rejects.toThrow("Line 2: Unknown variable 'nobody'. (at /.read)")
  })
})

describe('the client SDK under rules', () => {
  const note = { text: 'mine', at: serverTimestamp() }
  beforeEach(() => getAdminDatabase(admin).setRules(rules))

  test('writes and reads what is the own', async () => {
    const database = as('ann')
    await set(ref(database, 'notes/ann/n1'), note)
    await update(ref(database), { 'notes/ann/n2': note, 'notes/ann/n1': null })
    const snapshot = await get(ref(database, 'notes/ann'))
    expect(snapshot.val()).toEqual({ n2: { text: 'mine', at: 1_000_000 } })
  })

  test.each<[string, string | null, string, unknown]>([
    ['of another', 'bob', 'notes/ann/n1', note],
    ['without a user', null, 'notes/ann/n1', note],
    ['above the own', 'ann', 'notes', { ann: { n1: note } }],
    ['that is not valid', 'ann', 'notes/ann/n1', { text: 'no time' }],
    ['with a time of its own', 'ann', 'notes/ann/n1', { text: 'x', at: 1 }],
  ])('cannot write %s', async (_title, user, path, value) => {
    await expect(set(ref(as(user), path), value)).rejects.toThrow('PERMISSION_DENIED')
    expect(await server.call(ns, 'GET', '/.json', { headers: asOwner })).toMatchObject({ json: null })
  })

  test('writes anything with rules disabled', async () => {
    await set(ref(as('owner'), 'notes/ann/n1'), 'anything')
    expect(await server.call(ns, 'GET', '/.json', { headers: asOwner })).toMatchObject({
      json: { notes: { ann: { n1: 'anything' } } },
    })
  })

  test('asks the query that is allowed, and no other', async () => {
    await server.call(ns, 'PUT', '/board.json', {
      body: { a: { rank: 2 }, b: { rank: 1 }, c: { rank: 3 } },
      headers: asOwner,
    })
    const board = ref(as(null), 'board')
    const first = (limit: number) => get(query(board, orderByChild('rank'), limitToFirst(limit)))
    expect((await first(2)).val()).toEqual({ a: { rank: 2 }, b: { rank: 1 } })
    await expect(first(3)).rejects.toThrow('Permission denied')
    await expect(get(board)).rejects.toThrow('Permission denied')
  })

  test('is told when new rules end its listen, and keeps the others', async () => {
    const database = as('ann')
    const listen = (path: string) => {
      const { promise: ended, resolve } = Promise.withResolvers<Error>()
      const { promise: begun, resolve: begin } = Promise.withResolvers<unknown>()
      onValue(ref(database, path), (snapshot) => begin(snapshot.val()), resolve)
      return { begun, ended }
    }
    const lost = listen('notes/ann/lost')
    const kept = listen('notes/ann/kept')
    await Promise.all([lost.begun, kept.begun])
    await getAdminDatabase(admin).setRules({
      rules: { notes: { ann: { kept: { '.read': 'auth.uid == "ann"' } } } },
    })
    expect((await lost.ended).message).toContain('permission_denied')
    expect(
      server.namespaces
        .get(ns)
        .listens()
        .map(({ path }) => path),
    ).toEqual(['notes/ann/kept'])
  })
})
