import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROWS, type Row } from './access-table.ts'
import { allRoutes } from './app.ts'
import { archiveCall } from './calls/archive-call.ts'
import { type CallFixture, messageRecord, startCall } from './conversations/testing/calls.ts'
import { type LiveServer, startLiveServer } from './conversations/testing/live-server.ts'
import type { Route } from './platform/route.ts'

/**
 * Who gets which status from every route of the product. Rows stand in `access-table.ts`; a route without one fails
 * here, and so does a row without a route.
 */

let server: LiveServer
let routes: readonly Route[] = []
beforeAll(async () => {
  server = await startLiveServer((deps, live) => {
    // Every row asks without a token too, and together they are more than nobody may ask in a minute.
    deps.rateLimits.take = () => Promise.resolve({})
    routes = allRoutes(deps, live)
    return [...routes]
  })
  const { firestore } = server.device
  await firestore.doc('admins/mia').set({ company_id: 'c_acme', role: 'manager', manager_id: null })
  await firestore.doc('workers/worker_other').set({ company_id: 'c_acme', name: 'Other', mobile_no: '' })
})
afterAll(() => server.close())

const isOpen = (row: Row | undefined) => row !== undefined && 'open' in row
/** What stands in the table for a state; a row about no call has one for all. */
const columnsOf = (row: Row, state: string): string => String(new Map(Object.entries(row)).get(state) ?? '')
const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`

/** The columns of the table. */
const PEOPLE: Record<string, (call: CallFixture | undefined) => string | undefined> = {
  'the worker of the call': (call) => server.token(call?.workerId ?? 'worker_other', 'worker'),
  'another worker': () => server.token('worker_other', 'worker'),
  'the agent who holds it': () => server.token('ben', 'agent'),
  'another agent': () => server.token('cleo', 'agent'),
  'the manager of the holder': () => server.token('ava', 'manager'),
  'a manager of others': () => server.token('mia', 'manager'),
  'another company': () => server.token('gus', 'manager', { company: 'c_globex' }),
  nobody: () => undefined,
  'an expired token': () => server.token('ben', 'agent', { lasts: -1_000 }),
}

const STATES = {
  unassigned: {},
  held: { admin_id: 'ben', takeover: 1, taken_over_at: 1_000 },
  archived: { admin_id: 'ben', takeover: 1, status: 'ENDED', ended_at: 5_000, ended_by: 'ben' },
}
type State = keyof typeof STATES

async function callIn(state: State): Promise<CallFixture> {
  const call = await startCall(server, { call: STATES[state], messages: { m1: messageRecord('Help') } })
  if (state === 'archived' && (await archiveCall(server.deps, call.callId)) !== 'archived') {
    throw new Error('the call was not archived')
  }
  return call
}

async function statusOf(
  route: Route,
  { body, fill = {}, query = '', headers }: Row,
  call: CallFixture | undefined,
  token: string | undefined,
) {
  const ids: Record<string, string> = {
    conversation_id: call?.conversationId ?? 'conv_unknown',
    call_id: call?.callId ?? 'call_unknown',
    ...fill,
  }
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? `unknown_${name}`)
  const gone = new AbortController()
  const response = await fetch(`${server.origin}${path}${query}`, {
    method: route.method.toUpperCase(),
    signal: gone.signal,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  // A stream never ends by itself; its status is all that is asked.
  gone.abort()
  return response.status
}

test('every route has a row in the table, and every row a route', () => {
  const missing = routes.map(nameOf).filter((name) => !(name in ROWS))
  const idle = Object.keys(ROWS).filter((name) => !routes.some((route) => nameOf(route) === name))
  expect(missing, 'these routes need a row in functions/src/access-table.ts').toEqual([])
  expect(idle, 'these rows in functions/src/access-table.ts have no route').toEqual([])
})

test('only the routes that say so in the table are open to everybody', () => {
  const open = routes.filter(({ access }) => access === 'public').map(nameOf)
  const named = Object.keys(ROWS).filter((name) => isOpen(ROWS[name]))
  expect(open.toSorted()).toEqual(named.toSorted())
})

describe.each(Object.entries(ROWS).filter(([, row]) => !isOpen(row)))('%s', (name, row) => {
  const states = 'anybody' in row ? (['anybody'] as const) : (Object.keys(STATES) as State[])
  test.each(states)('%s', async (state) => {
    const route = routes.find((each) => nameOf(each) === name)
    if (route === undefined) throw new Error(`${name} is no route`)
    const isRead = route.method === 'get'
    const fresh = () => (state === 'anybody' ? undefined : callIn(state))
    const shared = await fresh()
    const got: Record<string, number> = {}
    for (const [who, tokenOf] of Object.entries(PEOPLE)) {
      // What one of them may change must not be what the next one finds; an archive changes for nobody.
      const call = isRead || state === 'archived' ? shared : await fresh()
      got[who] = await statusOf(route, row, call, tokenOf(call))
    }
    // Whose ids they are, another company must not be able to tell.
    const stranger = PEOPLE['another company']?.(undefined)
    const isTold = 'anybody' in row || 'refusesStrangers' in row
    const ofUnknown = isTold ? got['another company'] : await statusOf(route, row, undefined, stranger)
    expect(got['another company'], 'for an id that does not exist').toBe(ofUnknown)
    const expected = columnsOf(row, state).split(' ').map(Number)
    expect(got).toEqual(Object.fromEntries(Object.keys(PEOPLE).map((who, at) => [who, expected[at]])))
  })
})
