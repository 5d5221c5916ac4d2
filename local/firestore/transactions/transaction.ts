import type { Query } from '../query/query.ts'
import type { StoredDocument } from '../store/document.ts'
import type { LockOwner } from './locks.ts'

interface QueryRead {
  readonly query: Query
  readonly results: readonly StoredDocument[]
}

/** What one transaction read, so that its commit can tell whether all of it still stands. */
export interface ReadWriteTransaction extends LockOwner {
  readonly kind: 'read-write'
  /** It failed before, and so waits longer for its turn. */
  readonly isRetry: boolean
  readonly documents: Map<string, StoredDocument | undefined>
  readonly queries: QueryRead[]
  /** All reads are known to stand as of this version. */
  checkedAt: number
  isOver: boolean
}

/** Reads everything as it was at one version. */
export interface ReadOnlyTransaction {
  readonly kind: 'read-only'
  readonly version: number
}

export type Transaction = ReadWriteTransaction | ReadOnlyTransaction

export const readWriteTransaction = (isRetry: boolean, version: number): ReadWriteTransaction => ({
  kind: 'read-write',
  isRetry,
  documents: new Map(),
  queries: [],
  checkedAt: version,
  isOver: false,
  held: new Set(),
  awaited: new Set(),
})
