import { createRequire } from 'node:module'

import type SortedBtree from 'sorted-btree'

type BTree<Key, Value> = SortedBtree.default<Key, Value>

// A CommonJS package with an export named `default`: loaders disagree on what its default import is, `require` does not.
const { default: BTree } = createRequire(import.meta.url)('sorted-btree') as typeof SortedBtree

/**
 * An immutable sorted map: `with` and `without` return a new map that shares all but one path with the old, so
 * either costs O(log size).
 */
export class SortedMap<Key, Value> {
  readonly #tree: BTree<Key, Value>

  private constructor(tree: BTree<Key, Value>) {
    this.#tree = tree
  }

  static from<Key, Value>(
    entries: [Key, Value][],
    compare: (left: Key, right: Key) => number,
  ): SortedMap<Key, Value> {
    return new SortedMap(new BTree(entries, compare))
  }

  get size(): number {
    return this.#tree.size
  }

  get(key: Key): Value | undefined {
    return this.#tree.get(key)
  }

  with(key: Key, value: Value): SortedMap<Key, Value> {
    const next = this.#tree.clone()
    next.set(key, value)
    return new SortedMap(next)
  }

  without(key: Key): SortedMap<Key, Value> {
    const next = this.#tree.clone()
    next.delete(key)
    return new SortedMap(next)
  }

  /** Ascending, from `lowest` (included) on when given. */
  entries(lowest?: Key): IterableIterator<[Key, Value]> {
    return this.#tree.entries(lowest)
  }

  /** Descending, from `highest` (included) on when given. */
  entriesReversed(highest?: Key): IterableIterator<[Key, Value]> {
    return this.#tree.entriesReversed(highest)
  }
}
