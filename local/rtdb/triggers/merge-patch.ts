import { toValue } from '../tree/json.ts'
import type { Node } from '../tree/node.ts'

/**
 * What turns `before` into `after` for a function that merges: where both are maps only the children that differ,
 * removed ones as null, recursively; the new value otherwise. Undefined when only priorities differ.
 */
export function mergePatch(before: Node, after: Node): unknown {
  if (before === after) return undefined
  if (!before.hasChildren() || !after.hasChildren()) {
    return before.leaf === after.leaf && before.hasChildren() === after.hasChildren()
      ? undefined
      : toValue(after)
  }
  const changes: [string, unknown][] = []
  for (const [name, child] of after.entries()) {
    const patch = mergePatch(before.child(name), child)
    if (patch !== undefined) changes.push([name, patch])
  }
  for (const [name] of before.entries()) if (after.child(name).isEmpty()) changes.push([name, null])
  // `fromEntries` defines members, so that a child named `__proto__` is one.
  return changes.length === 0 ? undefined : Object.fromEntries(changes)
}
