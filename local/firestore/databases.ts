import type { CheckIndexes } from './indexes/index-rules.ts'
import { Watchers } from './listen/watchers.ts'
import type { OpenDatabase } from './service/open-database.ts'
import { Clock } from './store/clock.ts'
import { Database } from './store/database.ts'
import type { Commit, StoredDocument } from './store/document.ts'
import { Transactions } from './transactions/transactions.ts'

/** The databases of all projects, each by itself. */
export class Databases {
  readonly #open = new Map<string, OpenDatabase>()
  readonly #now: () => number
  readonly #persist: (database: string, commit: Commit) => void
  readonly #checkIndexes: CheckIndexes

  /**
   * @param now milliseconds since 1970.
   * @param persist makes a commit durable before it takes effect.
   * @param checkIndexes throws for queries that production could not serve.
   */
  constructor(
    now: () => number,
    persist: (database: string, commit: Commit) => void,
    checkIndexes: CheckIndexes,
  ) {
    this.#now = now
    this.#persist = persist
    this.#checkIndexes = checkIndexes
  }

  /** Every document of every database. */
  *documents(): Generator<readonly [database: string, StoredDocument]> {
    for (const [name, { database }] of this.#open) {
      for (const document of database.documents()) yield [name, document]
    }
  }

  /** The database of a name (`projects/{p}/databases/{d}`); a new one is empty. */
  find(name: string): OpenDatabase {
    const known = this.#open.get(name)
    if (known !== undefined) return known
    const database = new Database(name, new Clock(this.#now), this.#persist)
    const open = {
      database,
      transactions: new Transactions(database),
      watchers: new Watchers(database),
      checkIndexes: this.#checkIndexes,
    }
    this.#open.set(name, open)
    return open
  }

  /** Deletes every document; listeners see them go, and open transactions are over. */
  clear(name: string): void {
    const { database, transactions } = this.find(name)
    transactions.clear()
    const changes = [...database.documents()].map((before) => ({
      path: before.path,
      before,
      after: undefined,
    }))
    database.commit({ version: database.clock.next(), changes })
  }
}
