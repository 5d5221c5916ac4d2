import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { NamespaceFolder } from './namespace-folder.ts'

const defaultCompactAfterBytes = 8 * 1024 * 1024
const lockName = 'lock'

interface DataFolderOptions {
  readonly compactAfterBytes?: number
  readonly onCompactionError: (error: unknown) => void
}

/** Everything a server keeps over a restart: one folder for each namespace. */
export class DataFolder {
  readonly #folder: string
  readonly #options: Required<DataFolderOptions>
  readonly #namespaces = new Map<string, NamespaceFolder>()

  /** Opens or creates the folder, for this process alone. Throws when another one is using it. */
  constructor(folder: string, options: DataFolderOptions) {
    this.#folder = folder
    this.#options = { compactAfterBytes: defaultCompactAfterBytes, ...options }
    mkdirSync(folder, { recursive: true })
    lock(folder)
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
    rmSync(join(this.#folder, lockName))
  }
}

function lock(folder: string): void {
  const path = join(folder, lockName)
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if (!isErrorCode(error, 'EEXIST')) throw error
    const owner = Number(readFileSync(path, 'utf8'))
    // Our own number is one that an earlier process had: containers number theirs alike at every start.
    if (owner !== process.pid && isRunning(owner)) {
      throw new Error(`${folder} is in use by process ${owner}`, { cause: error })
    }
    writeFileSync(path, String(process.pid))
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isErrorCode(error, 'EPERM')
  }
}

function isErrorCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
