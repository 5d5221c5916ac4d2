import type { Database } from '../store/database.ts'
import type { Change, StoredDocument } from '../store/document.ts'
import type { Value } from '../values/value.ts'
import { applyWrite } from './apply-write.ts'
import type { Write } from './parse-write.ts'

export interface WriteResult {
  /** The document's version after the write; undefined for a delete. */
  readonly updateTime: number | undefined
  readonly transformResults: readonly Value[]
}

export interface CommitResult {
  readonly version: number
  readonly results: readonly WriteResult[]
}

/**
 * Applies writes in their order, each seeing those before it, all or none. Throws what the first write that cannot be
 * done throws, and then nothing happened.
 */
export function commitWrites(database: Database, writes: readonly Write[]): CommitResult {
  const version = database.clock.next()
  const pending = new Map<string, StoredDocument | undefined>()
  const results = writes.map((write) => {
    const before = pending.has(write.path) ? pending.get(write.path) : database.get(write.path)
    const { after, transformResults } = applyWrite(database.name, write, before, version)
    pending.set(write.path, after)
    return { updateTime: after?.updateTime, transformResults }
  })
  const changes: Change[] = []
  for (const [path, after] of pending) {
    const before = database.get(path)
    if (before !== after) changes.push({ path, before, after })
  }
  database.commit({ version, changes })
  return { version, results }
}
