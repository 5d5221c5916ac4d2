import type { Access } from './auth/access.ts'
import { Push } from './push.ts'
import { loadsEverything } from './query/query.ts'
import type { Query } from './query/query.ts'
import { openRules } from './rules/rule-set.ts'
import type { RuleSet } from './rules/rule-set.ts'
import { Node } from './tree/node.ts'
import { formatPath } from './tree/path.ts'
import type { Path } from './tree/path.ts'
import { ViewTree } from './view-tree.ts'
import type { Listener, Subscriber, View } from './view.ts'
import { applyWrites, collapsePriorities, resolveInTurn, resolveWrites } from './write-set.ts'
import type { ResolvedWrite, Write } from './write-set.ts'

/** One atomic write. */
export interface CommitRequest {
  readonly writes: readonly Write[]
  /** More writes, each made upon those before it, and allowed to overlap them. */
  readonly followedBy?: readonly (readonly Write[])[]
  readonly access: Access
  /** The write happens only if the node at the first path still has this hash (`''` for nothing there). */
  readonly expectedHash?: string
  /** False keeps database triggers from firing, as an import asks for; true by default. */
  readonly triggers?: boolean
}

/** `after` is the tree with the write in it, server values resolved; `now` the write's time (ms). */
export type CommitOutcome =
  | { readonly status: 'ok'; readonly after: Node; readonly now: number }
  | { readonly status: 'permission_denied' | 'datastale' }

/** What triggers and storage learn of a write. */
export interface Commit {
  readonly namespace: string
  readonly before: Node
  readonly after: Node
  /** The places whose data changed; not empty. */
  readonly writes: readonly ResolvedWrite[]
  readonly access: Access
  readonly now: number
  readonly triggers: boolean
}

/** Asks for the changes of one view. */
export interface SubscribeRequest {
  readonly path: Path
  readonly query: Query
  readonly access: Access
  readonly subscriber: Subscriber
}

export interface Subscription {
  /** What the view shows now, with every push so far in it. */
  readonly window: Node
  /** Whether the rules declare the index that the query needs. */
  readonly indexed: boolean
  /** Reads on behalf of somebody else from now on; revokes itself when the rules refuse that. */
  setAccess(access: Access): void
  close(): void
}

/** How many listen to what, of one location and query. */
export interface ListenCount {
  readonly path: string
  readonly query: string
  readonly listeners: number
}

/**
 * Where a namespace keeps its data; called before a write is acknowledged, in the order of the writes. What throws
 * here keeps the change from happening.
 */
export interface Journal {
  /** @param root the tree with the writes in it */
  append(writes: readonly ResolvedWrite[], root: Node): void
  setRules(source: string): void
}

/** A write or new rules could not be stored, so they did not happen. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
}

interface NamespaceOptions {
  readonly name: string
  readonly now: () => number
  /** What was stored earlier; nothing and open rules by default. */
  readonly stored?: {
    readonly root: Node
    readonly rules: RuleSet
    readonly rulesSource: string | null
  }
  readonly journal?: Journal
}

/** One database: its data, its rules and who listens. Everything happens at once, in the order of the calls. */
export class Namespace {
  readonly name: string
  readonly #now: () => number
  readonly #journal: Journal | undefined
  readonly #views = new ViewTree()
  readonly #commitListeners: ((commit: Commit) => void)[] = []
  #root: Node
  #rules: RuleSet
  #rulesSource: string | null

  constructor({ name, now, stored, journal }: NamespaceOptions) {
    this.name = name
    this.#now = now
    this.#root = stored?.root ?? Node.empty
    this.#rules = stored?.rules ?? openRules
    this.#rulesSource = stored?.rulesSource ?? null
    this.#journal = journal
  }

  get root(): Node {
    return this.#root
  }

  get rules(): RuleSet {
    return this.#rules
  }

  /** The uploaded text of the rules; null while the open rules hold. */
  get rulesSource(): string | null {
    return this.#rulesSource
  }

  /** Puts rules in force, keeps their source, and revokes the views that they refuse. @throws StorageError */
  setRules(rules: RuleSet, source: string): void {
    this.#store((journal) => journal.setRules(source))
    this.#rules = rules
    this.#rulesSource = source
    for (const view of this.#views.all()) {
      for (const listener of view.listeners) this.#rejudge(view, listener)
    }
  }

  canRead(path: Path, query: Query, access: Access): boolean {
    if (access.admin) return true
    return this.#rules.canRead({ root: this.#root, path, auth: access.auth, now: this.#now(), query })
  }

