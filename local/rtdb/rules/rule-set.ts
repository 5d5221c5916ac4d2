import type { RuleAuth } from '../auth/access.ts'
import type { Query } from '../query/query.ts'
import type { Node } from '../tree/node.ts'
import type { Path } from '../tree/path.ts'

/** A listen or get at one location. */
export interface ReadRequest {
  readonly root: Node
  readonly path: Path
  readonly auth: RuleAuth
  /** Milliseconds since the epoch. */
  readonly now: number
  readonly query: Query
}

/** One write, maybe to several places; `after` is the whole tree as it would be, server values resolved. */
export interface WriteRequest {
  readonly before: Node
  readonly after: Node
  /** The written locations; none lies at or below another, and one that ends in `.priority` changes only that. */
  readonly paths: readonly Path[]
  readonly auth: RuleAuth
  /** The write's time (ms): the same that its server values took. */
  readonly now: number
}

/** Security rules, ready to be asked (protocol notes, section 5). Administrators are not asked about. */
export interface RuleSet {
  canRead(request: ReadRequest): boolean
  /** `.write` of every path and `.validate` of everything written. */
  canWrite(request: WriteRequest): boolean
  /** The `.indexOn` that holds at a location: child paths like `a/b`, or `.value`. */
  indexesAt(path: Path): readonly string[]
}

/** What a namespace has until rules are uploaded: anybody may do anything. */
export const openRules: RuleSet = {
  canRead: () => true,
  canWrite: () => true,
  indexesAt: () => [],
}
