import type { CheckIndexes } from '../indexes/index-rules.ts'
import type { Watchers } from '../listen/watchers.ts'
import type { Database } from '../store/database.ts'
import type { Transactions } from '../transactions/transactions.ts'

/** One database of one project, with what is going on in it. */
export interface OpenDatabase {
  readonly database: Database
  readonly transactions: Transactions
  readonly watchers: Watchers
  readonly checkIndexes: CheckIndexes
}

/** Finds a database by `projects/{p}/databases/{d}`; each exists as soon as it is named, empty. */
export type FindDatabase = (name: string) => OpenDatabase
