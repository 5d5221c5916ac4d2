import { compareKeys } from '../tree/order.ts'
import { Node } from '../tree/node.ts'
import { comparePlaces } from '../tree/sorted-children.ts'
import type { Place } from '../tree/sorted-children.ts'
import { boundKey, boundName, childOrder, loadsEverything, sortedBy } from './query.ts'
import type { Bound, Query } from './query.ts'

/**
 * The part of a location that a query shows. Filtered views hold children only: a leaf shows as nothing, and the
 * location's own priority is left out.
 */
export function windowOf(query: Query, full: Node): Node {
  if (loadsEverything(query)) return full
  return Node.map(childrenInOrder(query, full))
}

/**
 * The window after some children changed: without a limit only those are judged, with one it is read anew from
 * the sorted children, which costs the limit.
 */
export function updatedWindow(
  query: Query,
  window: Node,
  full: Node,
  changed: ReadonlySet<string> | 'all',
): Node {
  if (changed === 'all' || query.limit !== undefined || loadsEverything(query)) return windowOf(query, full)
  let updated = window
  for (const name of changed) {
    const child = full.child(name)
    updated = updated.withChild(name, isInRange(query, name, child) ? child : Node.empty)
  }
  return updated
}

/** The children whose data differs, each with its new node (empty where it left). */
export function changedChildren(before: Node, after: Node): [string, Node][] {
  const changes: [string, Node][] = []
  for (const [name, child] of after.entries()) {
    const old = before.child(name)
    if (old !== child && !old.equals(child)) changes.push([name, child])
  }
  for (const [name] of before.entries()) {
    if (after.child(name).isEmpty()) changes.push([name, Node.empty])
  }
  return changes
}

function* childrenInOrder(query: Query, full: Node): Iterable<[string, Node]> {
  let left = query.limit?.count ?? Infinity
  const backwards = query.limit?.from === 'last'
  if (left <= 0 || !full.hasChildren()) return
  for (const [name, child] of walk(query, full, backwards)) {
    const place = { query, name, child }
    if (backwards ? isBeforeStart(place) : isAfterEnd(place)) return
    // The walk starts at the bound itself, which may be excluded.
    if (backwards ? isAfterEnd(place) : isBeforeStart(place)) continue
    yield [name, child]
    left -= 1
    if (left === 0) return
  }
}

function walk(query: Query, full: Node, backwards: boolean): Iterable<[string, Node]> {
  const from = backwards ? query.end : query.start
  const order = childOrder(query.index)
  if (order === null) return full.walkKeys(backwards, from && boundKey(from))
  const places = full.ordered(order).places
  const place = from && boundPlace(from, backwards ? 'end' : 'start')
  return named(backwards ? places.entriesReversed(place) : places.entries(place))
}

function* named(entries: Iterable<[Place, Node]>): Iterable<[string, Node]> {
  for (const [place, child] of entries) yield [place.name, child]
}

function boundPlace(bound: Bound, end: 'start' | 'end'): Place {
  return { by: Node.leaf(bound.value), name: boundName(bound, end) }
}

interface Placed {
  readonly query: Query
  readonly name: string
  readonly child: Node
}

function isInRange(query: Query, name: string, child: Node): boolean {
  const place = { query, name, child }
  return !child.isEmpty() && !isBeforeStart(place) && !isAfterEnd(place)
}

function isBeforeStart(place: Placed): boolean {
  const { start } = place.query
  if (start === undefined) return false
  const order = compareToBound(place, start, 'start')
  return start.inclusive ? order < 0 : order <= 0
}

function isAfterEnd(place: Placed): boolean {
  const { end } = place.query
  if (end === undefined) return false
  const order = compareToBound(place, end, 'end')
  return end.inclusive ? order > 0 : order >= 0
}

function compareToBound({ query, name, child }: Placed, bound: Bound, end: 'start' | 'end'): number {
  if (query.index.kind === 'key') return compareKeys(name, boundKey(bound))
  return comparePlaces({ by: sortedBy(query.index, child), name }, boundPlace(bound, end))
}
