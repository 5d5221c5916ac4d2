import { failedPrecondition } from '../errors.ts'
import type { Change, Commit, StoredDocument } from './document.ts'

const KEPT_MICROS = 3_600_000_000
const KEPT_CHANGES = 50_000
const KEPT_BYTES = 128 * 1_024 * 1_024

interface Entry {
  readonly version: number
  readonly change: Change
}

/**
 * The changes of the last hour (fewer when they are very many or large): what reads in the past, resumed listeners and
 * transactions ask about. Versions before `floor` are forgotten.
 */
export class ChangeLog {
  #entries: Entry[] = []
  #bytes = 0
  #floor: number

  constructor(floor: number) {
    this.#floor = floor
  }

  /** The earliest version that can still be read. */
  get floor(): number {
    return this.#floor
  }

  append({ version, changes }: Commit): void {
    for (const change of changes) {
      this.#entries.push({ version, change })
      this.#bytes += bytesOf(change)
    }
    const oldest = this.#entries[0]?.version ?? version
    // A tenth over before anything goes, so that the shift of the array is paid once in many commits.
    const isFull = this.#entries.length > KEPT_CHANGES * 1.1 || this.#bytes > KEPT_BYTES * 1.1
    if (isFull || oldest < version - KEPT_MICROS * 1.1) this.#forget(version - KEPT_MICROS)
  }

  #forget(before: number): void {
    let cut = 0
    for (const { version, change } of this.#entries) {
      const kept = this.#entries.length - cut
      if (version >= before && kept <= KEPT_CHANGES && this.#bytes <= KEPT_BYTES) break
      this.#floor = version
      this.#bytes -= bytesOf(change)
      cut++
    }
    this.#entries = this.#entries.slice(cut)
  }

  /** Changes of later versions, oldest first. Throws FAILED_PRECONDITION where they are forgotten. */
  *since(version: number): Generator<Change> {
    if (version < this.#floor) {
      throw failedPrecondition('The requested snapshot version is too old.')
    }
    for (let index = this.#firstAfter(version); index < this.#entries.length; index++) {
      const entry = this.#entries[index]
      if (entry !== undefined) yield entry.change
    }
  }

  /** Every document that changed since the version, as it was then. */
  asOf(version: number): ReadonlyMap<string, StoredDocument | undefined> {
    const documents = new Map<string, StoredDocument | undefined>()
    for (const { path, before } of this.since(version)) {
      if (!documents.has(path)) documents.set(path, before)
    }
    return documents
  }

  #firstAfter(version: number): number {
    let [low, high] = [0, this.#entries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#entries[middle]?.version ?? 0) <= version) low = middle + 1
      else high = middle
    }
    return low
  }
}

const bytesOf = ({ before, after }: Change): number => (before?.size ?? 0) + (after?.size ?? 0)
