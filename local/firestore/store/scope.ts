import { isNamePath } from '../values/field-path.ts'
import type { Change, StoredDocument } from './document.ts'
import type { IndexShape } from './ordered-index.ts'
import { OrderedIndex } from './ordered-index.ts'

const MAX_INDEXES = 48

/** By name alone: the index that every scope always has. */
const BY_NAME: IndexShape = {
  equal: [],
  contains: undefined,
  orders: [{ path: ['__name__'], descending: false }],
}

const isByName = ({ equal, contains, orders }: IndexShape): boolean =>
  equal.length === 0 && contains === undefined && orders.length === 1 && isNamePath(orders[0]?.path ?? [])

/**
 * The documents that one kind of query ranges over (a collection, a collection group, or all), with the indexes its
 * queries asked for. An index is built at the first query that needs it and kept up to date from then on, so
 * that writes pay only for indexes in use; the one unused for longest goes when there are too many.
 */
export class Scope {
  readonly #byName = new OrderedIndex(BY_NAME)
  readonly #indexes = new Map<string, OrderedIndex>()

  get size(): number {
    return this.#byName.size
  }

  apply({ before, after }: Change): void {
    for (const index of [this.#byName, ...this.#indexes.values()]) {
      if (before !== undefined) index.remove(before)
      if (after !== undefined) index.add(after)
    }
  }

  add(document: StoredDocument): void {
    this.apply({ path: document.path, before: undefined, after: document })
  }

  /** The index of this shape, built now if no query asked for it before. */
  index(shape: IndexShape): OrderedIndex {
    if (isByName(shape)) return this.#byName
    const id = JSON.stringify([shape.equal, shape.contains ?? null, shape.orders])
    const known = this.#indexes.get(id)
    const index = known ?? this.#build(shape)
    // Re-inserted, so that the map stays sorted by last use.
    this.#indexes.delete(id)
    this.#indexes.set(id, index)
    if (this.#indexes.size > MAX_INDEXES) {
      const [oldest] = this.#indexes.keys()
      if (oldest !== undefined) this.#indexes.delete(oldest)
    }
    return index
  }

  #build(shape: IndexShape): OrderedIndex {
    const index = new OrderedIndex(shape)
    for (const document of this.#byName.scan('', '\u0100', false)) index.add(document)
    return index
  }
}
