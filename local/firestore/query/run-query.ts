import type { Database } from '../store/database.ts'
import type { StoredDocument } from '../store/document.ts'
import { orderKeyOf } from '../store/ordered-index.ts'
import type { Scope } from '../store/scope.ts'
import { compareKeys } from '../values/key-encoding.ts'
import { inScope, matches, satisfies } from './match.ts'
import { plan } from './plan.ts'
import type { Conjunction, Query } from './query.ts'

/**
 * The results of a query in order, offset and limit applied. Lazy: a limit reads no further than it needs. The
 * database must not change while the results are being read.
 * @param version reads the documents as they were then. Throws FAILED_PRECONDITION where that is forgotten.
 */
export function* runQuery(database: Database, query: Query, version?: number): Generator<StoredDocument> {
  let toSkip = query.offset
  let toGive = query.limit ?? Infinity
  if (toGive === 0) return
  for (const document of allResults(database, query, version)) {
    if (toSkip > 0) {
      toSkip--
    } else {
      yield document
      if (--toGive === 0) return
    }
  }
}

function allResults(database: Database, query: Query, version: number | undefined): Iterable<StoredDocument> {
  const current = currentResults(database, query)
  if (version === undefined) return current
  const then = database.log.asOf(version)
  if (then.size === 0) return current
  const changed = [...then.values()].filter((old) => old !== undefined && matches(query, old))
  return merge(query, [unchanged(current, then), sortedResults(query, changed)])
}

function* unchanged(
  documents: Iterable<StoredDocument>,
  changed: ReadonlyMap<string, unknown>,
): Generator<StoredDocument> {
  for (const document of documents) if (!changed.has(document.path)) yield document
}

function sortedResults(
  query: Query,
  documents: readonly (StoredDocument | undefined)[],
): readonly StoredDocument[] {
  return documents
    .filter((document) => document !== undefined)
    .map((document) => ({ document, key: orderKeyOf(document, query.orders) ?? '' }))
    .toSorted((left, right) => compareKeys(left.key, right.key))
    .map(({ document }) => document)
}

function currentResults(database: Database, query: Query): Iterable<StoredDocument> {
  const scope = database.scope(query.scope)
  if (scope === undefined) return []
  const [only, ...others] = query.anyOf
  if (only === undefined) return []
  if (others.length === 0) return scan(scope, query, only)
  return merge(
    query,
    query.anyOf.map((all) => scan(scope, query, all)),
  )
}

function* scan(scope: Scope, query: Query, all: Conjunction): Generator<StoredDocument> {
  const planned = plan(query, all)
  if (planned === undefined) return
  const { shape, low, high, backwards, rest } = planned
  const everywhere = query.scope.kind === 'collection' || query.ancestor === ''
  const unconditional = rest.contains.length === 0 && rest.ranges.length === 0
  for (const document of scope.index(shape).scan(low, high, backwards)) {
    if ((everywhere || inScope(query, document)) && (unconditional || satisfies(rest, document)))
      yield document
  }
}

interface Source {
  readonly iterator: Iterator<StoredDocument>
  head: StoredDocument
  key: string
}

/** Results of several alternatives, each in the query's order, as one without repeats. */
function* merge(query: Query, lists: readonly Iterable<StoredDocument>[]): Generator<StoredDocument> {
  const advance = (iterator: Iterator<StoredDocument>): Source | undefined => {
    const { value, done } = iterator.next()
    return done === true ? undefined : { iterator, head: value, key: orderKeyOf(value, query.orders) ?? '' }
  }
  const sources = lists
    .map((list) => advance(list[Symbol.iterator]()))
    .filter((source) => source !== undefined)
  let last: string | undefined
  while (sources.length > 0) {
    let lowest = 0
    for (const [index, { key }] of sources.entries()) if (key < (sources[lowest]?.key ?? '')) lowest = index
    const source = sources[lowest]
    if (source === undefined) return
    if (source.head.path !== last) yield source.head
    last = source.head.path
    const next = advance(source.iterator)
    if (next === undefined) sources.splice(lowest, 1)
    else sources[lowest] = next
  }
}
