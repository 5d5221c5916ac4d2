import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The local suite's own signing secret, made once and kept where the functions emulator looks for secrets, so
 * that the gateway and the functions agree and sessions outlive a restart. Never the production one.
 */
export async function localJwtSecret(root: string): Promise<string> {
  const file = join(root, 'functions/.secret.local')
  if (existsSync(file)) {
    const kept = /^JWT_SECRET=(\S{32,})$/m.exec(await readFile(file, 'utf8'))?.[1]
    if (kept !== undefined) return kept
  }
  const secret = randomBytes(32).toString('hex')
  await writeFile(file, `JWT_SECRET=${secret}\n`, { mode: 0o600 })
  return secret
}
