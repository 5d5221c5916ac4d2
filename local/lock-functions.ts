import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * `npm run lock:functions`: the lockfile that a deploy of `functions/` uses. Firebase uploads that folder alone, and
 * npm writes a workspace's versions into the root's lockfile only; so it is made in a folder where it is no workspace.
 */
const functions = fileURLToPath(new URL('../functions', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'lifeline-lock-'))
try {
  for (const file of ['package.json', 'package-lock.json']) {
    try {
      copyFileSync(join(functions, file), join(folder, file))
    } catch (error) {
      // The first time there is no lockfile to keep versions from.
      if (file === 'package.json') throw error
    }
  }
  execFileSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
  })
  copyFileSync(join(folder, 'package-lock.json'), join(functions, 'package-lock.json'))
} finally {
  rmSync(folder, { recursive: true })
}
