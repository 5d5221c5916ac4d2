import { mkdirSync } from 'node:fs'

import type { Databases } from './databases.ts'
import type { Commit, StoredDocument } from './store/document.ts'
import { storedDocument } from './store/document.ts'
import { lockFolder } from '../storage/folder-lock.ts'
import type { JournalChange, JournalRecord } from './store/journal.ts'
import { Journal } from './store/journal.ts'
import { admitFields } from './values/admit.ts'

/** A journal is rewritten once it is this large, and this many times as large as what it holds was last time. */
const REWRITE_BYTES = 64 * 1_024 * 1_024
const REWRITE_FACTOR = 3

/** Keeps the documents of all databases in a folder. */
export interface Storage {
  /** Fills the databases with what was found. Call once, before anything else. */
  readonly restore: (databases: Databases) => void
  /** Makes a commit durable against a crash of this process. Throws when it cannot be written. */
  readonly append: (database: string, commit: Commit) => void
  readonly close: () => void
}

/** Opens the folder, which is created if need be. Throws when it is in use or damaged. */
export function openStorage(folder: string): Storage {
  mkdirSync(folder, { recursive: true })
  const unlock = lockFolder(folder)
  let opened: ReturnType<typeof Journal.open>
  try {
    opened = Journal.open(folder)
  } catch (error) {
    unlock()
    throw error
  }
  const { journal, records } = opened
  let all: Databases | undefined
  let rewriteAt = REWRITE_BYTES
  const rewrite = (databases: Databases) => {
    journal.rewrite(snapshotOf(databases))
    rewriteAt = Math.max(REWRITE_BYTES, journal.size * REWRITE_FACTOR)
  }
  return {
    restore: (databases) => {
      all = databases
      const found = latest(records)
      for (const [name, documents] of found) databases.find(name).database.restore(documents.values())
      const live = [...found.values()].reduce((total, documents) => total + documents.size, 0)
      if (records.length > 2 * live) rewrite(databases)
    },
    append: (database, { changes }) => {
      if (all !== undefined && journal.size > rewriteAt) rewrite(all)
      journal.append({ database, changes: changes.map(({ path, after }) => changeOf(path, after)) })
    },
    close: () => {
      journal.close()
      unlock()
    },
  }
}

const changeOf = (path: string, document: StoredDocument | undefined): JournalChange => ({
  path,
  fields: document?.fields,
  createTime: document?.createTime ?? 0,
  updateTime: document?.updateTime ?? 0,
})

function* snapshotOf(databases: Databases): Generator<JournalRecord> {
  for (const [database, document] of databases.documents()) {
    yield { database, changes: [changeOf(document.path, document)] }
  }
}

/** The last state of every document, by database. */
function latest(records: readonly JournalRecord[]): Map<string, Map<string, StoredDocument>> {
  const databases = new Map<string, Map<string, JournalChange>>()
  for (const { database, changes } of records) {
    const documents = databases.get(database) ?? new Map<string, JournalChange>()
    databases.set(database, documents)
    for (const change of changes) {
      if (change.fields === undefined) documents.delete(change.path)
      else documents.set(change.path, change)
    }
  }
  return new Map(
    [...databases].map(([name, documents]) => [
      name,
      new Map([...documents].map(([path, change]) => [path, restored(change)])),
    ]),
  )
}

/** Read back as if it came over the wire, which brings the values into the shape that everything relies on. */
const restored = ({ path, fields, createTime, updateTime }: JournalChange): StoredDocument =>
  storedDocument(path, admitFields(fields), createTime, updateTime)
