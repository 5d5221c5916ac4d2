import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** What this process has locked: its own number in a lock file may also be that of an earlier process. */
const held = new Set<string>()

/**
 * Makes a folder this process's own until the returned function is called. Throws when another process has it; one that
 * is no longer running has lost it.
 */
export function lockFolder(folder: string): () => void {
  const path = resolve(folder, 'lock')
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if (!isErrorCode(error, 'EEXIST')) throw error
    const owner = Number(readFileSync(path, 'utf8'))
    // Containers number their processes alike at every start.
    const isInUse = owner === process.pid ? held.has(path) : isRunning(owner)
    if (isInUse) {
      throw new Error(`The data folder ${folder} is in use by process ${owner}`, { cause: error })
    }
    writeFileSync(path, String(process.pid))
  }
  held.add(path)
  return () => {
    held.delete(path)
    rmSync(path)
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
