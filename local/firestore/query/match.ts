import type { StoredDocument } from '../store/document.ts'
import { elementKeysOf, keyOf, orderKeyOf } from '../store/ordered-index.ts'
import { groupOf } from '../names/resource-name.ts'
import { AFTER } from '../values/key-encoding.ts'
import type { Conjunction, CursorPosition, Query, RangeTest } from './query.ts'

/** Whether the document is one that the query ranges over, whatever its fields. */
export function inScope(query: Query, document: StoredDocument): boolean {
  if (query.scope.kind === 'collection') return document.collection === query.scope.path
  if (query.scope.kind === 'group' && groupOf(document.collection) !== query.scope.id) return false
  return query.ancestor === '' || document.path.startsWith(`${query.ancestor}/`)
}

/** Whether the document is a result of the query, limit and offset aside. */
export function matches(query: Query, document: StoredDocument): boolean {
  if (!inScope(query, document) || !query.anyOf.some((all) => satisfies(all, document))) return false
  const key = orderKeyOf(document, query.orders)
  return key !== undefined && withinCursors(query, key)
}

/** Whether a place in the query's order lies between its cursors. */
const withinCursors = ({ start, end }: Query, key: string): boolean =>
  (start === undefined || key >= cursorKey(start)) && (end === undefined || key < cursorKey(end))

/** The cursor as a key: what comes at or after it is behind the cursor. */
export const cursorKey = ({ key, before }: CursorPosition): string => (before ? key : key + AFTER)

export function satisfies(all: Conjunction, document: StoredDocument): boolean {
  return (
    all.equal.every(({ path, key }) => keyOf(document, path) === key) &&
    all.contains.every(({ path, key }) => elementKeysOf(document, path).has(key)) &&
    all.ranges.every((test) => satisfiesRange(test, document))
  )
}

function satisfiesRange({ path, low, high, excluded }: RangeTest, document: StoredDocument): boolean {
  const key = keyOf(document, path)
  return key !== undefined && key >= low && key < high && !excluded.has(key)
}
