import type { Node } from '../../tree/node.ts'
import { failEvaluation } from './types.ts'

/**
 * A location and its value as rules see it (`root`, `data`, `newData`). It reaches what a rule asks for step by step
 * and nothing else, so a rule costs what it touches, whatever the size of the tree.
 */
export class RuleSnapshot {
  readonly node: Node
  readonly #parent: RuleSnapshot | undefined

  constructor(node: Node, parent?: RuleSnapshot) {
    this.node = node
    this.#parent = parent
  }

  /** The snapshot one key below. */
  step(key: string): RuleSnapshot {
    return new RuleSnapshot(this.node.child(key), this)
  }

  /** The snapshot at a relative path such as `a/b`. */
  child(path: string): RuleSnapshot {
    const keys = path.split('/').filter((key) => key !== '')
    return keys.reduce<RuleSnapshot>((snapshot, key) => snapshot.step(key), this)
  }

  /** The snapshot one level up; at the root the rule fails. */
  parent(): RuleSnapshot {
    return this.#parent ?? failEvaluation()
  }

  exists(): boolean {
    return !this.node.isEmpty()
  }

  /** The leaf's value, null where there is nothing, and the node itself (comparable, nothing more) for a map. */
  val(): unknown {
    if (this.node.isEmpty()) return null
    return this.node.isLeaf() ? this.node.leaf : this.node
  }

  /** The keys of the children. */
  *keys(): Iterable<string> {
    for (const [key] of this.node.entries()) yield key
  }

  hasChildren(paths: readonly string[] | undefined): boolean {
    if (paths === undefined) return this.node.numChildren > 0
    return paths.every((path) => this.child(path).exists())
  }

  priority(): unknown {
    return this.node.priority
  }
}
