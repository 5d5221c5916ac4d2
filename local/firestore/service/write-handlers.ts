import { status } from '@grpc/grpc-js'

import { FirestoreError, invalidArgument } from '../errors.ts'
import { parseDatabaseName } from '../names/resource-name.ts'
import { fromMicros } from '../values/timestamp.ts'
import type { CommitResult } from '../writes/commit.ts'
import { commitWrites } from '../writes/commit.ts'
import type { Write, WriteInput } from '../writes/parse-write.ts'
import { parseWrite } from '../writes/parse-write.ts'
import type { FindDatabase } from './open-database.ts'
import type { TransactionOptionsInput } from './reader.ts'
import { beginTransaction } from './reader.ts'
import { wireWriteResult } from './wire.ts'

const MAX_BATCH_WRITES = 500

export interface CommitRequest {
  readonly database?: string
  readonly writes?: readonly WriteInput[]
  readonly transaction?: Uint8Array
}

export async function commit(find: FindDatabase, request: CommitRequest): Promise<object> {
  const name = parseDatabaseName(request.database)
  const open = find(name)
  const transaction = request.transaction?.length ? request.transaction : undefined
  let writes: readonly Write[]
  try {
    writes = (request.writes ?? []).map((write) => parseWrite(name, write))
  } catch (error) {
    if (transaction !== undefined) open.transactions.rollback(transaction)
    throw error
  }
  const result =
    transaction === undefined
      ? commitWrites(open.database, writes)
      : await open.transactions.commit(transaction, writes)
  return wireCommit(result)
}

const wireCommit = ({ version, results }: CommitResult): object => ({
  commitTime: fromMicros(version),
  writeResults: results.map(wireWriteResult),
})

/** Each write by itself: one that fails says so in its place and stops none of the others. */
export function batchWrite(find: FindDatabase, request: CommitRequest): object {
  const name = parseDatabaseName(request.database)
  const { database } = find(name)
  const inputs = request.writes ?? []
  if (inputs.length > MAX_BATCH_WRITES) {
    throw invalidArgument(`A batch can hold at most ${MAX_BATCH_WRITES} writes.`)
  }
  const outcomes = inputs.map((input) => {
    try {
      const [result] = commitWrites(database, [parseWrite(name, input)]).results
      return { result: result === undefined ? {} : wireWriteResult(result), status: { code: status.OK } }
    } catch (error) {
      if (!(error instanceof FirestoreError)) throw error
      return { result: {}, status: { code: error.code, message: error.message } }
    }
  })
  return {
    writeResults: outcomes.map(({ result }) => result),
    status: outcomes.map((outcome) => outcome.status),
  }
}

export interface BeginTransactionRequest {
  readonly database?: string
  readonly options?: TransactionOptionsInput | null
}

export const begin = (find: FindDatabase, request: BeginTransactionRequest): object => ({
  transaction: beginTransaction(find(parseDatabaseName(request.database)), request.options),
})

export interface RollbackRequest {
  readonly database?: string
  readonly transaction?: Uint8Array
}

export function rollback(find: FindDatabase, request: RollbackRequest): object {
  find(parseDatabaseName(request.database)).transactions.rollback(request.transaction ?? new Uint8Array())
  return {}
}
