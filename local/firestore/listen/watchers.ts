import { groupOf } from '../names/resource-name.ts'
import type { EqualTest } from '../query/query.ts'
import type { Database } from '../store/database.ts'
import type { Change, Commit } from '../store/document.ts'
import { keyOf } from '../store/ordered-index.ts'
import type { FieldPath } from '../values/field-path.ts'
import { formatFieldPath, isNamePath } from '../values/field-path.ts'
import type { Target } from './target.ts'

/** Called with the changes of one commit that concern a target. */
type Notify = (changes: readonly Change[]) => void

/** Where a change can concern a target: a document, or a collection or group, there perhaps at one value of a field. */
interface Place {
  readonly scope: string
  readonly test: EqualTest | undefined
}

interface WatchedField {
  readonly path: FieldPath
  places: number
}

/**
 * The targets of all listeners of a database, found by where changes can concern them. A commit costs nothing for
 * queries of other collections, nor for those that hold a field to a value that its documents neither had nor have.
 */
export class Watchers {
  readonly #byPlace = new Map<string, Set<Notify>>()
  /** For each scope the fields that its targets hold to a value. */
  readonly #fields = new Map<string, Map<string, WatchedField>>()

  constructor(database: Database) {
    database.onCommit((commit) => this.#notify(commit))
  }

  /** Follows a target until the returned function is called. */
  follow(target: Target, notify: Notify): () => void {
    const places = placesOf(target)
    for (const place of places) {
      const key = keyOfPlace(place)
      this.#byPlace.set(key, (this.#byPlace.get(key) ?? new Set()).add(notify))
      if (place.test !== undefined) this.#countField(place.scope, place.test.path, 1)
    }
    return () => {
      for (const place of places) {
        const key = keyOfPlace(place)
        const followers = this.#byPlace.get(key)
        followers?.delete(notify)
        if (followers?.size === 0) this.#byPlace.delete(key)
        if (place.test !== undefined) this.#countField(place.scope, place.test.path, -1)
      }
    }
  }

  #countField(scope: string, path: FieldPath, by: 1 | -1): void {
    const fields = this.#fields.get(scope) ?? new Map<string, WatchedField>()
    const name = formatFieldPath(path)
    const field = fields.get(name) ?? { path, places: 0 }
    field.places += by
    if (field.places > 0) fields.set(name, field)
    else fields.delete(name)
    if (fields.size > 0) this.#fields.set(scope, fields)
    else this.#fields.delete(scope)
  }

  #notify({ changes }: Commit): void {
    const concerned = new Map<Notify, Set<Change>>()
    for (const change of changes) {
      for (const key of this.#placesTouched(change)) {
        for (const notify of this.#byPlace.get(key) ?? []) {
          concerned.set(notify, (concerned.get(notify) ?? new Set()).add(change))
        }
      }
    }
    for (const [notify, own] of concerned) notify([...own])
  }

  *#placesTouched({ path, before, after }: Change): Generator<string> {
    const collection = (after ?? before)?.collection ?? ''
    for (const scope of [
      `document ${path}`,
      `collection ${collection}`,
      `group ${groupOf(collection)}`,
      'all',
    ]) {
      yield scope
      for (const field of this.#fields.get(scope)?.values() ?? []) {
        for (const document of [before, after]) {
          const key = document && keyOf(document, field.path)
          if (key !== undefined) yield keyOfPlace({ scope, test: { path: field.path, key } })
        }
      }
    }
  }
}

const keyOfPlace = ({ scope, test }: Place): string =>
  test === undefined ? scope : `${scope}\n${formatFieldPath(test.path)}\n${test.key}`

function placesOf({ interest }: Target): readonly Place[] {
  if (interest.kind === 'documents') {
    return [...interest.paths].map((path) => ({ scope: `document ${path}`, test: undefined }))
  }
  const { scope, anyOf } = interest.query
  const name =
    scope.kind === 'all' ? 'all' : `${scope.kind} ${scope.kind === 'group' ? scope.id : scope.path}`
  const places = anyOf.map(({ equal }) => ({
    scope: name,
    test: equal.find(({ path }) => !isNamePath(path)),
  }))
  // One alternative that any document could meet makes the rest pointless.
  return places.find(({ test }) => test === undefined) === undefined
    ? places
    : [{ scope: name, test: undefined }]
}
