import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { Journal } from '../namespace.ts'
import { Node } from '../tree/node.ts'
import type { ResolvedWrite } from '../write-set.ts'
import { AppendFile } from '../../storage/append-file.ts'
import { DamagedFileError } from '../../storage/damaged-file-error.ts'
import { formatRules, formatWrites, replay, snapshotEnd, snapshotEntries } from './entries.ts'
import type { StoredState } from './entries.ts'
import { decodeRecords, encodeRecord } from '../../storage/records.ts'

const fileName = /^(\d+)\.(snapshot|journal)$/
const batchBytes = 1024 * 1024

interface FolderOptions {
  /** A journal longer than this, and than the last snapshot, is replaced by a snapshot. */
  readonly compactAfterBytes: number
  /** Told when a snapshot could not be written; the journal goes on and nothing is lost. */
  readonly onCompactionError: (error: unknown) => void
}

/**
 * One namespace on disk: `<n>.snapshot` is the whole state, `<n>.journal` the writes since. Snapshot n+1 is written
 * beside the running database while journal n+1 takes the writes, and only then replaces both files of n: a crash at
 * any moment leaves a snapshot and the journals from it on.
 */
export class NamespaceFolder implements Journal {
  readonly #folder: string
  readonly #options: FolderOptions
  #state: StoredState
  #generation: number
  #journal: AppendFile | null = null
  #journalBytes: number
  #snapshotBytes: number
  #compaction: Promise<void> | null = null

  /** Reads the folder if it is there; the first write makes it. @throws DamagedFileError */
  constructor(folder: string, options: FolderOptions) {
    this.#folder = folder
    this.#options = options
    const stored = existsSync(folder) ? readFolder(folder) : nothingStored
    this.#state = stored.state
    this.#generation = stored.generation
    this.#snapshotBytes = stored.snapshotBytes
    this.#journalBytes = stored.journalBytes
  }

  get state(): StoredState {
    return this.#state
  }

  append(writes: readonly ResolvedWrite[], root: Node): void {
    this.#store(formatWrites(writes), { ...this.#state, root })
  }

  setRules(rulesSource: string): void {
    this.#store(formatRules(rulesSource), { ...this.#state, rulesSource })
  }

  /** Resolves when the disk has everything. */
  async close(): Promise<void> {
    await this.#compaction
    this.#journal?.close()
  }

  #path(kind: 'snapshot' | 'journal', generation = this.#generation): string {
    return join(this.#folder, `${generation}.${kind}`)
  }

  #store(entry: string, state: StoredState): void {
    const journal = this.#openJournal()
    journal.append(encodeRecord(Buffer.from(entry)))
    this.#state = state
    const limit = Math.max(this.#options.compactAfterBytes, this.#snapshotBytes)
    if (journal.bytes > limit && this.#compaction === null) this.#compact(journal)
  }

  #openJournal(): AppendFile {
    if (this.#journal === null) {
      mkdirSync(this.#folder, { recursive: true })
      this.#journal = new AppendFile(this.#path('journal'), this.#journalBytes)
    }
    return this.#journal
  }

  #compact(journal: AppendFile): void {
    journal.close()
    this.#generation += 1
    this.#journal = new AppendFile(this.#path('journal'), 0)
    this.#compaction = this.#writeSnapshot(this.#state, this.#generation)
      .catch(this.#options.onCompactionError)
      .finally(() => {
        this.#compaction = null
      })
  }

  async #writeSnapshot(state: StoredState, generation: number): Promise<void> {
    const target = this.#path('snapshot', generation)
    this.#snapshotBytes = await writeRecords(`${target}.part`, snapshotEntries(state))
    await rename(`${target}.part`, target)
    const folder = await open(this.#folder)
    await folder.sync()
    await folder.close()
    for (const name of readdirSync(this.#folder)) {
      if (generationOf(name) < generation) await rm(join(this.#folder, name))
    }
  }
}

/** Writes a file of its own, a batch at a time so that the database runs on; returns its length. */
async function writeRecords(path: string, entries: Iterable<string>): Promise<number> {
  const file = await open(path, 'w')
  let bytes = 0
  let batch: Buffer[] = []
  let batched = 0
  const flush = async (): Promise<void> => {
    await file.writeFile(Buffer.concat(batch))
    bytes += batched
    batch = []
    batched = 0
  }
  try {
    for (const entry of entries) {
      const record = encodeRecord(Buffer.from(entry))
      batch.push(record)
      batched += record.length
      if (batched >= batchBytes) await flush()
    }
    await flush()
    await file.sync()
  } finally {
    await file.close()
  }
  return bytes
}

interface StoredFolder {
  readonly state: StoredState
  /** Of the journal to go on with. */
  readonly generation: number
  readonly journalBytes: number
  readonly snapshotBytes: number
}

const nothingStored: StoredFolder = {
  state: { root: Node.empty, rulesSource: null },
  generation: 0,
  journalBytes: 0,
  snapshotBytes: 0,
}

function readFolder(folder: string): StoredFolder {
  const names = readdirSync(folder)
  for (const name of names) if (name.endsWith('.part')) rmSync(join(folder, name))
  const generations = (kind: string): number[] =>
    names.filter((name) => fileName.exec(name)?.[2] === kind).map((name) => generationOf(name))
  const snapshot = Math.max(0, ...generations('snapshot'))
  const journals = generations('journal').filter((generation) => generation >= snapshot)

  let { state } = nothingStored
  let snapshotBytes = 0
  if (snapshot > 0) {
    const path = join(folder, `${snapshot}.snapshot`)
    const { entries, validBytes } = readEntries(readFileSync(path), path)
    if (entries.at(-1) !== snapshotEnd) throw new DamagedFileError(`${path} ends too early`)
    state = replay(state, entries, path)
    snapshotBytes = validBytes
  }
  const last = Math.max(snapshot, ...journals)
  let journalBytes = 0
  for (const generation of journals.toSorted((left, right) => left - right)) {
    const path = join(folder, `${generation}.journal`)
    const bytes = readFileSync(path)
    const { entries, validBytes } = readEntries(bytes, path)
    // A journal is complete on disk before the next one begins.
    if (generation !== last && validBytes !== bytes.length)
      throw new DamagedFileError(`${path} ends too early`)
    state = replay(state, entries, path)
    journalBytes = validBytes
  }
  return { state, generation: last, journalBytes, snapshotBytes }
}

function readEntries(
  bytes: Buffer,
  path: string,
): { readonly entries: string[]; readonly validBytes: number } {
  const { payloads, validBytes } = decodeRecords(bytes, path)
  return { entries: payloads.map((payload) => payload.toString()), validBytes }
}

function generationOf(name: string): number {
  return Number(fileName.exec(name)?.[1] ?? Number.NaN)
}
