import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROWS, type Row } from './testing/access-table.ts'
import { allRoutes } from './app.ts'
import { AUDITED } from './testing/audit-table.ts'
import { type LiveServer, startLiveServer } from './conversations/testing/live-server.ts'
import type { Route } from './platform/route.ts'
import { ask } from './testing/ask.ts'
import { SEEDS } from './testing/world.ts'

/** What every route about a conversation or a call leaves in the audit log: one entry, of the right kind. */

let server: LiveServer
let routes: readonly Route[] = []
beforeAll(async () => {
  server = await startLiveServer((deps, live) => {
    routes = allRoutes(deps, live)
    return [...routes]
  })
})
afterAll(() => server.close())

const onCalls = (): [string, Row][] => Object.entries(ROWS).filter(([, row]) => 'held' in row)

test('every route about a conversation or a call has a row in the table, and every row a route', () => {
  expect(Object.keys(AUDITED).toSorted()).toEqual(
    onCalls()
      .map(([name]) => name)
      .toSorted(),
  )
})

/** The entries that one request of this route leaves, for a call that ben holds. */
async function entriesOf(name: string, row: Row, uid: string): Promise<string[]> {
  const ids = await SEEDS.held(server)
  const { status } = await ask(server, name, row, { ids, token: server.token(uid, 'agent') })
  expect(status).toBeLessThan(500)
  await server.deps.audit.flush()
  const log = server.device.firestore.collection('audit_log')
  const found = await Promise.all(
    (['conversation_id', 'call_id'] as const).map((field) =>
      log.where('company_id', '==', 'c_acme').where(field, '==', ids[field]).get(),
    ),
  )
  const entries = new Map(found.flatMap(({ docs }) => docs.map((each) => [each.id, each.data()] as const)))
  return [...entries.values()].map((entry) => `${entry.actor.uid} ${entry.action} ${entry.outcome}`)
}

test.each(Object.entries(AUDITED))(
  '%s leaves one entry, and one for a refusal',
  async (name, { allowed, denied }) => {
    const row = ROWS[name]
    if (row === undefined) throw new Error(`${name} is no route`)
    expect(await entriesOf(name, row, 'ben')).toEqual(allowed === null ? [] : [`ben ${allowed}`])
    expect(await entriesOf(name, row, 'cleo')).toEqual(denied === null ? [] : [`cleo ${denied} denied`])
  },
)
