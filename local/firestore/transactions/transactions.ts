import { randomBytes } from 'node:crypto'

import { aborted, invalidArgument } from '../errors.ts'
import { matches } from '../query/match.ts'
import type { Query } from '../query/query.ts'
import { runQuery } from '../query/run-query.ts'
import type { Database } from '../store/database.ts'
import type { StoredDocument } from '../store/document.ts'
import type { CommitResult } from '../writes/commit.ts'
import { commitWrites } from '../writes/commit.ts'
import type { Write } from '../writes/parse-write.ts'
import { Locks } from './locks.ts'
import type { ReadWriteTransaction, Transaction } from './transaction.ts'
import { readWriteTransaction } from './transaction.ts'

/** Production ends a transaction that was idle for this long. */
const IDLE_MS = 60_000
/** How long a read waits for another transaction on the same document; one that failed before is given more. */
const FIRST_WAIT_MS = 100
const RETRY_WAIT_MS = 2_000

interface Open {
  readonly transaction: Transaction
  readonly timer: NodeJS.Timeout
}

/**
 * The open transactions of a database. Reads see the latest data; every read and the commit first make sure that
 * nothing read before has changed, results of queries included, so what a transaction sees is consistent
 * and what it commits is serializable. Whoever lost throws ABORTED, which makes the SDKs try again.
 */
export class Transactions {
  readonly #database: Database
  readonly #open = new Map<string, Open>()
  readonly #locks = new Locks()

  constructor(database: Database) {
    this.#database = database
  }

  beginReadWrite(isRetry: boolean): Buffer {
    return this.#add(readWriteTransaction(isRetry, this.#database.clock.read()))
  }

  beginReadOnly(version: number): Buffer {
    return this.#add({ kind: 'read-only', version })
  }

  /** Throws INVALID_ARGUMENT, which the SDKs retry, for one that is over. */
  get(id: Uint8Array): Transaction {
    const open = this.#open.get(keyOf(id))
    if (open === undefined) throw expired()
    open.timer.refresh()
    return open.transaction
  }

  /** Reads a document as the latest commit left it. Throws ABORTED when an earlier read no longer stands. */
  async readDocument(transaction: ReadWriteTransaction, path: string): Promise<StoredDocument | undefined> {
    await this.#take(transaction, `document ${path}`)
    this.#check(transaction)
    const document = this.#database.get(path)
    transaction.documents.set(path, document)
    return document
  }

  /** Runs a query on the latest data. Throws ABORTED when an earlier read no longer stands. */
  async readQuery(transaction: ReadWriteTransaction, query: Query): Promise<readonly StoredDocument[]> {
    await this.#take(transaction, `query ${JSON.stringify([query.scope, query.ancestor])}`)
    this.#check(transaction)
    const results = [...runQuery(this.#database, query)]
    transaction.queries.push({ query, results })
    return results
  }

  /** Commits and ends the transaction, whatever comes of it. Throws ABORTED when a read no longer stands. */
  async commit(id: Uint8Array, writes: readonly Write[]): Promise<CommitResult> {
    const transaction = this.get(id)
    try {
      if (transaction.kind === 'read-only') {
        if (writes.length > 0) throw invalidArgument('Cannot modify entities in a read-only transaction.')
      } else {
        for (const path of new Set(writes.map((write) => write.path))) {
          await this.#take(transaction, `document ${path}`)
        }
        this.#check(transaction)
      }
      return commitWrites(this.#database, writes)
    } finally {
      this.#end(id)
    }
  }

  /** Ends the transaction; one that is over already is no error. */
  rollback(id: Uint8Array): void {
    this.#end(id)
  }

  /** Ends all of them, as when the database is emptied. */
  clear(): void {
    for (const id of this.#open.keys()) this.#end(Buffer.from(id, 'base64'))
  }

  #add(transaction: Transaction): Buffer {
    const id = randomBytes(16)
    const timer = setTimeout(() => this.#end(id), IDLE_MS).unref()
    this.#open.set(keyOf(id), { transaction, timer })
    return id
  }

  #end(id: Uint8Array): void {
    const open = this.#open.get(keyOf(id))
    if (open === undefined) return
    clearTimeout(open.timer)
    this.#open.delete(keyOf(id))
    if (open.transaction.kind === 'read-only') return
    open.transaction.isOver = true
    this.#locks.release(open.transaction)
  }

  async #take(transaction: ReadWriteTransaction, key: string): Promise<void> {
    await this.#locks.acquire(transaction, key, transaction.isRetry ? RETRY_WAIT_MS : FIRST_WAIT_MS)
    if (!transaction.isOver) return
    this.#locks.release(transaction)
    throw expired()
  }

  #check(transaction: ReadWriteTransaction): void {
    const { log, clock } = this.#database
    const { documents, queries, checkedAt } = transaction
    if (checkedAt < log.floor) throw contention()
    const doubtful = new Set<(typeof queries)[number]>()
    for (const { path, before, after } of log.since(checkedAt)) {
      if (documents.has(path) && documents.get(path) !== this.#database.get(path)) throw contention()
      for (const read of queries) {
        const touches =
          (before !== undefined && matches(read.query, before)) ||
          (after !== undefined && matches(read.query, after))
        if (touches) doubtful.add(read)
      }
    }
    for (const { query, results } of doubtful) {
      let index = 0
      for (const document of runQuery(this.#database, query)) {
        if (document !== results[index++]) throw contention()
      }
      if (index !== results.length) throw contention()
    }
    transaction.checkedAt = clock.read()
  }
}

const keyOf = (id: Uint8Array): string => Buffer.from(id).toString('base64')

const expired = () => invalidArgument('The referenced transaction has expired or is no longer valid.')

const contention = () => aborted('Too much contention on these documents. Please try again.')
