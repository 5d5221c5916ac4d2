import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'

import { AppendFile } from '../../storage/append-file.ts'
import { decodeRecords, encodeRecord } from '../../storage/records.ts'
import type { Fields } from '../values/value.ts'

const FILE = 'firestore.journal'

/** One document as it was left: without fields it was deleted. */
export interface JournalChange {
  readonly path: string
  readonly fields: Fields | undefined
  readonly createTime: number
  readonly updateTime: number
}

/** One commit. */
export interface JournalRecord {
  readonly database: string
  readonly changes: readonly JournalChange[]
}

/** All commits, one after another in one file: each is there as a whole or not at all. */
export class Journal {
  readonly #path: string
  #file: AppendFile

  private constructor(path: string, file: AppendFile) {
    this.#path = path
    this.#file = file
  }

  /**
   * Opens or creates the journal of a folder and reads what is in it; what a crash left half-written at the end is
   * cut off. @throws DamagedFileError for a file that is damaged otherwise, or no journal; it is left as it is.
   */
  static open(folder: string): { readonly journal: Journal; readonly records: readonly JournalRecord[] } {
    const path = join(folder, FILE)
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
    const { payloads, validBytes } = decodeRecords(bytes, path)
    return {
      journal: new Journal(path, new AppendFile(path, validBytes)),
      records: payloads.map((payload) => deserialize(payload) as JournalRecord),
    }
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#file.bytes
  }

  /** Adds a record. Throws when it cannot be written, and then the journal is as it was before. */
  append(record: JournalRecord): void {
    this.#file.append(encodeRecord(serialize(record)))
  }

  /** Puts the records in place of all there is: in a new file first, so that a crash leaves one or the other. */
  rewrite(records: Iterable<JournalRecord>): void {
    const next = openSync(`${this.#path}.next`, 'w+')
    let size = 0
    for (const record of records) {
      const bytes = encodeRecord(serialize(record))
      for (let written = 0; written < bytes.length;) written += writeSync(next, bytes, written)
      size += bytes.length
    }
    fsyncSync(next)
    closeSync(next)
    renameSync(`${this.#path}.next`, this.#path)
    this.#file.close()
    this.#file = new AppendFile(this.#path, size)
  }

  /** Makes sure that all is on the disk, and closes the file. */
  close(): void {
    this.#file.close()
  }
}
