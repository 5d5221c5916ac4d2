import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

async function newest(path: string): Promise<number> {
  const found = await stat(path)
  if (!found.isDirectory()) return found.mtimeMs
  const names = await readdir(path)
  const times = await Promise.all(
    names.filter((name) => name !== 'node_modules').map((name) => newest(join(path, name))),
  )
  return Math.max(0, ...times)
}

/** Whether `result` is younger than everything it is made of. */
async function isFresh(root: string, result: string, sources: readonly string[]): Promise<boolean> {
  if (!existsSync(join(root, result))) return false
  const built = (await stat(join(root, result))).mtimeMs
  const changed = await Promise.all(sources.map((source) => newest(join(root, source))))
  return changed.every((time) => time <= built)
}

/**
 * Builds a workspace with its own build script unless its result is up to date. Returns whether it had to.
 * Throws with the build's output when it fails.
 */
async function build(
  root: string,
  workspace: 'functions' | 'web',
  options: { result: string; sources: readonly string[] },
): Promise<boolean> {
  if (await isFresh(root, options.result, ['package-lock.json', ...options.sources])) return false
  try {
    await run('npm', ['run', '--silent', 'build', '-w', workspace], { cwd: root })
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error(`Building ${workspace} failed:\n${stdout ?? ''}${stderr ?? ''}`, { cause: error })
  }
  return true
}

export const buildWeb = (root: string): Promise<boolean> =>
  build(root, 'web', {
    result: 'web/dist/console.html',
    sources: ['web/src', 'web/console.html', 'web/worker.html', 'web/vite.config.ts', 'functions/src'],
  })

export const buildFunctions = (root: string): Promise<boolean> =>
  build(root, 'functions', { result: 'functions/lib/index.js', sources: ['functions/src'] })
