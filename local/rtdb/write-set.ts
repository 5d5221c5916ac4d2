import { InvalidDataError } from './tree/invalid-data-error.ts'
import { nodeFromJson } from './tree/json.ts'
import type { Node } from './tree/node.ts'
import { checkPathSize, formatPath, isAtOrBelow, priorityKey } from './tree/path.ts'
import type { Path } from './tree/path.ts'

/** One place of a write. The last step of `path` may be `.priority`. */
export interface Write {
  readonly path: Path
  /** JSON, plain or in export form, maybe with server values. */
  readonly data: unknown
}

/** The same with its data read and its server values resolved. */
export interface ResolvedWrite {
  readonly path: Path
  readonly node: Node
}

/**
 * Reads the data of one write against the tree that it changes.
 * @throws InvalidDataError for data that the database does not take, and when one path lies at or below another.
 */
export function resolveWrites(writes: readonly Write[], before: Node, now: number): ResolvedWrite[] {
  if (writes.length > 1) checkDisjoint(writes.map(({ path }) => path))
  return writes.map(({ path, data }) => {
    checkPathSize(path)
    return { path, node: nodeFromJson(data, { path, existing: before.at(path), now }) }
  })
}

/**
 * Reads several such writes, each against the tree that those before it leave, as a single one: what lies below another
 * written place goes up in that.
 * @throws InvalidDataError as `resolveWrites` does
 */
export function resolveInTurn(
  groups: readonly (readonly Write[])[],
  before: Node,
  now: number,
): ResolvedWrite[] {
  const [first = [], ...others] = groups
  if (others.length === 0) return resolveWrites(first, before, now)
  let after = before
  for (const writes of groups) after = applyWrites(after, resolveWrites(writes, after, now))
  return uppermost(groups.flat().map(({ path }) => path)).map((path) => ({ path, node: after.at(path) }))
}

/** Those of the paths that do not lie at or below another one. */
function uppermost(paths: readonly Path[]): Path[] {
  const kept = new Map<string, Path>()
  for (const path of paths.toSorted((left, right) => left.length - right.length)) {
    const text = formatPath(path)
    const covered = kept.has(text) || path.some((_name, depth) => kept.has(formatPath(path.slice(0, depth))))
    if (!covered) kept.set(text, path)
  }
  return [...kept.values()]
}

/**
 * The tree with the writes in it. What is written comes first, then what is removed, then priorities: a map that is
 * there before and after keeps its priority, whichever of its children went and came.
 */
export function applyWrites(before: Node, writes: readonly ResolvedWrite[]): Node {
  const ordered = writes.length > 1 ? writes.toSorted((left, right) => phase(left) - phase(right)) : writes
  return ordered.reduce((root, { path, node }) => root.set(path, node), before)
}

function phase({ path, node }: ResolvedWrite): number {
  if (path.at(-1) === priorityKey) return 2
  return node.isEmpty() ? 1 : 0
}

/**
 * The same writes for those who apply them one by one, in an order of their own. Where that could empty a map on the
 * way, and so lose the priority that it has in the end, the map becomes one write.
 */
export function collapsePriorities(
  writes: readonly ResolvedWrite[],
  before: Node,
  after: Node,
): readonly ResolvedWrite[] {
  if (writes.length < 2) return writes
  const emptied: Path[] = []
  for (const path of sharedParents(writes)) {
    const covered = emptied.some((parent) => isAtOrBelow(path, parent))
    if (!covered && losesPriority(before.at(path), after.at(path))) emptied.push(path)
  }
  if (emptied.length === 0) return writes
  return [
    ...writes.filter(({ path }) => !emptied.some((parent) => isAtOrBelow(path, parent))),
    ...emptied.map((path) => ({ path, node: after.at(path) })),
  ]
}

/** Whether nothing of what a map with a priority held before is left in it. */
function losesPriority(before: Node, after: Node): boolean {
  if (after.priority === null) return false
  for (const [name] of before.entries()) if (!after.child(name).isEmpty()) return false
  return true
}

/** The locations that more than one of the writes lies below, from the root down. */
function sharedParents(writes: readonly ResolvedWrite[]): Path[] {
  const counts = new Map<string, { readonly path: Path; count: number }>()
  for (const { path } of writes) {
    for (let depth = 0; depth < path.length; depth += 1) {
      const parent = path.slice(0, depth)
      const text = formatPath(parent)
      const known = counts.get(text)
      if (known === undefined) counts.set(text, { path: parent, count: 1 })
      else known.count += 1
    }
  }
  const shared = [...counts.values()].filter(({ count }) => count > 1).map(({ path }) => path)
  return shared.toSorted((left, right) => left.length - right.length)
}

interface Branch {
  written: boolean
  readonly children: Map<string, Branch>
}

function checkDisjoint(paths: readonly Path[]): void {
  const root: Branch = { written: false, children: new Map() }
  for (const path of paths) {
    let branch = root
    for (const name of path) {
      if (branch.written) throw conflict(path)
      let child = branch.children.get(name)
      if (child === undefined) branch.children.set(name, (child = { written: false, children: new Map() }))
      branch = child
    }
    if (branch.written || branch.children.size > 0) throw conflict(path)
    branch.written = true
  }
}

function conflict(path: Path): InvalidDataError {
  return new InvalidDataError(`A path lies at or below another one of the same write: ${formatPath(path)}`)
}
