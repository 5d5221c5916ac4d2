import { z } from 'zod'

import { Node } from '../tree/node.ts'
import { nodeFromJson, toExport } from '../tree/json.ts'
import { formatPath, parseWritePath, priorityKey, rootPath } from '../tree/path.ts'
import type { Path } from '../tree/path.ts'
import type { ResolvedWrite } from '../write-set.ts'
import { DamagedFileError } from '../../storage/damaged-file-error.ts'

/** What a namespace is stored as. */
export interface StoredState {
  readonly root: Node
  /** The uploaded text of the rules; null for the open ones. */
  readonly rulesSource: string | null
}

/** One record: an atomic write (`w`: places and data), new rules, or the mark that ends a snapshot. */
const Entry = z.union([
  z.object({ w: z.array(z.tuple([z.string(), z.unknown()])) }),
  z.object({ rules: z.string() }),
  z.object({ end: z.literal(true) }),
])

export const snapshotEnd = JSON.stringify({ end: true })

export function formatWrites(writes: readonly ResolvedWrite[]): string {
  return JSON.stringify({ w: writes.map(({ path, node }) => [formatPath(path), toExport(node)]) })
}

export function formatRules(source: string): string {
  return JSON.stringify({ rules: source })
}

/** The state after the entries. @throws DamagedFileError */
export function replay(state: StoredState, payloads: readonly string[], fileName: string): StoredState {
  let { root, rulesSource } = state
  for (const payload of payloads) {
    const { success, data: entry } = Entry.safeParse(JSON.parse(payload))
    if (!success) throw new DamagedFileError(`${fileName} holds an entry of an unknown form`)
    if ('w' in entry) {
      for (const [path, json] of entry.w) root = root.set(parseWritePath(path), readStored(json))
    } else if ('rules' in entry) {
      rulesSource = entry.rules
    }
  }
  return { root, rulesSource }
}

/** How deep a snapshot splits the tree, so that no record grows with the whole of it. */
const splitDepth = 2

/** The entries of a snapshot, small ones: the tree in pieces, parents' priorities after their children. */
export function* snapshotEntries({ root, rulesSource }: StoredState): Iterable<string> {
  if (rulesSource !== null) yield formatRules(rulesSource)
  for (const write of pieces(root, rootPath)) yield formatWrites([write])
  yield snapshotEnd
}

function* pieces(node: Node, path: Path): Iterable<ResolvedWrite> {
  if (path.length === splitDepth || !node.hasChildren()) {
    if (!node.isEmpty()) yield { path, node }
    return
  }
  for (const [name, child] of node.entries()) yield* pieces(child, [...path, name])
  if (node.priority !== null) yield { path: [...path, priorityKey], node: Node.leaf(node.priority) }
}

function readStored(json: unknown): Node {
  return nodeFromJson(json)
}
