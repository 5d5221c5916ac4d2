import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Makes a folder this process's own until the returned function is called. Throws when another process has it; one that
 * is no longer running has lost it.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock')
  try {
    const file = openSync(path, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return () => unlinkSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const holder = Number(readFileSync(path, 'utf8'))
  if (isRunning(holder)) throw new Error(`The data folder ${folder} is in use by process ${holder}.`)
  unlinkSync(path)
  return lockFolder(folder)
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
