import { maxKey, minKey } from '../tree/order.ts'
import type { LeafValue } from '../tree/order.ts'
import { Node } from '../tree/node.ts'
import { formatPath } from '../tree/path.ts'
import type { Path } from '../tree/path.ts'
import { ChildOrder } from '../tree/sorted-children.ts'

/** What a query sorts by. */
export type Index =
  | { readonly kind: 'key' }
  | { readonly kind: 'value' }
  | { readonly kind: 'priority' }
  | { readonly kind: 'child'; readonly path: Path }

/**
 * One end of a range. Without `key` a start covers every child of that value, and so does an end.
 * With the key index `value` is the key and `key` is not used.
 */
export interface Bound {
  readonly value: LeafValue | null
  readonly key?: string
  readonly inclusive: boolean
}

/** A question about the children of one location. */
export interface Query {
  readonly index: Index
  readonly start?: Bound
  readonly end?: Bound
  readonly limit?: { readonly count: number; readonly from: 'first' | 'last' }
}

/** The whole location, children by priority: what a client asks for when it does not say anything. */
export const defaultQuery: Query = { index: { kind: 'priority' } }

/** Whether the query shows everything at its location, whatever the order. */
export function loadsEverything(query: Query): boolean {
  return query.start === undefined && query.end === undefined && query.limit === undefined
}

/** The index as clients and `.indexOn` write it: `.key`, `.value`, `.priority`, or a child path like `a/b`. */
export function formatIndex(index: Index): string {
  return index.kind === 'child' ? formatPath(index.path) : `.${index.kind}`
}

/** Text that two queries share exactly when they ask the same. */
export function queryIdentity(query: Query): string {
  const { start, end, limit } = query
  return loadsEverything(query)
    ? 'default'
    : JSON.stringify([
        formatIndex(query.index),
        boundIdentity(start),
        boundIdentity(end),
        limit?.count ?? null,
        limit?.from ?? null,
      ])
}

function boundIdentity(bound: Bound | undefined): unknown[] | null {
  return bound === undefined ? null : [bound.value, bound.key ?? null, bound.inclusive]
}

/** The order of children that the query walks; the key index walks the children themselves and has none. */
export function childOrder(index: Index): ChildOrder<Node> | null {
  if (index.kind === 'key') return null
  return new ChildOrder(formatIndex(index), (_name, child: Node) => sortedBy(index, child))
}

/** What a child is sorted by. */
export function sortedBy(index: Exclude<Index, { kind: 'key' }>, child: Node): Node {
  if (index.kind === 'value') return child
  return index.kind === 'priority' ? Node.leaf(child.priority) : child.at(index.path)
}

/** The key at which a bound of the key index stands. */
export function boundKey(bound: Bound): string {
  return String(bound.value)
}

/** The key within a bound's value from (start) or to (end) which children belong to the range. */
export function boundName(bound: Bound, end: 'start' | 'end'): string {
  return bound.key ?? (end === 'start' ? minKey : maxKey)
}
