import { isAtOrBelow } from '../tree/path.ts'
import type { Path } from '../tree/path.ts'
import type { Write } from '../write-set.ts'

/** What a connection asked to have written when it ends, in the order it asked. */
export class DisconnectWrites {
  #groups: (readonly Write[])[] = []

  /** Adds one put or merge; it replaces what was to be written at or below its places. */
  add(writes: readonly Write[]): void {
    for (const { path } of writes) this.cancel(path)
    this.#groups.push(writes)
  }

  /** Forgets what was to be written at or below a place. */
  cancel(path: Path): void {
    this.#groups = this.#groups
      .map((writes) => writes.filter((write) => !isAtOrBelow(write.path, path)))
      .filter((writes) => writes.length > 0)
  }

  /** Everything left, each group to be written as one. */
  get groups(): readonly (readonly Write[])[] {
    return this.#groups
  }
}
