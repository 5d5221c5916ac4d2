import { InvalidDataError } from './tree/invalid-data-error.ts'
import { nodeFromJson } from './tree/json.ts'
import type { Node } from './tree/node.ts'
import { checkPathSize, formatPath } from './tree/path.ts'
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

export function applyWrites(before: Node, writes: readonly ResolvedWrite[]): Node {
  return writes.reduce((root, { path, node }) => root.set(path, node), before)
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
