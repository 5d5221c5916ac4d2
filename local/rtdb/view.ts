import type { Access } from './auth/access.ts'
import { Push } from './push.ts'
import { loadsEverything, queryIdentity } from './query/query.ts'
import type { Query } from './query/query.ts'
import { changedChildren, updatedWindow, windowOf } from './query/window.ts'
import type { Node } from './tree/node.ts'
import { priorityKey, rootPath } from './tree/path.ts'
import type { Path } from './tree/path.ts'

/** What a subscriber is told. Calls come while the write that caused them is being committed: do not write back. */
export interface Subscriber {
  readonly push: (push: Push) => void
  /** The rules no longer allow the view; the subscription is closed already. */
  readonly revoked: () => void
}

/** One subscriber of a view, and on whose behalf it reads. */
export interface Listener {
  readonly subscriber: Subscriber
  /** As it was asked: views are shared by queries that differ in their order alone, which rules may tell apart. */
  readonly query: Query
  access: Access
}

/** A finished change of the tree, as views need it. */
export interface TreeChange {
  readonly before: Node
  readonly after: Node
  /** The push of each written path, shared by the views that can use it as it is. */
  readonly puts: ReadonlyMap<Path, Push>
}

/** One query at one location, shared by all who listen to it. */
export class View {
  readonly path: Path
  readonly query: Query
  readonly identity: string
  readonly listeners = new Set<Listener>()
  #window: Node

  constructor(path: Path, query: Query, root: Node) {
    this.path = path
    this.query = query
    this.identity = queryIdentity(query)
    this.#window = windowOf(query, root.at(path))
  }

  /** What the view shows now. */
  get window(): Node {
    return this.#window
  }

  /** Takes the change in and returns what to tell the listeners; null when nothing shows. */
  update(change: TreeChange, written: readonly Path[]): Push | null {
    const full = change.after.at(this.path)
    return loadsEverything(this.query)
      ? this.#updateWhole(full, change, written)
      : this.#updateWindow(full, written)
  }

  #updateWhole(full: Node, change: TreeChange, written: readonly Path[]): Push | null {
    const before = this.#window
    this.#window = full
    if (written.some((path) => path.length <= this.path.length)) {
      return before.equals(full) ? null : Push.put(this.path, full)
    }
    const [first, ...others] = written
    if (first !== undefined && others.length === 0) {
      return change.puts.get(first) ?? Push.put(first, change.after.at(first))
    }
    return Push.merge(
      this.path,
      written.map((path) => ({ path: path.slice(this.path.length), node: change.after.at(path) })),
    )
  }

  #updateWindow(full: Node, written: readonly Path[]): Push | null {
    const above = written.some((path) => path.length <= this.path.length)
    const touched = new Set(written.map((path) => path[this.path.length] ?? priorityKey))
    touched.delete(priorityKey)
    const before = this.#window
    this.#window = updatedWindow(this.query, before, full, above ? 'all' : touched)
    if (above) return before.equals(this.#window) ? null : Push.put(this.path, this.#window)
    const [first, ...others] = changedChildren(before, this.#window)
    if (first === undefined) return null
    if (others.length === 0) return Push.put([...this.path, first[0]], first[1])
    const changes = [first, ...others].map(([name, node]) => ({ path: [...rootPath, name], node }))
    return Push.merge(this.path, changes)
  }
}
