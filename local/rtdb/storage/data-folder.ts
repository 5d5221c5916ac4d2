import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { lockFolder } from '../../storage/folder-lock.ts'
import { NamespaceFolder } from './namespace-folder.ts'

const defaultCompactAfterBytes = 8 * 1024 * 1024

interface DataFolderOptions {
  readonly compactAfterBytes?: number
  readonly onCompactionError: (error: unknown) => void
}

/** Everything a server keeps over a restart: one folder for each namespace. */
export class DataFolder {
  readonly #folder: string
  readonly #options: Required<DataFolderOptions>
  readonly #unlock: () => void
  readonly #namespaces = new Map<string, NamespaceFolder>()

  /** Opens or creates the folder, for this process alone. Throws when another one is using it. */
  constructor(folder: string, options: DataFolderOptions) {
    this.#folder = folder
    this.#options = { compactAfterBytes: defaultCompactAfterBytes, ...options }
    mkdirSync(folder, { recursive: true })
    this.#unlock = lockFolder(folder)
  }

  /** The namespaces that have something stored. */
  names(): string[] {
    return readdirSync(this.#folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  }

  /** Opens or creates what is stored of a namespace. @throws DamagedFileError */
  open(name: string): NamespaceFolder {
    const known = this.#namespaces.get(name)
    if (known !== undefined) return known
    const opened = new NamespaceFolder(join(this.#folder, name), this.#options)
    this.#namespaces.set(name, opened)
    return opened
  }

  async close(): Promise<void> {
    for (const namespace of this.#namespaces.values()) await namespace.close()
    this.#unlock()
  }
}
