import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { crc32 } from 'node:zlib'

import type { Fields } from '../values/value.ts'

const FILE = 'firestore.journal'
/** Opens every file; a file that starts otherwise is not ours and is left alone. */
const MAGIC = Buffer.from('LLFSJ1\n\0')
const HEADER_BYTES = 8

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

/**
 * All commits, one after another in one file, each with its length and checksum. A record is there as a whole
 * or not at all: what a crash left half-written at the end is cut off when the file is opened next.
 */
export class Journal {
  readonly #path: string
  #file: number
  #size: number

  private constructor(path: string, file: number, size: number) {
    this.#path = path
    this.#file = file
    this.#size = size
  }

  /** Opens or creates the journal of a folder and reads what is in it. Throws for a file that is no journal. */
  static open(folder: string): { readonly journal: Journal; readonly records: readonly JournalRecord[] } {
    const path = join(folder, FILE)
    const file = openSync(path, 'a+')
    const bytes = readFileSync(path)
    const isNew = bytes.length < MAGIC.length && MAGIC.subarray(0, bytes.length).equals(bytes)
    if (!isNew && !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
      closeSync(file)
      throw new Error(`${path} is not a journal of the embedded Firestore.`)
    }
    if (isNew) {
      ftruncateSync(file, 0)
      writeSync(file, MAGIC)
      return { journal: new Journal(path, file, MAGIC.length), records: [] }
    }
    let read: ReturnType<typeof readRecords>
    try {
      read = readRecords(bytes)
    } catch (error) {
      closeSync(file)
      throw error
    }
    const { records, end } = read
    if (end < bytes.length) ftruncateSync(file, end)
    return { journal: new Journal(path, file, end), records }
  }

  /** Bytes on disk. */
  get size(): number {
    return this.#size
  }

  /** Adds a record. Throws when it cannot be written, and then the journal is as it was before. */
  append(record: JournalRecord): void {
    const bytes = encodeRecord(record)
    try {
      writeAll(this.#file, bytes)
    } catch (error) {
      ftruncateSync(this.#file, this.#size)
      throw error
    }
    this.#size += bytes.length
  }

  /** Puts the records in place of all there is: in a new file first, so that a crash leaves one or the other. */
  rewrite(records: Iterable<JournalRecord>): void {
    const next = openSync(`${this.#path}.next`, 'w+')
    writeAll(next, MAGIC)
    let size = MAGIC.length
    for (const record of records) {
      const bytes = encodeRecord(record)
      writeAll(next, bytes)
      size += bytes.length
    }
    fsyncSync(next)
    closeSync(next)
    renameSync(`${this.#path}.next`, this.#path)
    closeSync(this.#file)
    this.#file = openSync(this.#path, 'a+')
    this.#size = size
  }

  /** Makes sure that all is on the disk, and closes the file. */
  close(): void {
    fsyncSync(this.#file)
    closeSync(this.#file)
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
}

function encodeRecord(record: JournalRecord): Buffer {
  const body = serialize(record)
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32LE(body.length)
  header.writeUInt32LE(crc32(body), 4)
  return Buffer.concat([header, body])
}

function readRecords(bytes: Buffer): { readonly records: readonly JournalRecord[]; readonly end: number } {
  const records: JournalRecord[] = []
  let end = MAGIC.length
  while (end + HEADER_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(end)
    const next = end + HEADER_BYTES + length
    const body = bytes.subarray(end + HEADER_BYTES, next)
    // Zeros are what a crash of the machine can leave where a write had only been promised.
    if (next > bytes.length || length === 0) break
    if (crc32(body) !== bytes.readUInt32LE(end + 4)) {
      if (next === bytes.length) break
      throw new Error(`The journal is damaged at byte ${end}; what follows would be lost.`)
    }
    records.push(deserialize(body) as JournalRecord)
    end = next
  }
  return { records, end }
}
