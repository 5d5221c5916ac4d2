import type { Node } from '../tree/node.ts'
import type { Path } from '../tree/path.ts'
import type { PatternStep } from './trigger.ts'

/** A node that a pattern names, as it was and as it is. */
export interface ChangedNode {
  readonly path: Path
  readonly before: Node
  readonly after: Node
}

interface Search {
  readonly pattern: readonly PatternStep[]
  /** Where the write was; nothing else can have changed. */
  readonly written: readonly Path[]
}

/** The nodes of a pattern that a write changed. Costs what was written, not what is stored beside it. */
export function changedNodes(before: Node, after: Node, search: Search): ChangedNode[] {
  return [...walk({ path: [], before, after }, search)]
}

function* walk(at: ChangedNode, search: Search): Iterable<ChangedNode> {
  if (at.before === at.after) return
  const depth = at.path.length
  const step = search.pattern[depth]
  if (step === undefined) {
    if (!at.before.equals(at.after)) yield at
    return
  }
  const names = 'key' in step ? [step.key] : candidates(at, search.written, depth)
  for (const name of names) {
    const written = search.written.filter((path) => path.length <= depth || path[depth] === name)
    const next = { path: [...at.path, name], before: at.before.child(name), after: at.after.child(name) }
    if (written.length > 0) yield* walk(next, { ...search, written })
  }
}

/** The children that the write may have changed: those it names, or all when it replaced their parent. */
function candidates({ before, after }: ChangedNode, written: readonly Path[], depth: number): Set<string> {
  const names = new Set<string>()
  for (const path of written) {
    const name = path[depth]
    if (name === undefined) {
      for (const [child] of before.entries()) names.add(child)
      for (const [child] of after.entries()) names.add(child)
    } else if (!name.startsWith('.')) {
      names.add(name)
    }
  }
  return names
}
