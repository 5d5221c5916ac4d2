import { groupOf } from '../names/resource-name.ts'
import { ChangeLog } from './change-log.ts'
import type { Clock } from './clock.ts'
import type { Change, Commit, StoredDocument } from './document.ts'
import { Hierarchy } from './hierarchy.ts'
import { Scope } from './scope.ts'

/** What a query ranges over: one collection, every collection of a name, or every document. */
export type ScopeName =
  | { readonly kind: 'collection'; readonly path: string }
  | { readonly kind: 'group'; readonly id: string }
  | { readonly kind: 'all' }

/** The documents of one database of one project. All that it does is synchronous, and so each step is atomic. */
export class Database {
  /** `projects/{p}/databases/{d}`. */
  readonly name: string
  readonly clock: Clock
  readonly hierarchy = new Hierarchy()
  readonly #documents = new Map<string, StoredDocument>()
  readonly #collections = new Map<string, Scope>()
  readonly #groups = new Map<string, Scope>()
  #everything: Scope | undefined
  #log = new ChangeLog(0)
  readonly #persist: (database: string, commit: Commit) => void
  readonly #listeners = new Set<(commit: Commit) => void>()

  /** @param persist called before a commit takes effect; when it throws, the commit does not happen. */
  constructor(name: string, clock: Clock, persist: (database: string, commit: Commit) => void) {
    this.name = name
    this.clock = clock
    this.#persist = persist
  }

  get log(): ChangeLog {
    return this.#log
  }

  get(path: string): StoredDocument | undefined {
    return this.#documents.get(path)
  }

  paths(): IterableIterator<string> {
    return this.#documents.keys()
  }

  documents(): IterableIterator<StoredDocument> {
    return this.#documents.values()
  }

  /** Takes documents that were on disk. What happened before is not known, so nobody can read there. */
  restore(documents: Iterable<StoredDocument>): void {
    for (const document of documents) {
      this.#apply({ path: document.path, before: undefined, after: document })
      this.clock.passed(document.updateTime)
    }
    this.#log = new ChangeLog(this.clock.read())
  }

  /** Makes a commit durable, then visible, then known to listeners. A commit without changes only takes a version. */
  commit(commit: Commit): void {
    if (commit.changes.length === 0) return
    this.#persist(this.name, commit)
    for (const change of commit.changes) this.#apply(change)
    this.#log.append(commit)
    for (const listener of this.#listeners) listener(commit)
  }

  /** Calls back after each commit that changed something; returns the way to stop it. */
  onCommit(listener: (commit: Commit) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The documents that a query ranges over; undefined where there are none. */
  scope(name: ScopeName): Scope | undefined {
    if (name.kind === 'collection') return this.#collections.get(name.path)
    const known = name.kind === 'group' ? this.#groups.get(name.id) : this.#everything
    if (known !== undefined) return known
    const scope = new Scope()
    for (const document of this.#documents.values()) {
      if (name.kind === 'all' || groupOf(document.collection) === name.id) scope.add(document)
    }
    // An empty group is not kept: names that were only asked for must not pile up.
    if (scope.size === 0) return undefined
    if (name.kind === 'group') this.#groups.set(name.id, scope)
    else this.#everything = scope
    return scope
  }

  #apply(change: Change): void {
    const { path, before, after } = change
    const collection = (after ?? before)?.collection
    if (collection === undefined) return
    if (after === undefined) this.#documents.delete(path)
    else this.#documents.set(path, after)
    if (before === undefined) this.hierarchy.created(path)
    if (after === undefined) this.hierarchy.deleted(path)
    const own = this.#collections.get(collection) ?? new Scope()
    own.apply(change)
    if (own.size > 0) this.#collections.set(collection, own)
    else this.#collections.delete(collection)
    this.#groups.get(groupOf(collection))?.apply(change)
    this.#everything?.apply(change)
  }
}
