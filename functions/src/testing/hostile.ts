import { z } from 'zod'
import type { Route } from '../platform/route.ts'

/** A request that is wrong in one way: what it changes of one that is right. */
export interface Wrong {
  what: string
  /** As it is sent. */
  body?: string | Uint8Array<ArrayBuffer>
  query?: string
  headers?: Record<string, string>
  /** Another value, already encoded, for one of the path's ids. */
  id?: { name: string; as: string }
  method?: string
}

interface Shape {
  type?: string
  format?: string
  enum?: unknown[]
  maxLength?: number
  pattern?: string
  properties?: Record<string, Shape>
  required?: string[]
}
const shapeOf = (schema: z.ZodType, io: 'input' | 'output'): Shape =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Shape

const HALF = '\ud800'
const LONG = 'x'.repeat(50_000)

/** Text that is well formed and means no good. */
const HOSTILE_TEXT = [
  '\u202eevil\u2066',
  '\u0000',
  '__proto__',
  'constructor',
  'Z\u0351\u0357'.repeat(50),
  '💥'.repeat(99),
  '${7*7}{{7*7}}',
  "'; DROP TABLE--",
  '../../etc/passwd',
]

/** Every place in a body, and the same body with something else there. */
function* placesIn(
  value: unknown,
  path: readonly string[] = [],
): Generator<{ path: readonly string[]; value: unknown }> {
  if (path.length > 0) yield { path, value }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...path, key])
}
function withAt(body: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  const copy = (Array.isArray(body) ? [...body] : { ...(body as object) }) as Record<string, unknown>
  copy[key] = withAt(copy[key], rest, value)
  return copy
}

const otherThan = (value: unknown): unknown[] => {
  if (typeof value === 'string') return [42, true, {}, ['x'], HALF, `a${HALF}b`, LONG]
  if (typeof value === 'number') return ['1x', true, {}, [], 1e308, -1e308]
  if (typeof value === 'boolean') return ['yes', 1, {}, []]
  if (Array.isArray(value))
    return ['x', 7, { length: 1 }, [null], [[]], Array.from({ length: 5_000 }, () => 'x')]
  return ['x', 7, true, []]
}

