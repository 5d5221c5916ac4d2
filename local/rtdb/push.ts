import type { Node } from './tree/node.ts'
import { toExport } from './tree/json.ts'
import { formatPath, rootPath } from './tree/path.ts'
import type { Path } from './tree/path.ts'

/** A changed place, relative to its push's path. */
export interface Change {
  readonly path: Path
  /** What is there now, priorities included; empty where it was removed. */
  readonly node: Node
}

/**
 * One change of a view: `put` replaces what is at `path` (one change, at the root path), `merge` replaces the
 * places that `changes` names below it. One push is shared by every view and subscriber that it concerns.
 */
export class Push {
  readonly kind: 'put' | 'merge'
  /** From the root of the namespace. */
  readonly path: Path
  readonly changes: readonly Change[]
  #text: string | null = null

  private constructor(kind: 'put' | 'merge', path: Path, changes: readonly Change[]) {
    this.kind = kind
    this.path = path
    this.changes = changes
  }

  static put(path: Path, node: Node): Push {
    return new Push('put', path, [{ path: rootPath, node }])
  }

  static merge(path: Path, changes: readonly Change[]): Push {
    return new Push('merge', path, changes)
  }

  /** The data as the wire carries it (export form; a map of relative paths for a merge), serialized once. */
  get text(): string {
    this.#text ??= this.kind === 'put' ? this.#putText() : this.#mergeText()
    return this.#text
  }

  #putText(): string {
    const [change] = this.changes
    return change === undefined ? 'null' : JSON.stringify(toExport(change.node))
  }

  #mergeText(): string {
    const members = this.changes.map(
      ({ path, node }) => `${JSON.stringify(formatPath(path))}:${JSON.stringify(toExport(node))}`,
    )
    return `{${members.join(',')}}`
  }
}
