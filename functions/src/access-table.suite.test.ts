import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROWS, type Row } from './testing/access-table.ts'
import { allRoutes } from './app.ts'
import { type LiveServer, startLiveServer } from './conversations/testing/live-server.ts'
import type { Route } from './platform/route.ts'
import { type Answered, ask } from './testing/ask.ts'
import { type Ids, MARK, idsIn, unknownIds } from './testing/ids.ts'
import { PEOPLE, STRANGERS, settlePeople } from './testing/people.ts'
import { SEEDS, type State, statesFor } from './testing/world.ts'

/**
 * Who gets which status from every route of the product. Rows stand in `access-table.ts`; a route without one fails
 * here, and so does a row without a route, or one that leaves out a state of what its path names.
 */

let server: LiveServer
let routes: readonly Route[] = []
beforeAll(async () => {
  server = await startLiveServer((deps, live) => {
    // Every row asks without a token too, and together they are more than nobody may ask in a minute.
    deps.rateLimits.take = () => Promise.resolve({})
    // No task is worked off here; what asks for one is told that it is on its way.
    const tasks = { enqueue: () => Promise.resolve(), remove: () => Promise.resolve() }
    routes = allRoutes({ ...deps, tasks }, live)
    return [...routes]
  })
  await settlePeople(server)
})
afterAll(() => server.close())

const isOpen = (row: Row | undefined) => row !== undefined && 'open' in row
const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`
const statesOf = (row: Row): State[] => Object.keys(row).filter((key): key is State => key in SEEDS)
/** What stands in the table for a state. */
const columnsOf = (row: Row, state: State): number[] =>
  String(new Map(Object.entries(row)).get(state) ?? '')
    .split(' ')
    .map(Number)
const textOf = ({ body, query = '' }: Row) => `${query}${JSON.stringify(body) ?? ''}`

test('every route has a row in the table, and every row a route', () => {
  const missing = routes.map(nameOf).filter((name) => !(name in ROWS))
  const idle = Object.keys(ROWS).filter((name) => !routes.some((route) => nameOf(route) === name))
  expect(missing, 'these routes need a row in functions/src/access-table.ts').toEqual([])
  expect(idle, 'these rows in functions/src/access-table.ts have no route').toEqual([])
})

test('every row asks about what is there, in every state that it may be in', () => {
  const left = Object.entries(ROWS).flatMap(([name, row]) => {
    if (isOpen(row)) return []
    const states = statesOf(row)
    const needed = statesFor(name).filter((state) => !states.includes(state))
    return states.length === 0 || needed.length > 0 ? [[name, ...needed]] : []
  })
  expect(left, 'these states are missing in functions/src/access-table.ts').toEqual([])
})

test('only the routes that say so in the table are open to everybody', () => {
  const open = routes.filter(({ access }) => access === 'public').map(nameOf)
  const named = Object.keys(ROWS).filter((name) => isOpen(ROWS[name]))
  expect(open.toSorted()).toEqual(named.toSorted())
})

/** What strangers are told about ids that nobody has, by route and person: the same in every state. */
const toldOfUnknown = new Map<string, Promise<Answered>>()

/** Whose ids they are, another company must not be able to tell: they are answered to the letter as any others. */
async function expectNothingTold(name: string, row: Row, ids: Ids): Promise<void> {
  const told = Object.entries(STRANGERS).map(async ([who, tokenOf]) => {
    const token = tokenOf(server, ids)
    const key = `${who}: ${name}`
    const unknown = toldOfUnknown.get(key) ?? ask(server, name, row, { ids: unknownIds(ids), token })
    toldOfUnknown.set(key, unknown)
    expect(await ask(server, name, row, { ids, token }), `to ${who}`).toEqual(await unknown)
  })
  await Promise.all(told)
}

describe.each(Object.entries(ROWS).filter(([, row]) => !isOpen(row)))('%s', (name, row) => {
  const isRead = name.startsWith('GET ')
  const namesSomething = idsIn(name + textOf(row)).length > 0
  test.each(statesOf(row))('%s', async (state) => {
    const seed = (): Promise<Ids> => SEEDS[state](server)
    let ids = await seed()
    const got: Record<string, number> = {}
    for (const [who, tokenOf] of Object.entries(PEOPLE)) {
      const { status } = await ask(server, name, row, { ids, token: tokenOf(server, ids) })
      got[who] = status
      // What one of them has changed must not be what the next one finds.
      if (!isRead && status < 300) ids = await seed()
    }
    const expected = columnsOf(row, state)
    expect(got).toEqual(Object.fromEntries(Object.keys(PEOPLE).map((who, at) => [who, expected[at]])))
    if (namesSomething && !('refusesStrangers' in row)) await expectNothingTold(name, row, ids)
  })
})

/** How filters of lists call what a seed calls otherwise. */
const ALSO_CALLED: Record<string, string> = { agent_id: 'admin_id', prospect_id: 'lead_id', actor: 'user_id' }
const isList = (name: string, row: Row) => name.startsWith('GET ') && !name.includes('{') && !isOpen(row)

describe('a list shows another company nothing of what there is', () => {
  const seeded: Ids[] = []
  beforeAll(async () => {
    for (const seed of Object.values(SEEDS)) seeded.push(await seed(server))
  })

  test.each(Object.entries(ROWS).filter(([name, row]) => isList(name, row)))('%s', async (name, row) => {
    const route = routes.find((each) => nameOf(each) === name)
    // Of the log itself every reading is logged, with what was asked for.
    const known = name === 'GET /api/audit' ? {} : (route?.query?.shape ?? {})
    const filters = Object.keys(known).flatMap((filter) => {
      const values = new Set(seeded.flatMap((each) => each[ALSO_CALLED[filter] ?? filter] ?? []))
      return [...values].map((value) => `${filter}=${encodeURIComponent(value)}`)
    })
    const ids = seeded.flatMap((each) => Object.values(each)).filter((id) => id.length > 'worker'.length)
    for (const [who, tokenOf] of Object.entries(STRANGERS)) {
      const token = tokenOf(server, {})
      const shown = async (filter: string): Promise<string> => {
        const query = `?${[row.query?.slice(1), filter].filter(Boolean).join('&')}`
        const { status, body } = await ask(server, name, { ...row, query }, { ids: {}, token })
        if (status !== 200 || !name.endsWith('/stream')) return body
        const stream = await server.open(name.slice('GET '.length), token ?? '')
        const first = await stream.next('initial')
        stream.close()
        return JSON.stringify(first.data)
      }
      for (const filter of ['', ...filters]) {
        const body = await shown(filter)
        expect(body, `${who}, ${filter}`).not.toContain(MARK)
        expect(
          ids.filter((id) => body.includes(JSON.stringify(id))),
          `${who}, ${filter}`,
        ).toEqual([])
      }
    }
  })
})
