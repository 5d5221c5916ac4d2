import { groupOf } from '../names/resource-name.ts'
import type { Conjunction, Query } from '../query/query.ts'
import type { OrderPart } from '../store/ordered-index.ts'
import type { FieldPath } from '../values/field-path.ts'
import { formatFieldPath, isNamePath } from '../values/field-path.ts'
import type { CompositeIndex, IndexField } from './schema.ts'

/** What beyond its results is asked of a query, and so of the index that serves it. */
export interface Extras {
  /** Fields that are summed or averaged. */
  readonly aggregated?: readonly FieldPath[]
  readonly vector?: { readonly path: FieldPath; readonly dimension: number }
}

/** The index that one alternative of a query would be served by, were it made for it. */
export interface IndexDemand {
  readonly collectionGroup: string
  readonly queryScope: CompositeIndex['queryScope']
  /** Fields held to one value, in any order and direction. */
  readonly equal: ReadonlySet<string>
  /** Arrays searched for an element. */
  readonly contains: ReadonlySet<string>
  /** What follows, in this order and these directions: Firestore reads no index backwards. */
  readonly orders: readonly { readonly fieldPath: string; readonly order: 'ASCENDING' | 'DESCENDING' }[]
  readonly nameOrder: 'ASCENDING' | 'DESCENDING'
  /** Fields that only have to be there, after all others. */
  readonly present: ReadonlySet<string>
  readonly vector: { readonly fieldPath: string; readonly dimension: number } | undefined
}

const direction = ({ descending }: OrderPart): 'ASCENDING' | 'DESCENDING' =>
  descending ? 'DESCENDING' : 'ASCENDING'

/** What an alternative of a query asks of the indexes; undefined for the query over everything, which needs none. */
export function demandOf(query: Query, all: Conjunction, extras: Extras): IndexDemand | undefined {
  if (query.scope.kind === 'all') return undefined
  const fields = (tests: readonly { readonly path: FieldPath }[]) =>
    new Set(tests.filter(({ path }) => !isNamePath(path)).map(({ path }) => formatFieldPath(path)))
  const aggregated = new Set((extras.aggregated ?? []).map(formatFieldPath))
  // An order that names __name__ puts it before the aggregated fields, even those that equality tests have.
  const isNameFirst = query.isNameOrdered && aggregated.size > 0
  const equal = isNameFirst ? fields(all.equal).difference(aggregated) : fields(all.equal)
  const ordered = query.orders.map((part) => ({
    fieldPath: formatFieldPath(part.path),
    order: direction(part),
  }))
  // A field that has one value sorts nothing.
  const orders = ordered.filter(({ fieldPath }) => fieldPath !== '__name__' && !equal.has(fieldPath))
  const known = new Set([...equal, ...orders.map(({ fieldPath }) => fieldPath)])
  const present = aggregated.difference(known)
  const last = query.orders.at(-1)
  return {
    collectionGroup: query.scope.kind === 'group' ? query.scope.id : groupOf(query.scope.path),
    queryScope: query.scope.kind === 'group' ? 'COLLECTION_GROUP' : 'COLLECTION',
    equal,
    contains: fields(all.contains),
    orders: isNameFirst && present.size > 0 ? [...orders, ...ordered.slice(-1)] : orders,
    nameOrder: last === undefined ? 'ASCENDING' : direction(last),
    present,
    vector: extras.vector && {
      fieldPath: formatFieldPath(extras.vector.path),
      dimension: extras.vector.dimension,
    },
  }
}

/** The composite index that would serve the demand by itself, as it would stand in `firestore.indexes.json`. */
export function indexFor(demand: IndexDemand): CompositeIndex {
  const { collectionGroup, queryScope, equal, contains, orders, present, vector, nameOrder } = demand
  const ascending = (fieldPath: string): IndexField => ({ fieldPath, order: 'ASCENDING' })
  const fields: IndexField[] = [
    ...[...equal].toSorted().map(ascending),
    ...[...contains].map((fieldPath): IndexField => ({ fieldPath, arrayConfig: 'CONTAINS' })),
    ...orders,
    ...[...present].map(ascending),
    ...(vector === undefined
      ? []
      : [{ fieldPath: vector.fieldPath, vectorConfig: { dimension: vector.dimension } }]),
  ]
  const implied = fields.at(-1)?.order ?? 'ASCENDING'
  if (vector === undefined && implied !== nameOrder) fields.push({ fieldPath: '__name__', order: nameOrder })
  return { collectionGroup, queryScope, fields }
}
