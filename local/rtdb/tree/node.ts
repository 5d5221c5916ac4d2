import { hashNode } from './hash.ts'
import { compareKeys } from './order.ts'
import type { LeafValue, Priority } from './order.ts'
import { priorityKey } from './path.ts'
import type { Path } from './path.ts'
import { SortedMap } from './sorted-map.ts'
import { withChildMoved } from './sorted-children.ts'
import type { SortedChildren } from './sorted-children.ts'

type Children = SortedMap<string, Node>

/** Sorted copies of the children that one node may keep; more would only make its writes dear. */
const maxKeptOrders = 8

/**
 * An immutable piece of the tree: empty, a leaf, or a map of non-empty children; all but the empty one may carry a
 * priority. A change returns a new node that shares what did not change, so it costs the depth of the path times
 * the logarithm of the children's number, and never the size of the tree. Keys are looked up in a sorted map and
 * never as properties of an object: `__proto__` is a key like any other.
 */
export class Node {
  static readonly empty: Node = new Node(null, null, null)

  readonly leaf: LeafValue | null
  readonly priority: Priority
  readonly #children: Children | null
  #hash: string | null = null
  #orders: ReadonlyMap<string, SortedChildren<Node>> | null = null

  private constructor(leaf: LeafValue | null, children: Children | null, priority: Priority) {
    this.leaf = leaf
    this.#children = children
    this.priority = priority
  }

  static leaf(value: LeafValue | null, priority: Priority = null): Node {
    return value === null ? Node.empty : new Node(value, null, priority)
  }

  /** A map of the given children; empty ones are left out, and a map without children is the empty node. */
  static map(children: Iterable<readonly [string, Node]>, priority: Priority = null): Node {
    const entries: [string, Node][] = []
    for (const [name, child] of children) if (!child.isEmpty()) entries.push([name, child])
    return entries.length === 0 ? Node.empty : new Node(null, SortedMap.from(entries, compareKeys), priority)
  }

  isEmpty(): boolean {
    return this === Node.empty
  }

  isLeaf(): boolean {
    return this.leaf !== null
  }

  hasChildren(): boolean {
    return this.#children !== null
  }

  get numChildren(): number {
    return this.#children?.size ?? 0
  }

  /** The child of that name, or the empty node. `.priority` gives the priority as a leaf. */
  child(name: string): Node {
    if (name === priorityKey) return Node.leaf(this.priority)
    return this.#children?.get(name) ?? Node.empty
  }

  /** The node at a path below this one, or the empty node. */
  at(path: Path): Node {
    return path.reduce<Node>((node, name) => node.child(name), this)
  }

  /** The children in key order. */
  entries(): IterableIterator<[string, Node]> {
    return this.#children?.entries() ?? [].values()
  }

  /** The children in key order or against it, from `from` (included; it need not exist) on when given. */
  walkKeys(backwards: boolean, from?: string): IterableIterator<[string, Node]> {
    const children = this.#children
    if (children === null) return [].values()
    return backwards ? children.entriesReversed(from) : children.entries(from)
  }

  /**
   * The children in another order. The sorted copy is kept, and carried over to the nodes made from this one, so
   * that only the first reading costs the size of the node.
   */
  ordered(order: SortedChildren<Node>['order']): SortedChildren<Node> {
    const kept = this.#orders?.get(order.id)
    if (kept !== undefined) return kept
    const sorted = order.arrange(this.entries())
    const others = [...(this.#orders ?? [])].slice(1 - maxKeptOrders)
    this.#orders = new Map([...others, [order.id, sorted]])
    return sorted
  }

  /** Base64 SHA-1 of the canonical text; `''` for the empty node. Computed once. */
  hash(): string {
    this.#hash ??= hashNode(this)
    return this.#hash
  }

  /** This node with the one at `path` replaced. An empty node deletes, with the parents that it empties. */
  set(path: Path, node: Node): Node {
    return setAt(this, path, 0, node)
  }

  withChild(name: string, child: Node): Node {
    const children = this.#children
    if (children === null) return child.isEmpty() ? this : Node.map([[name, child]], this.priority)
    const next = child.isEmpty() ? children.without(name) : children.with(name, child)
    if (next.size === 0) return Node.empty
    const changed = new Node(null, next, this.priority)
    if (this.#orders !== null) {
      changed.#orders = withChildMoved(this.#orders, name, children.get(name) ?? Node.empty, child)
    }
    return changed
  }

  updatePriority(priority: Priority): Node {
    if (this.isEmpty() || this.priority === priority) return this
    const changed = new Node(this.leaf, this.#children, priority)
    changed.#orders = this.#orders
    return changed
  }

  /** Whether both hold the same data, priorities included; shared parts are not walked. */
  equals(other: Node): boolean {
    if (this === other) return true
    if (this.leaf !== other.leaf || this.priority !== other.priority) return false
    if (this.numChildren !== other.numChildren) return false
    for (const [name, child] of this.entries()) if (!child.equals(other.child(name))) return false
    return !this.isEmpty() && !other.isEmpty()
  }
}

function setAt(base: Node, path: Path, depth: number, node: Node): Node {
  const name = path[depth]
  if (name === undefined) return node
  if (name === priorityKey) return base.updatePriority(asPriority(node))
  const before = base.child(name)
  const after = setAt(before, path, depth + 1, node)
  return before === after ? base : base.withChild(name, after)
}

function asPriority(node: Node): Priority {
  return typeof node.leaf === 'boolean' ? null : node.leaf
}
