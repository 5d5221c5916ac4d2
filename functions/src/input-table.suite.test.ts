import pLimit from 'p-limit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ROWS, type Row } from './testing/access-table.ts'
import { allRoutes } from './app.ts'
import { type LiveServer, startLiveServer } from './conversations/testing/live-server.ts'
import { INPUTS } from './testing/input-table.ts'
import type { Route } from './platform/route.ts'
import { dump } from './testing/dump.ts'
import {
  hostileBodies,
  hostileIds,
  type Wrong,
  wrongBodies,
  wrongIds,
  wrongQueries,
} from './testing/hostile.ts'
import { type Ids, fill } from './testing/ids.ts'
import { PEOPLE, settlePeople, type Token } from './testing/people.ts'
import { SEEDS, type State } from './testing/world.ts'

/**
 * Every route is sent what it cannot mean, by somebody who may ask it: it refuses in the shape of its family, and changes
 * nothing. The requests follow from its own description, and from `input-table.ts` where the access table asks for less
 * than it takes.
 */

let server: LiveServer
let routes: readonly Route[] = []
const contexts = new Map<string, { ids: Ids; token: Token }>()
const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method.toUpperCase()} ${path}`

/** Where somebody is answered, what they ask about and who they are. */
async function contextOf(name: string): Promise<{ ids: Ids; token: Token }> {
  const row: Row = ROWS[name] ?? { open: true }
  const states = Object.entries(row).filter((entry): entry is [State, string] => entry[0] in SEEDS)
  for (const [state, columns] of states) {
    const statuses = columns.split(' ')
    const who = Object.values(PEOPLE)[statuses.findIndex((status) => status.startsWith('2'))]
    if (who === undefined) continue
    const ids = await SEEDS[state](server)
    return { ids, token: who(server, ids) }
  }
  const ids = await SEEDS[states[0]?.[0] ?? 'anybody'](server)
  return { ids, token: server.token('ben', 'agent') }
}

const inputOf = (route: Route) => {
  const row: Row = ROWS[nameOf(route)] ?? { open: true }
  const { body = row.body ?? {}, query = row.query ?? '', free = [] } = INPUTS[nameOf(route)] ?? {}
  const { ids } = contexts.get(nameOf(route)) ?? { ids: {} }
  const filled: unknown = typeof body === 'string' ? body : JSON.parse(fill(JSON.stringify(body), ids))
  return { body: filled, query: fill(query, ids), headers: row.headers ?? {}, free }
}

beforeAll(async () => {
  server = await startLiveServer((deps, live) => {
    deps.rateLimits.take = () => Promise.resolve({})
    const tasks = { enqueue: () => Promise.resolve(), remove: () => Promise.resolve() }
    routes = allRoutes({ ...deps, tasks }, live)
    return [...routes]
  })
  await settlePeople(server)
  for (const name of Object.keys(ROWS)) contexts.set(name, await contextOf(name))
}, 120_000)
afterAll(() => server.close())

/** What each family's specification says that a refusal looks like. */
const isTime = z.iso.datetime()
const SHAPES: readonly [RegExp, (status: number) => z.ZodType][] = [
  [
    /^\/api\/v1\/qa\//,
    () =>
      z.strictObject({
        error_code: z.string().regex(/^[A-Z_]+$/),
        message: z.string().min(1),
        details: z.record(z.string(), z.unknown()).nullable(),
        timestamp: isTime,
      }),
  ],
  [
    /^\/(chats|users)/,
    () =>
      z.strictObject({
        detail: z.strictObject({
          error: z.string().min(1),
          code: z.string().regex(/^[a-z_]+$/),
          timestamp: isTime,
        }),
      }),
  ],
  [
    /^\/(conversations|live-insights)/,
    (status) => z.strictObject({ status_code: z.literal(status), message: z.string().min(1) }),
  ],
  [
    /^\//,
    () =>
      z.strictObject({
        success: z.literal(false),
        error: z.strictObject({
          code: z.string().regex(/^[a-z-]+$/),
          message: z.string().min(1),
          timestamp: isTime,
          details: z.record(z.string(), z.unknown()).exactOptional(),
        }),
      }),
  ],
]
const INTERNALS = /node_modules|\.ts:\d|ZodError|[A-Z]\w+Error:/

interface Outcome {
  status: number
  /** What is wrong with how it was refused; null for nothing. */
  fault: string | null
}

async function send(route: Route, wrong: Wrong): Promise<Outcome> {
  const { ids, token } = contexts.get(nameOf(route)) ?? { ids: {}, token: undefined }
  const right = inputOf(route)
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    wrong.id?.name === name ? wrong.id.as : encodeURIComponent(ids[name] ?? ''),
  )
  const bodyOf = () => (typeof right.body === 'string' ? right.body : JSON.stringify(right.body))
  const body = wrong.body ?? (route.body && wrong.method === undefined ? bodyOf() : undefined)
  const gone = new AbortController()
  const response = await fetch(`${server.origin}${path}${wrong.query ?? right.query}`, {
    method: wrong.method ?? route.method.toUpperCase(),
    signal: gone.signal,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && {
        'content-type': route.body?.contentType?.replace('*/*', 'image/png') ?? 'application/json',
      }),
      ...right.headers,
      ...wrong.headers,
    },
    ...(body !== undefined && { body }),
  })
  const isRefusal = response.status >= 400
  const text = isRefusal ? await response.text() : ''
  gone.abort()
  return { status: response.status, fault: isRefusal ? faultOf(route, response, text) : null }
}

function faultOf({ path }: Route, { status, headers }: Response, text: string): string | null {
  if (status >= 500) return `fails with ${status}`
  if (headers.get('content-type') !== 'application/json; charset=utf-8')
    return `answers ${headers.get('content-type')}`
  if (INTERNALS.test(text)) return `tells its internals: ${text}`
  const shape = SHAPES.find(([prefix]) => prefix.test(path))?.[1](status)
  return shape?.safeParse(JSON.parse(text)).success ? null : `has not the shape of its family: ${text}`
}

/** A few at a time, as several callers would. */
async function sendAll(
  route: Route,
  all: Iterable<Wrong>,
  isAllowed: (status: number) => boolean,
): Promise<string[]> {
  const atOnce = pLimit(6)
  const outcomes = Array.from(all, (wrong) =>
    atOnce(async () => {
      const { status, fault } = await send(route, wrong)
      const told = fault ?? (isAllowed(status) ? null : `is answered with ${status}`)
      return told === null ? [] : [`${wrong.what} ${told}`]
    }),
  )
  return (await Promise.all(outcomes)).flat()
}

const NAMES = Object.keys(ROWS)
const routeOf = (name: string): Route => {
  const found = routes.find((route) => nameOf(route) === name)
  if (found === undefined) throw new Error(`${name} is no route`)
  return found
}

test('what is asked is right, but for what is made wrong of it', () => {
  const refused = routes.filter((route) => {
    const { body, query } = inputOf(route)
    const isJson = route.body !== undefined && route.body.contentType === undefined
    const given = Object.fromEntries(new URLSearchParams(query))
    return (
      (isJson && !route.body?.schema.safeParse(body).success) ||
      route.query?.safeParse(given).success === false
    )
  })
  expect(refused.map(nameOf), 'these need a row in functions/src/input-table.ts').toEqual([])
})

test('what is asked names every field that a body knows', () => {
  const missing = routes.flatMap((route) => {
    if (!route.body || route.body.contentType === '*/*') return []
    const { properties = {} } = z.toJSONSchema(route.body.schema, { io: 'input', unrepresentable: 'any' })
    const known = Object.keys(inputOf(route).body as object)
    return Object.keys(properties)
      .filter((name) => !known.includes(name))
      .map((name) => `${nameOf(route)}: ${name}`)
  })
  expect(missing, 'these need a row in functions/src/input-table.ts').toEqual([])
})

describe('what cannot be meant', () => {
  let before: Record<string, string> = {}
  beforeAll(async () => {
    before = await dump(server)
  })

  test.each(NAMES)('%s refuses it', async (name) => {
    const route = routeOf(name)
    const { body, query, free } = inputOf(route)
    const all = [...wrongBodies(route, body, free), ...wrongQueries(route, query), ...wrongIds(route)]
    const isRefused = (status: number) => status >= 400 && status < 500
    expect(await sendAll(route, all, isRefused)).toEqual([])
  })

  test.each(NAMES)('%s refuses other methods', async (name) => {
    const route = routeOf(name)
    const isSamePath = ({ path }: Route) =>
      new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(route.path)
    const known = new Set(routes.filter(isSamePath).map(({ method }) => method.toUpperCase()))
    const others = ['POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !known.has(method))
    const all = others.map((method) => ({ what: method, method }))
    expect(await sendAll(route, all, (status) => status === 405)).toEqual([])
  })

  test('has changed nothing', async () => {
    expect(Object.keys(before).length).toBeGreaterThan(50)
    expect(await dump(server)).toEqual(before)
  })
})

describe('what means no good', () => {
  test.each(NAMES)('%s outlives it', async (name) => {
    const route = routeOf(name)
    const all = [...hostileBodies(route, inputOf(route).body), ...hostileIds(route)]
    expect(await sendAll(route, all, (status) => status < 500)).toEqual([])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })
})
