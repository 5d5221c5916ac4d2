import { closeSync, fdatasync, fdatasyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'

const flushDelayMs = 200

/**
 * A file that only grows. What was appended outlives a crash of this process at once, and one of the machine after
 * a fifth of a second.
 */
export class AppendFile {
  readonly #descriptor: number
  #bytes: number
  #flush: NodeJS.Timeout | null = null
  #closed = false

  /** Opens or creates the file; what lies beyond `validBytes` is cut off. */
  constructor(path: string, validBytes: number) {
    this.#descriptor = openSync(path, 'a')
    ftruncateSync(this.#descriptor, validBytes)
    this.#bytes = validBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Appends all or nothing. Throws what the file system says, such as a full disk. */
  append(record: Buffer): void {
    try {
      let written = 0
      while (written < record.length) written += writeSync(this.#descriptor, record, written)
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#bytes)
      throw error
    }
    this.#bytes += record.length
    this.#flush ??= setTimeout(() => this.#flushLater(), flushDelayMs).unref()
  }

  /** Waits until the disk has everything, and closes the file. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#flush !== null) clearTimeout(this.#flush)
    fdatasyncSync(this.#descriptor)
    closeSync(this.#descriptor)
  }

  #flushLater(): void {
    this.#flush = null
    fdatasync(this.#descriptor, (error) => {
      // Closing waits for the disk itself; the number may be another file's by now.
      if (error !== null && !this.#closed) throw error
    })
  }
}
