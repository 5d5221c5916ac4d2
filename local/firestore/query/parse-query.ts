import { invalidArgument } from '../errors.ts'
import { checkId, joinPath, parseParentName } from '../names/resource-name.ts'
import type { ScopeName } from '../store/database.ts'
import type { OrderPart } from '../store/ordered-index.ts'
import { admitValue } from '../values/admit.ts'
import type { FieldPath } from '../values/field-path.ts'
import { compareFieldPaths, formatFieldPath, isNamePath, parseFieldPath } from '../values/field-path.ts'
import { invertKey } from '../values/key-encoding.ts'
import { encodeValue } from '../values/order-key.ts'
import { nameKey } from './parse-field-filter.ts'
import { parseFilter } from './parse-filter.ts'
import type { CursorPosition, Query } from './query.ts'
import type { CursorInput, StructuredQuery } from './structured-query.ts'

/** Resolves a query of the wire against its parent. Throws INVALID_ARGUMENT for what production refuses. */
export function parseQuery(parentName: string | undefined, input: StructuredQuery | null | undefined): Query {
  if (input === null || input === undefined) throw invalidArgument('A structured query is required.')
  const parent = parseParentName(parentName).path
  const { anyOf, inequalityPaths } = parseFilter(input.where)
  const explicit = parseOrders(input)
  const orders = completeOrders(explicit, inequalityPaths)
  const limit = input.limit?.value ?? (input.limit ? 0 : undefined)
  if ((limit ?? 0) < 0) throw invalidArgument('limit is negative')
  if ((input.offset ?? 0) < 0) throw invalidArgument('offset is negative')
  return {
    scope: parseScope(parent, input),
    ancestor: parent,
    anyOf,
    orders,
    isNameOrdered: explicit.some(({ path }) => isNamePath(path)),
    start: parseCursor(input.startAt, orders),
    end: parseCursor(input.endAt, orders),
    offset: input.offset ?? 0,
    limit,
    select: input.select ? parseSelect(input.select.fields ?? []) : undefined,
  }
}

function parseScope(parent: string, { from = [] }: StructuredQuery): ScopeName {
  const [selector] = from
  if (from.length > 1) throw invalidArgument('A query can only select from one collection.')
  const id = selector?.collectionId ?? ''
  const descend = selector?.allDescendants ?? false
  if (id !== '') checkId(id)
  if (descend) return id === '' ? { kind: 'all' } : { kind: 'group', id }
  if (id === '') throw invalidArgument('A query must select a collection, or all descendants.')
  return { kind: 'collection', path: joinPath(parent, id) }
}

function parseSelect(fields: readonly { readonly fieldPath?: string }[]): readonly FieldPath[] {
  return fields.map(({ fieldPath }) => parseFieldPath(fieldPath ?? ''))
}

function parseOrders({ orderBy = [] }: StructuredQuery): readonly OrderPart[] {
  const seen = new Set<string>()
  return orderBy.map(({ field, direction }) => {
    const path = parseFieldPath(field?.fieldPath ?? '')
    const name = formatFieldPath(path)
    if (seen.has(name)) throw invalidArgument(`order by clause cannot contain duplicate fields ${name}`)
    seen.add(name)
    return { path, descending: direction === 'DESCENDING' }
  })
}

/** Fields of inequalities come after the explicit order, sorted by name, and `__name__` last, as the last one runs. */
function completeOrders(
  explicit: readonly OrderPart[],
  inequalities: readonly FieldPath[],
): readonly OrderPart[] {
  const descending = explicit.at(-1)?.descending ?? false
  const named = new Set(explicit.map(({ path }) => formatFieldPath(path)))
  const orders = [...explicit]
  if (!named.has('__name__')) {
    const implied = inequalities
      .filter((path) => !isNamePath(path) && !named.has(formatFieldPath(path)))
      .toSorted(compareFieldPaths)
    orders.push(...implied.map((path) => ({ path, descending })), { path: ['__name__'], descending })
  }
  // What follows __name__ can decide nothing: no two documents share a name.
  return orders.slice(0, orders.findIndex(({ path }) => isNamePath(path)) + 1)
}

function parseCursor(
  input: CursorInput | null | undefined,
  orders: readonly OrderPart[],
): CursorPosition | undefined {
  if (input === null || input === undefined) return undefined
  const values = input.values ?? []
  if (values.length > orders.length) throw invalidArgument('Cursor has too many values.')
  const keys = values.map((value, index) => {
    const order = orders[index]
    if (order === undefined) return ''
    const key = isNamePath(order.path) ? nameKey(value) : encodeValue(admitValue(value))
    return order.descending ? invertKey(key) : key
  })
  return { key: keys.join(''), before: input.before ?? false }
}