/** Bodies that cannot be read, and those that are not what they should be. `free`: places that take anything. */
export function* wrongBodies(route: Route, body: unknown, free: readonly string[]): Generator<Wrong> {
  if (!route.body || route.body.contentType === '*/*') return
  const isForm = route.body.contentType === 'application/x-www-form-urlencoded'
  const write = (value: unknown) =>
    isForm ? new URLSearchParams(value as Record<string, string>).toString() : JSON.stringify(value)
  const right = write(body)
  for (const type of [
    'text/plain',
    'application/xml',
    'multipart/form-data; boundary=x',
    isForm ? 'application/json' : 'application/x-www-form-urlencoded',
  ])
    yield { what: `called ${type}`, body: right, headers: { 'content-type': type } }
  yield {
    what: 'in no character set',
    body: right,
    headers: { 'content-type': `${route.body.contentType ?? 'application/json'}; charset=nonsense` },
  }
  yield { what: 'not packed as it says', body: right, headers: { 'content-encoding': 'gzip' } }
  yield { what: 'packed as nobody knows', body: right, headers: { 'content-encoding': 'nonsense' } }
  yield { what: 'too large', body: write({ pad: 'x'.repeat(route.body.limit ?? 65_536) }) }
  if (isForm) {
    for (const name of ['__proto__', 'constructor', 'password[]'])
      yield { what: `a form of ${name}`, body: `${name}=x` }
    return
  }
  const broken = [
    '{',
    '[1,',
    '{"a":1}}',
    'nul',
    '\u0000',
    '{"a":NaN}',
    "{'a':1}",
    `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    'null',
    '[]',
    '"x"',
    '42',
    'true',
  ]
  for (const text of route.body.optional ? broken : ['', '{}', ...broken]) {
    if (text === '{}' && shapeOf(route.body.schema, 'input').required === undefined) continue
    yield { what: `the body ${text.slice(0, 20)}`, body: text }
  }
  yield { what: 'bytes that are no text', body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]) }
  for (const name of shapeOf(route.body.schema, 'input').required ?? []) {
    const { [name]: _, ...rest } = body as Record<string, unknown>
    yield { what: `no ${name}`, body: write(rest) }
  }
  for (const { path, value } of placesIn(body)) {
    const place = path.join('.')
    if (free.some((each) => place === each || place.startsWith(`${each}.`))) continue
    for (const other of otherThan(value)) {
      yield {
        what: `${place} = ${JSON.stringify(other).slice(0, 30)}`,
        body: write(withAt(body, path, other)),
      }
    }
  }
}

/** Bodies that may be taken or refused, but never be the end of anything. */
export function* hostileBodies(route: Route, body: unknown): Generator<Wrong> {
  if (!route.body || (route.body.contentType ?? 'application/json') !== 'application/json') return
  const right = JSON.stringify(body)
  const poison = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}'
  yield {
    what: 'keys of every object',
    body: right === '{}' ? `{${poison}}` : `{${poison},${right.slice(1)}`,
  }
  for (const { path, value } of placesIn(body)) {
    if (typeof value !== 'string') continue
    for (const text of HOSTILE_TEXT) {
      yield {
        what: `${path.join('.')} = ${JSON.stringify(text).slice(0, 30)}`,
        body: JSON.stringify(withAt(body, path, text)),
      }
    }
  }
}

function valuesFor({ type, format, enum: names, maxLength, pattern }: Shape): string[] {
  if (type === 'integer' || type === 'number')
    return ['x', '-1', '1e99', 'NaN', 'Infinity', '1.5', '%E0%A4%A']
  if (names !== undefined) return ['nonsense', '__proto__', 'toString', '']
  if (format === 'date-time') return ['yesterday', '2025-13-40T00:00:00Z', '1700000000', '9'.repeat(400)]
  if (pattern !== undefined) return ['a b', '..%2Fx', 'a%00b', '%E2%80%AEx', 'x'.repeat(300)]
  return maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]
}

/** Queries with one value that cannot be, or without one that has to be there. */
export function* wrongQueries(route: Route, query: string): Generator<Wrong> {
  if (!route.query) return
  const { properties = {} } = shapeOf(route.query, 'output')
  const without = (name: string) => {
    const given = new URLSearchParams(query)
    given.delete(name)
    return given.toString()
  }
  for (const [name, shape] of Object.entries(properties)) {
    for (const value of valuesFor(shape)) {
      yield {
        what: `?${name}=${value.slice(0, 30)}`,
        query: `?${[without(name), `${name}=${value}`].filter(Boolean).join('&')}`,
      }
    }
  }
  const { required: needed = [] } = shapeOf(route.query, 'input')
  for (const name of needed) {
    if (new URLSearchParams(query).has(name)) yield { what: `no ?${name}`, query: `?${without(name)}` }
  }
}

/** Ids that nobody can have. */
export function* wrongIds({ path }: Route): Generator<Wrong> {
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    for (const as of [
      '%00',
      '%ED%A0%80',
      '%',
      '%E2%80%AEx',
      '%20',
      '..%2F..%2Fx',
      'a%2Fb',
      'a.b',
      '%24%23%5B%5D',
      '%F0%9F%92%A5',
      'x'.repeat(5_000),
    ]) {
      yield { what: `${name} = ${as.slice(0, 20)}`, id: { name, as } }
    }
  }
}

/** Ids that mean something to a careless program. */
export function* hostileIds({ path }: Route): Generator<Wrong> {
  for (const [, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
    for (const as of ['__proto__', 'constructor', 'toString', '__name__', 'null', 'undefined']) {
      yield { what: `${name} = ${as}`, id: { name, as } }
    }
  }
}
