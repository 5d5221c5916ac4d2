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
 * The tree with the writes in it. The order is the one in which clients apply a merge, by key at each level, and
 * priorities come last: a map that its writes empty and fill again ends up alike on both sides.
 */
export function applyWrites(before: Node, writes: readonly ResolvedWrite[]): Node {
  const ordered = writes.length > 1 ? writes.toSorted(compareWrites) : writes
  return ordered.reduce((root, { path, node }) => root.set(path, node), before)
}

function compareWrites({ path: left }: ResolvedWrite, { path: right }: ResolvedWrite): number {
  const byKind = Number(isPriority(left)) - Number(isPriority(right))
  if (byKind !== 0) return byKind
  const depth = left.findIndex((key, index) => key !== right[index])
  return (left[depth] ?? '') < (right[depth] ?? '') ? -1 : 1
}

/**
 * The same writes for those who apply them one by one, in whatever order: a map that comes into being together with
 * its priority becomes one write, since nothing has no priority.
 */
export function collapsePriorities(
  writes: readonly ResolvedWrite[],
  before: Node,
  after: Node,
): readonly ResolvedWrite[] {
  const made = writes
    .filter(({ path }) => isPriority(path))
    .map(({ path }) => path.slice(0, -1))
    .filter((parent) => before.at(parent).isEmpty())
  const outermost = made.filter(
    (parent) => !made.some((other) => other.length < parent.length && isAtOrBelow(parent, other)),
  )
  if (outermost.length === 0) return writes
  return [
    ...writes.filter(({ path }) => !outermost.some((parent) => isAtOrBelow(path, parent))),
    ...outermost.map((path) => ({ path, node: after.at(path) })),
  ]
}

function isPriority(path: Path): boolean {
  return path.at(-1) === priorityKey
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
