import { groupOf } from '../names/resource-name.ts'
import type { Database } from '../store/database.ts'
import type { Change, Commit } from '../store/document.ts'
import type { Target } from './target.ts'

/** Called with the changes of one commit that concern a target. */
export type Notify = (changes: readonly Change[], version: number) => void

/**
 * The targets of all listeners of a database, found by what they range over: a commit reaches only targets on the
 * documents, collections and groups that it touched.
 */
export class Watchers {
  readonly #byPlace = new Map<string, Map<Target, Notify>>()

  constructor(database: Database) {
    database.onCommit((commit) => this.#notify(commit))
  }

  /** Follows a target until the returned function is called. */
  follow(target: Target, notify: Notify): () => void {
    const places = placesOf(target)
    for (const place of places) {
      const targets = this.#byPlace.get(place) ?? new Map<Target, Notify>()
      this.#byPlace.set(place, targets.set(target, notify))
    }
    return () => {
      for (const place of places) {
        const targets = this.#byPlace.get(place)
        targets?.delete(target)
        if (targets?.size === 0) this.#byPlace.delete(place)
      }
    }
  }

  #notify({ version, changes }: Commit): void {
    const concerned = new Map<Notify, Change[]>()
    for (const change of changes) {
      for (const place of placesTouched(change)) {
        for (const notify of this.#byPlace.get(place)?.values() ?? []) {
          const own = concerned.get(notify) ?? []
          own.push(change)
          concerned.set(notify, own)
        }
      }
    }
    for (const [notify, own] of concerned) notify(own, version)
  }
}

function placesOf({ interest }: Target): readonly string[] {
  if (interest.kind === 'documents') return [...interest.paths].map((path) => `document ${path}`)
  const { scope } = interest.query
  if (scope.kind === 'collection') return [`collection ${scope.path}`]
  return scope.kind === 'group' ? [`group ${scope.id}`] : ['all']
}

function placesTouched({ path, before, after }: Change): readonly string[] {
  const collection = (after ?? before)?.collection ?? ''
  return [`document ${path}`, `collection ${collection}`, `group ${groupOf(collection)}`, 'all']
}
