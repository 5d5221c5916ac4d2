import { readFileSync } from 'node:fs'

import { failedPrecondition } from '../errors.ts'
import type { Query } from '../query/query.ts'
import type { Extras, IndexDemand } from './index-demand.ts'
import { demandOf, indexFor } from './index-demand.ts'
import type { IndexField } from './schema.ts'
import { IndexesFile } from './schema.ts'

/** Throws FAILED_PRECONDITION, naming the index that is missing, where production could not serve the query. */
export type CheckIndexes = (query: Query, extras?: Extras) => void

/** Reads `firestore.indexes.json`. Throws when it cannot be read or is not such a file. */
export function loadIndexRules(file: string): CheckIndexes {
  const parsed = IndexesFile.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!parsed.success) throw new Error(`${file} does not describe Firestore indexes: ${parsed.error.message}`)
  return indexRules(parsed.data)
}

/**
 * The rules of production: every field has indexes by itself in its collection (both directions, and its array elements), equality
 * tests merge, and all else needs a composite index of its own.
 */
function indexRules(file: IndexesFile): CheckIndexes {
  return (query, extras = {}) => {
    for (const all of query.anyOf) {
      const demand = demandOf(query, all, extras)
      if (demand === undefined || isServed(file, demand)) continue
      const missing = JSON.stringify(indexFor(demand))
      throw failedPrecondition(
        `The query requires an index that firestore.indexes.json lacks. Add to its "indexes"${
          isSingleField(demand) ? ' (or as an override of the field)' : ''
        }: ${missing}`,
      )
    }
  }
}

const isSingleField = ({ queryScope, equal, contains, orders }: IndexDemand): boolean =>
  queryScope === 'COLLECTION_GROUP' && equal.size + contains.size + orders.length === 1

function isServed(file: IndexesFile, demand: IndexDemand): boolean {
  const { equal, contains, orders, present, vector, nameOrder } = demand
  const isByName = equal.size + contains.size + orders.length + present.size === 0 && vector === undefined
  if (isByName && nameOrder === 'ASCENDING') return true
  // Indexes that agree in what follows the equality tests can be merged: together they must cover all tests.
  const covered = new Set<string>()
  let hasOrder = false
  for (const fields of indexesOf(file, demand)) {
    const tests = testsServed(fields, demand)
    if (tests === undefined) continue
    hasOrder = true
    for (const field of tests) covered.add(field)
  }
  return hasOrder && [...equal, ...contains].every((field) => covered.has(field))
}

/** All indexes of the collection: composite ones, and those that its fields have by themselves. */
function* indexesOf(file: IndexesFile, demand: IndexDemand): Generator<readonly IndexField[]> {
  for (const { collectionGroup, queryScope, fields } of file.indexes) {
    if (collectionGroup === demand.collectionGroup && queryScope === demand.queryScope) yield fields
  }
  const named = [...demand.equal, ...demand.contains, ...demand.orders.map(({ fieldPath }) => fieldPath)]
  for (const field of [...named, ...demand.present]) yield* ownIndexes(file, demand, field)
}

const AUTOMATIC = [{ order: 'ASCENDING' }, { order: 'DESCENDING' }, { arrayConfig: 'CONTAINS' }] as const

function ownIndexes(
  file: IndexesFile,
  { collectionGroup, queryScope, equal, orders }: IndexDemand,
  fieldPath: string,
): readonly (readonly IndexField[])[] {
  const overrides = file.fieldOverrides.filter((override) => override.collectionGroup === collectionGroup)
  const override =
    overrides.find((one) => one.fieldPath === fieldPath) ?? overrides.find((one) => one.fieldPath === '*')
  const modes: readonly Omit<IndexField, 'fieldPath'>[] =
    override?.indexes.filter((index) => index.queryScope === queryScope) ??
    (queryScope === 'COLLECTION' ? AUTOMATIC : [])
  return (
    modes
      // Array elements merge with nothing: next to other tests they need a composite index.
      .filter(({ arrayConfig }) => arrayConfig === undefined || equal.size + orders.length === 0)
      .map((mode) => [{ fieldPath, ...mode }])
  )
}

/** The equality tests that an index takes care of; undefined where what follows them is not what is asked. */
function testsServed(fields: readonly IndexField[], demand: IndexDemand): readonly string[] | undefined {
  const { equal, contains, orders, present, vector, nameOrder } = demand
  const explicitName = fields.at(-1)?.fieldPath === '__name__' ? fields.at(-1) : undefined
  const own = explicitName === undefined ? fields : fields.slice(0, -1)
  const tailLength = orders.length + present.size + (vector === undefined ? 0 : 1)
  const head = own.slice(0, own.length - tailLength)
  const tail = own.slice(own.length - tailLength)
  if (head.length + tailLength !== own.length) return undefined
  const isHead = head.every(({ fieldPath, arrayConfig, vectorConfig }) =>
    vectorConfig === undefined && arrayConfig === undefined ? equal.has(fieldPath) : contains.has(fieldPath),
  )
  const isOrdered = orders.every(
    ({ fieldPath, order }, index) => tail[index]?.fieldPath === fieldPath && tail[index].order === order,
  )
  const isPresent = tail
    .slice(orders.length, orders.length + present.size)
    .every(({ fieldPath, order }) => order !== undefined && present.has(fieldPath))
  const last = tail.at(-1)
  const isVector =
    vector === undefined ||
    (last?.fieldPath === vector.fieldPath && last.vectorConfig?.dimension === vector.dimension)
  // Sums and nearest neighbours come in no order.
  const nameIs = explicitName?.order ?? own.at(-1)?.order ?? 'ASCENDING'
  const isNamed = vector !== undefined || present.size > 0 || nameIs === nameOrder
  if (!isHead || !isOrdered || !isPresent || !isVector || !isNamed) return undefined
  return head.map(({ fieldPath }) => fieldPath)
}
