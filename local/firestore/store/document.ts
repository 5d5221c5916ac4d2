import { splitPath } from '../names/resource-name.ts'
import { encodePath } from '../values/order-key.ts'
import { documentSize } from '../values/size.ts'
import type { Fields } from '../values/value.ts'

/** One version of a document. Never changed in place: a write makes a new one. */
export interface StoredDocument {
  /** The path below `/documents/`, as `calls/call_1`. */
  readonly path: string
  readonly collection: string
  /** The path as an order key: documents sort by it. */
  readonly key: string
  readonly fields: Fields
  /** Bytes, as production counts them. */
  readonly size: number
  /** Versions of the clock: microseconds since 1970. */
  readonly createTime: number
  readonly updateTime: number
}

/** What one commit did to one document: absent before means created, absent after means deleted. */
export interface Change {
  readonly path: string
  readonly before: StoredDocument | undefined
  readonly after: StoredDocument | undefined
}

export interface Commit {
  readonly version: number
  readonly changes: readonly Change[]
}

export const storedDocument = (
  path: string,
  fields: Fields,
  createTime: number,
  updateTime: number,
): StoredDocument => ({
  path,
  collection: splitPath(path).collection,
  key: encodePath(path.split('/')),
  fields,
  size: documentSize(path, fields),
  createTime,
  updateTime,
})
