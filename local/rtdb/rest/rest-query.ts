import type { Bound, Index, Query } from '../query/query.ts'
import { maxKey, minKey } from '../tree/order.ts'
import type { LeafValue } from '../tree/order.ts'
import { parsePath } from '../tree/path.ts'
import { RestError } from './rest-error.ts'

const filters = [
  'startAt',
  'startAfter',
  'endAt',
  'endBefore',
  'equalTo',
  'limitToFirst',
  'limitToLast',
] as const
const named = new Map<string, Index>([
  ['$key', { kind: 'key' }],
  ['$value', { kind: 'value' }],
  ['$priority', { kind: 'priority' }],
])
const maxLimit = 2 ** 31 - 1

/**
 * The query in a URL's parameters (protocol notes, section 6); undefined when there is none.
 * A shallow read may be limited without an order, as firebase-tools does when it looks for data to export.
 *
 * @throws {RestError} 400 for parameters that are no query. @throws {InvalidDataError} for a bad child path.
 */
export function parseRestQuery(parameters: URLSearchParams): Query | undefined {
  const given = filters.filter((name) => parameters.has(name))
  for (const name of ['orderBy', ...given]) {
    if (parameters.getAll(name).length > 1) throw new RestError(400, `${name} must be given once`)
  }
  const index = parseIndex(parameters)
  if (index === undefined) {
    if (given.length === 0) return undefined
    if (parameters.get('shallow') !== 'true') {
      throw new RestError(400, 'orderBy must be defined when other query parameters are defined')
    }
  }
  return {
    index: index ?? { kind: 'key' },
    ...parseRange(parameters, index ?? { kind: 'key' }),
    ...parseLimit(parameters),
  }
}

function parseIndex(parameters: URLSearchParams): Index | undefined {
  const text = parameters.get('orderBy')
  if (text === null) return undefined
  const json = readJson(text)
  if (typeof json !== 'string' || json === '')
    throw new RestError(400, 'orderBy must be a valid JSON encoded path')
  return named.get(json) ?? { kind: 'child', path: parsePath(json) }
}

function parseRange(parameters: URLSearchParams, index: Index): { start?: Bound; end?: Bound } {
  const read = (name: string, inclusive: boolean, edge?: string) =>
    parseBound(parameters, { name, index, inclusive, edge })
  const equal = read('equalTo', true)
  // Without a key an exclusive bound leaves out every child of its value.
  const start = [read('startAt', true), read('startAfter', false, maxKey)].filter(
    (bound) => bound !== undefined,
  )
  const end = [read('endAt', true), read('endBefore', false, minKey)].filter((bound) => bound !== undefined)
  if (equal !== undefined) {
    if (start.length + end.length === 0) return { start: equal, end: equal }
    const others = 'startAfter, startAt, endAt, or endBefore'
    throw new RestError(400, `equalTo cannot be specified in addition to ${others}`)
  }
  if (start.length > 1) throw new RestError(400, 'Only one of startAt and startAfter can be specified')
  if (end.length > 1) throw new RestError(400, 'Only one of endAt and endBefore can be specified')
  return { ...(start[0] && { start: start[0] }), ...(end[0] && { end: end[0] }) }
}

interface BoundRequest {
  readonly name: string
  readonly index: Index
  readonly inclusive: boolean
  /** The key that stands for "no key given". */
  readonly edge: string | undefined
}

function parseBound(
  parameters: URLSearchParams,
  { name, index, inclusive, edge }: BoundRequest,
): Bound | undefined {
  const text = parameters.get(name)
  if (text === null) return undefined
  // `value` or `value,"key"`.
  const json = readJson(`[${text}]`)
  const [value, key, ...rest] = Array.isArray(json) ? (json as unknown[]) : []
  if (!isValue(value) || rest.length > 0) {
    throw new RestError(400, 'Constraint index field must be a JSON primitive')
  }
  if (key !== undefined && typeof key !== 'string')
    throw new RestError(400, 'Constraint key field must be a string')
  if (index.kind === 'key') {
    if (typeof value !== 'string' || key !== undefined) {
      throw new RestError(400, `${name} must be a JSON encoded key when ordering by $key`)
    }
    return { value, inclusive }
  }
  const boundary = key ?? edge
  return { value, inclusive, ...(boundary !== undefined && { key: boundary }) }
}

function parseLimit(parameters: URLSearchParams): { limit?: NonNullable<Query['limit']> } {
  const first = parameters.get('limitToFirst')
  const last = parameters.get('limitToLast')
  if (first !== null && last !== null)
    throw new RestError(400, 'Only one of limitToFirst and limitToLast can be specified')
  if (first !== null) return { limit: { count: parseCount('limitToFirst', first), from: 'first' } }
  return last === null ? {} : { limit: { count: parseCount('limitToLast', last), from: 'last' } }
}

function parseCount(name: string, text: string): number {
  const count = /^\d{1,10}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > maxLimit) throw new RestError(400, `${name} must be a positive integer`)
  return count
}

function isValue(value: unknown): value is LeafValue | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
