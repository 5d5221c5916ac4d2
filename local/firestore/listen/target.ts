import { matches } from '../query/match.ts'
import type { Query } from '../query/query.ts'
import { runQuery } from '../query/run-query.ts'
import type { Database } from '../store/database.ts'
import type { Change, StoredDocument } from '../store/document.ts'

/** What a target learns of one document: its new state, or that it is no longer among the results. */
export interface Update {
  readonly path: string
  /** The document as it is now; undefined once it no longer matches. */
  readonly document: StoredDocument | undefined
  /** Gone from the database, not only from the results. */
  readonly isDeleted: boolean
}

/** Something that a listener follows: a query or named documents. */
export interface Target {
  /** Which changes concern it: those of these documents, or those in the scope of this query. */
  readonly interest:
    | { readonly kind: 'documents'; readonly paths: ReadonlySet<string> }
    | { readonly kind: 'query'; readonly query: Query }
  /** All results as of now. */
  readonly initial: () => readonly Update[]
  /** What changed in the results since a version. Throws FAILED_PRECONDITION where that is forgotten. */
  readonly since: (version: number) => readonly Update[]
  /** What a commit changes in the results; called once with all of its changes that concern the target. */
  readonly changed: (changes: readonly Change[]) => readonly Update[]
}

const updateOf = (path: string, document: StoredDocument | undefined): Update => ({
  path,
  document,
  isDeleted: document === undefined,
})

export function documentsTarget(database: Database, paths: ReadonlySet<string>): Target {
  return {
    interest: { kind: 'documents', paths },
    initial: () => [...paths].map((path) => updateOf(path, database.get(path))),
    since: (version) =>
      [...database.log.asOf(version).keys()]
        .filter((path) => paths.has(path))
        .map((path) => updateOf(path, database.get(path))),
    changed: (changes) => changes.map(({ path, after }) => updateOf(path, after)),
  }
}

export function queryTarget(database: Database, query: Query): Target {
  const isWindow = query.limit !== undefined || query.offset > 0
  const results = () => new Map([...runQuery(database, query)].map((document) => [document.path, document]))
  let shown: ReadonlyMap<string, StoredDocument> = new Map()

  const moveTo = (
    now: ReadonlyMap<string, StoredDocument>,
    from: ReadonlyMap<string, StoredDocument>,
  ): Update[] => {
    const gone = [...from.keys()].filter((path) => !now.has(path))
    const fresh = [...now.values()].filter((document) => from.get(document.path) !== document)
    if (isWindow) shown = now
    return [
      ...gone.map((path) => ({ path, document: undefined, isDeleted: database.get(path) === undefined })),
      ...fresh.map((document) => updateOf(document.path, document)),
    ]
  }

  return {
    interest: { kind: 'query', query },
    initial: () => moveTo(results(), new Map()),
    since: (version) => {
      const then = [...runQuery(database, query, version)].map(
        (document) => [document.path, document] as const,
      )
      return moveTo(results(), new Map(then))
    },
    changed: (changes) => {
      const touching = changes.filter(({ before, after }) => touches(query, before) || touches(query, after))
      if (touching.length === 0) return []
      // A document that enters or leaves a window moves others, so the window is read again.
      if (isWindow) return moveTo(results(), shown)
      return touching.map(({ path, after }) => ({
        path,
        document: touches(query, after) ? after : undefined,
        isDeleted: after === undefined,
      }))
    },
  }
}

const touches = (query: Query, document: StoredDocument | undefined): boolean =>
  document !== undefined && matches(query, document)