  /** Whether the rules would allow the write now; nothing is written. @throws InvalidDataError */
  canWrite(writes: readonly Write[], access: Access): boolean {
    const now = this.#now()
    const resolved = resolveWrites(writes, this.#root, now)
    return this.#allows(resolved, applyWrites(this.#root, resolved), access, now)
  }

  /**
   * Writes all or nothing: server values are resolved once, a stale base is refused, then the rules are asked; the
   * write is stored, pushed to every view it shows in, and only then told to the commit listeners.
   * A stale base comes first because the client repeats such a write on fresh data, which the rules may well allow.
   * @throws InvalidDataError for data or paths that the database does not take
   * @throws StorageError when the write could not be stored
   */
  commit(request: CommitRequest): CommitOutcome {
    const now = this.#now()
    const before = this.#root
    const { writes, followedBy = [], access, expectedHash, triggers = true } = request
    const resolved = resolveInTurn([writes, ...followedBy], before, now)
    const [first] = writes
    if (expectedHash !== undefined && first && before.at(first.path).hash() !== expectedHash) {
      return { status: 'datastale' }
    }
    const after = applyWrites(before, resolved)
    if (!this.#allows(resolved, after, access, now)) return { status: 'permission_denied' }
    const changed = collapsePriorities(resolved, before, after).filter(
      ({ path }) => !before.at(path).equals(after.at(path)),
    )
    if (changed.length > 0) {
      this.#store((journal) => journal.append(changed, after))
      this.#root = after
      this.#publish({ namespace: this.name, before, after, writes: changed, access, now, triggers })
    }
    return { status: 'ok', after, now }
  }

  /** Opens a view; null when the rules refuse it. */
  subscribe({ path, query, access, subscriber }: SubscribeRequest): Subscription | null {
    if (!this.canRead(path, query, access)) return null
    const view = this.#views.open(path, query, this.#root)
    const listener: Listener = { subscriber, query, access }
    view.listeners.add(listener)
    const indexed = this.isIndexed(path, query)
    return {
      get window() {
        return view.window
      },
      indexed,
      setAccess: (next) => {
        listener.access = next
        if (view.listeners.has(listener)) this.#rejudge(view, listener)
      },
      close: () => this.#unsubscribe(view, listener),
    }
  }

  /** Whether a query needs no index, or one that the rules declare at its location. */
  isIndexed(path: Path, query: Query): boolean {
    const { index } = query
    if (index.kind === 'key' || index.kind === 'priority' || loadsEverything(query)) return true
    return this.#rules.indexesAt(path).includes(index.kind === 'value' ? '.value' : formatPath(index.path))
  }

  /** Calls back after every write that changed something, once the views know of it. */
  onCommit(listener: (commit: Commit) => void): void {
    this.#commitListeners.push(listener)
  }

  listens(): ListenCount[] {
    return [...this.#views.all()].map((view) => ({
      path: formatPath(view.path),
      query: view.identity,
      listeners: view.listeners.size,
    }))
  }

  #store(store: (journal: Journal) => void): void {
    if (this.#journal === undefined) return
    try {
      store(this.#journal)
    } catch (error) {
      throw new StorageError(`Namespace ${this.name} could not be stored`, { cause: error })
    }
  }

  #allows(resolved: readonly ResolvedWrite[], after: Node, access: Access, now: number): boolean {
    if (access.admin || resolved.length === 0) return true
    const paths = resolved.map(({ path }) => path)
    return this.#rules.canWrite({ before: this.#root, after, paths, auth: access.auth, now })
  }

  #publish(commit: Commit): void {
    const { before, after, writes } = commit
    const puts = new Map(writes.map(({ path }) => [path, Push.put(path, after.at(path))]))
    const change = { before, after, puts }
    for (const [view, written] of this.#views.affected([...puts.keys()])) {
      const push = view.update(change, written)
      if (push !== null) for (const listener of view.listeners) listener.subscriber.push(push)
    }
    for (const listener of this.#commitListeners) listener(commit)
  }

  #rejudge(view: View, listener: Listener): void {
    if (this.canRead(view.path, listener.query, listener.access)) return
    this.#unsubscribe(view, listener)
    listener.subscriber.revoked()
  }

  #unsubscribe(view: View, listener: Listener): void {
    view.listeners.delete(listener)
    if (view.listeners.size === 0) this.#views.remove(view)
  }
}
