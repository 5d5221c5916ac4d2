import { failedPrecondition } from '../errors.ts'
import type { Change, Commit, StoredDocument } from './document.ts'

const KEPT_MICROS = 3_600_000_000
const KEPT_CHANGES = 50_000

interface Entry {
  readonly version: number
  readonly change: Change
}

/**
 * The changes of the last hour (fewer when there are very many): what reads in the past, resumed listeners and
 * transactions ask about. Versions before `floor` are forgotten.
 */
export class ChangeLog {
  #entries: Entry[] = []
  #floor: number

  constructor(floor: number) {
    this.#floor = floor
  }

  /** The earliest version that can still be read. */
  get floor(): number {
    return this.#floor
  }

  append({ version, changes }: Commit): void {
    for (const change of changes) this.#entries.push({ version, change })
    const excess = this.#entries.length - KEPT_CHANGES
    const old = version - KEPT_MICROS
    // In slabs, so that the shift of the array is paid once in many commits.
    if (excess > KEPT_CHANGES / 10 || (this.#entries[KEPT_CHANGES / 10]?.version ?? version) < old) {
      const cut = Math.max(excess, this.#firstAfter(old))
      this.#floor = this.#entries[cut - 1]?.version ?? this.#floor
      this.#entries = this.#entries.slice(cut)
    }
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
