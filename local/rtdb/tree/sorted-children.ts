import { compareKeys, compareValues } from './order.ts'
import type { Sortable } from './order.ts'
import { SortedMap } from './sorted-map.ts'

/** A child's place in an order: what it is sorted by, then its key. */
export interface Place {
  readonly by: Sortable
  readonly name: string
}

export function comparePlaces(left: Place, right: Place): number {
  return compareValues(left.by, right.by) || compareKeys(left.name, right.name)
}

/** The children of one node, sorted by something else than their keys. */
export class SortedChildren<Child extends Sortable> {
  readonly order: ChildOrder<Child>
  readonly places: SortedMap<Place, Child>

  constructor(order: ChildOrder<Child>, places: SortedMap<Place, Child>) {
    this.order = order
    this.places = places
  }

  moved(name: string, before: Child, after: Child): SortedChildren<Child> {
    let { places } = this
    if (!before.isEmpty()) places = places.without(this.order.place(name, before))
    if (!after.isEmpty()) places = places.with(this.order.place(name, after), after)
    return new SortedChildren(this.order, places)
  }
}

/** An order of children. `id` tells orders apart: two of the same id sort alike. */
export class ChildOrder<Child extends Sortable> {
  readonly id: string
  readonly #sortedBy: (name: string, child: Child) => Sortable

  constructor(id: string, sortedBy: (name: string, child: Child) => Sortable) {
    this.id = id
    this.#sortedBy = sortedBy
  }

  place(name: string, child: Child): Place {
    return { by: this.#sortedBy(name, child), name }
  }

  arrange(children: Iterable<[string, Child]>): SortedChildren<Child> {
    const entries: [Place, Child][] = []
    for (const [name, child] of children) entries.push([this.place(name, child), child])
    return new SortedChildren(this, SortedMap.from(entries, comparePlaces))
  }
}

/** The kept orders of a node after one of its children changed. */
export function withChildMoved<Child extends Sortable>(
  orders: ReadonlyMap<string, SortedChildren<Child>>,
  name: string,
  before: Child,
  after: Child,
): ReadonlyMap<string, SortedChildren<Child>> {
  return new Map([...orders].map(([id, sorted]) => [id, sorted.moved(name, before, after)]))
}
