import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { Clock } from '../store/clock.ts'
import { Database } from '../store/database.ts'
import type { StoredDocument } from '../store/document.ts'
import { storedDocument } from '../store/document.ts'
import { orderKeyOf } from '../store/ordered-index.ts'
import type { ValueInput } from '../values/admit.ts'
import { admitFields } from '../values/admit.ts'
import { compareKeys } from '../values/key-encoding.ts'
import { matches } from './match.ts'
import { parseQuery } from './parse-query.ts'
import type { Query } from './query.ts'
import { runQuery } from './run-query.ts'
import type { FilterInput, StructuredQuery } from './structured-query.ts'

const DATABASE = 'projects/p/databases/d'
const FIELDS = ['a', 'b', 'm.c'] as const

const integer = (n: number): ValueInput => ({ valueType: 'integerValue', integerValue: String(n) })
const scalar = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }).map(integer) },
  fc.constantFrom<ValueInput>(
    { valueType: 'doubleValue', doubleValue: 1.5 },
    { valueType: 'doubleValue', doubleValue: NaN },
    { valueType: 'nullValue' },
    { valueType: 'stringValue', stringValue: 'x' },
    { valueType: 'booleanValue', booleanValue: true },
  ),
)
const array = fc.array(fc.integer({ min: 0, max: 3 }).map(integer), { minLength: 1, maxLength: 3 })
const arrayOf = (values: readonly ValueInput[]): ValueInput => ({
  valueType: 'arrayValue',
  arrayValue: { values },
})
const value = fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 1, arbitrary: array.map(arrayOf) })

const fields = fc
  .record({ a: value, b: value, c: value }, { requiredKeys: [] })
  .map(({ c, ...rest }) =>
    c === undefined ? rest : { ...rest, m: { valueType: 'mapValue', mapValue: { fields: { c } } } },
  )

/** What a write does: a document of one of two collections of one group gets fields, or goes. */
const step = fc.record({
  path: fc
    .tuple(fc.constantFrom('c', 'x/y/c'), fc.integer({ min: 0, max: 11 }))
    .map(([collection, id]) => `${collection}/${id}`),
  fields: fc.option(fields),
})

const field = fc.constantFrom(...FIELDS).map((fieldPath) => ({ fieldPath }))
const fieldFilter = fc.oneof(
  fc.record({
    field,
    op: fc.constantFrom(
      'EQUAL',
      'NOT_EQUAL',
      'LESS_THAN',
      'LESS_THAN_OR_EQUAL',
      'GREATER_THAN',
      'GREATER_THAN_OR_EQUAL',
    ),
    value: scalar,
  }),
  fc.record({ field, op: fc.constantFrom('IN', 'NOT_IN', 'ARRAY_CONTAINS_ANY'), value: array.map(arrayOf) }),
)
const leaf = fieldFilter.map((filter): FilterInput => ({ filterType: 'fieldFilter', fieldFilter: filter }))
const where = fc.oneof(
  leaf,
  fc
    .record({ op: fc.constantFrom('AND', 'OR'), filters: fc.array(leaf, { minLength: 1, maxLength: 3 }) })
    .map((compositeFilter): FilterInput => ({ filterType: 'compositeFilter', compositeFilter })),
)
const cursor = fc.record({ values: fc.array(scalar, { maxLength: 1 }), before: fc.boolean() })
const structuredQuery = fc.record(
  {
    from: fc.boolean().map((allDescendants) => [{ collectionId: 'c', allDescendants }]),
    where,
    orderBy: fc.uniqueArray(fc.record({ field, direction: fc.constantFrom('ASCENDING', 'DESCENDING') }), {
      minLength: 1,
      maxLength: 2,
      selector: (order) => order.field.fieldPath,
    }),
    startAt: cursor,
    endAt: cursor,
    offset: fc.integer({ min: 0, max: 3 }),
    limit: fc.integer({ min: 1, max: 5 }).map((most) => ({ value: most })),
  },
  { requiredKeys: ['from', 'orderBy'] },
)

/** What a query means: every document tested, sorted, and cut. */
function byHand(documents: Iterable<StoredDocument>, query: Query): readonly StoredDocument[] {
  return [...documents]
    .filter((document) => matches(query, document))
    .map((document) => ({ document, key: orderKeyOf(document, query.orders) ?? '' }))
    .toSorted((left, right) => compareKeys(left.key, right.key))
    .slice(query.offset, query.offset + (query.limit ?? Infinity))
    .map(({ document }) => document)
}

function parse(input: StructuredQuery): Query | undefined {
  try {
    return parseQuery(`${DATABASE}/documents`, input)
  } catch {
    // Too many alternatives, or two array tests: refused, which other tests are about.
    return undefined
  }
}

test('indexes give what testing and sorting every document would, now and at every earlier moment', () => {
  const property = fc.property(
    fc.array(step, { maxLength: 40 }),
    fc.array(structuredQuery, { maxLength: 6 }),
    (steps, inputs) => {
      const database = new Database(DATABASE, new Clock(Date.now), () => undefined)
      const queries = inputs.map(parse).filter((query) => query !== undefined)
      const moments: { version: number; documents: readonly StoredDocument[] }[] = []
      for (const [index, { path, fields: written }] of steps.entries()) {
        const version = database.clock.next()
        const before = database.get(path)
        const after =
          written === null ? undefined : storedDocument(path, admitFields(written), version, version)
        if (before !== after) database.commit({ version, changes: [{ path, before, after }] })
        moments.push({ version, documents: [...database.documents()] })
        // Half of the indexes are made early and have to keep up, half are made from what is there.
        for (const query of queries.slice(index % 2, (index % 2) + queries.length / 2)) {
          expect([...runQuery(database, query)]).toEqual(byHand(database.documents(), query))
        }
      }
      for (const query of queries) {
        expect([...runQuery(database, query)]).toEqual(byHand(database.documents(), query))
        for (const { version, documents } of moments) {
          expect([...runQuery(database, query, version)]).toEqual(byHand(documents, query))
        }
      }
    },
  )
  fc.assert(property, { numRuns: 300 })
})
