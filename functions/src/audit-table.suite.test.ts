import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROWS, type Row } from './testing/access-table.ts'
import { allRoutes } from './app.ts'
import { chatKey } from './chats/chat-record.ts'
import { AUDITED, AUDITED_CHATS } from './testing/audit-table.ts'
import { type LiveServer, startLiveServer } from './conversations/testing/live-server.ts'
import type { Route } from './platform/route.ts'
import { ask } from './testing/ask.ts'
import type { Ids } from './testing/ids.ts'
import { SEEDS } from './testing/world.ts'

/** What every route about a conversation or a call leaves in the audit log: one entry, of the right kind. */

let server: LiveServer
let routes: readonly Route[] = []
beforeAll(async () => {
  server = await startLiveServer((deps, live) => {
    const tasks = { enqueue: () => Promise.resolve(), remove: () => Promise.resolve() }
    routes = allRoutes({ ...deps, tasks }, live)
    return [...routes]
  })
})
afterAll(() => server.close())

const withState = (state: string): [string, Row][] => Object.entries(ROWS).filter(([, row]) => state in row)
const namesOf = (rows: [string, Row][]): string[] => rows.map(([name]) => name).toSorted()

test('every route about a conversation or a call has a row in the table, and every row a route', () => {
  expect(Object.keys(AUDITED).toSorted()).toEqual(namesOf(withState('held')))
  expect(Object.keys(AUDITED_CHATS).toSorted()).toEqual(namesOf(withState("the worker's chat")))
})

/** What the log holds of somebody about one of these conversations or calls; null: about none. */
async function entriesAbout(uid: string, about: readonly (string | null)[]): Promise<string[]> {
  await server.deps.audit.flush()
  const log = server.device.firestore.collection('audit_log')
  const { docs } = await log.where('company_id', '==', 'c_acme').where('actor.uid', '==', uid).get()
  return docs
    .map((each) => each.data())
    .filter(
      ({ conversation_id, call_id }) => about.includes(conversation_id) || about.includes(call_id ?? ''),
    )
    .map(({ action, outcome }) => `${uid} ${action} ${outcome}`)
}

async function request(name: string, ids: Ids, token: string): Promise<void> {
  const row = ROWS[name]
  if (row === undefined) throw new Error(`${name} is no route`)
  const { status } = await ask(server, name, row, { ids, token })
  expect(status).toBeLessThan(500)
}

/** The entries that one request of this route leaves, for a call that ben holds. */
async function entriesOf(name: string, uid: string): Promise<string[]> {
  const ids = await SEEDS.held(server)
  await request(name, ids, server.token(uid, 'agent'))
  return entriesAbout(uid, [ids.conversation_id ?? '', ids.call_id ?? ''])
}

test.each(Object.entries(AUDITED))(
  '%s leaves one entry, and one for a refusal',
  async (name, { allowed, denied }) => {
    expect(await entriesOf(name, 'ben')).toEqual(allowed === null ? [] : [`ben ${allowed}`])
    expect(await entriesOf(name, 'cleo')).toEqual(denied === null ? [] : [`cleo ${denied} denied`])
  },
)

test.each(Object.entries(AUDITED_CHATS))(
  '%s of a chat leaves one entry by its key, however often it is asked for, and one for a refusal',
  async (name, { allowed, denied }) => {
    const ids = await SEEDS["the worker's chat"](server)
    const key = chatKey('c_acme', ids.conversation_id ?? '')
    const stranger = `stranger_${ids.conversation_id}`
    const reader = `reader_${ids.conversation_id}`
    for (let time = 0; time < 3; time += 1) await request(name, ids, server.token(reader, 'agent'))
    expect(await entriesAbout(reader, [key])).toEqual([`${reader} ${allowed}`])
    expect(await entriesAbout(reader, [ids.conversation_id ?? '', null])).toEqual([])
    await request(name, ids, server.token(stranger, 'worker'))
    // Whoever lists another person's chats asks for none of them.
    const refused = name.startsWith('GET /users/') ? null : key
    expect(await entriesAbout(stranger, [refused])).toEqual([`${stranger} ${denied} denied`])
  },
)
