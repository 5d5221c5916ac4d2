import { failedPrecondition, invalidArgument } from '../errors.ts'
import type { Query } from '../query/query.ts'
import { runQuery } from '../query/run-query.ts'
import type { Database } from '../store/database.ts'
import type { StoredDocument } from '../store/document.ts'
import type { ReadWriteTransaction } from '../transactions/transaction.ts'
import type { TimestampInput } from '../values/timestamp.ts'
import { toMicros } from '../values/timestamp.ts'
import type { OpenDatabase } from './open-database.ts'

export interface TransactionOptionsInput {
  readonly mode?: string
  readonly readOnly?: { readonly readTime?: TimestampInput | null }
  readonly readWrite?: { readonly retryTransaction?: Uint8Array }
}

/** The `consistency_selector` that every read has: latest, in a transaction, in a new one, or at a time. */
export interface Consistency {
  readonly consistencySelector?: string
  readonly transaction?: Uint8Array
  readonly newTransaction?: TransactionOptionsInput
  readonly readTime?: TimestampInput
}

/** Reads documents as one request asked for. */
export interface Reader {
  /** The transaction that the request began, which the answer has to name. */
  readonly began: Uint8Array | undefined
  readonly readTime: number
  readonly document: (path: string) => Promise<StoredDocument | undefined>
  readonly query: (query: Query) => Promise<readonly StoredDocument[]>
}

/** Throws INVALID_ARGUMENT for a transaction that is over, FAILED_PRECONDITION for a time that is too long ago. */
export function openReader(open: OpenDatabase, input: Consistency): Reader {
  if (input.consistencySelector === 'readTime')
    return readAt(open.database, checkedVersion(open, input.readTime))
  const began =
    input.consistencySelector === 'newTransaction' ? beginTransaction(open, input.newTransaction) : undefined
  const id = began ?? (input.consistencySelector === 'transaction' ? input.transaction : undefined)
  if (id === undefined) return readLatest(open.database)
  const transaction = open.transactions.get(id)
  return transaction.kind === 'read-only'
    ? { ...readAt(open.database, transaction.version), began }
    : { ...readIn(open, transaction), began }
}

/** Begins a transaction as the options say; read-write where they say nothing. */
export function beginTransaction(
  open: OpenDatabase,
  options: TransactionOptionsInput | null | undefined,
): Buffer {
  if (options?.mode === 'readOnly') {
    const readTime = options.readOnly?.readTime
    return open.transactions.beginReadOnly(
      readTime ? checkedVersion(open, readTime) : open.database.clock.read(),
    )
  }
  return open.transactions.beginReadWrite((options?.readWrite?.retryTransaction?.length ?? 0) > 0)
}

function checkedVersion({ database }: OpenDatabase, input: TimestampInput | undefined): number {
  const version = toMicros(input ?? {})
  if (version > database.clock.read()) throw invalidArgument('read_time cannot be in the future.')
  if (version < database.log.floor) throw failedPrecondition('The requested snapshot version is too old.')
  return version
}

function readLatest(database: Database): Reader {
  return {
    began: undefined,
    readTime: database.clock.read(),
    document: (path) => Promise.resolve(database.get(path)),
    query: (query) => Promise.resolve([...runQuery(database, query)]),
  }
}

function readAt(database: Database, version: number): Reader {
  return {
    began: undefined,
    readTime: version,
    document: (path) => {
      const then = database.log.asOf(version)
      return Promise.resolve(then.has(path) ? then.get(path) : database.get(path))
    },
    query: (query) => Promise.resolve([...runQuery(database, query, version)]),
  }
}

function readIn({ database, transactions }: OpenDatabase, transaction: ReadWriteTransaction): Reader {
  return {
    began: undefined,
    readTime: database.clock.read(),
    document: (path) => transactions.readDocument(transaction, path),
    query: (query) => transactions.readQuery(transaction, query),
  }
}
