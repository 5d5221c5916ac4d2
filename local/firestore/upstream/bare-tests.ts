import { copyFileSync, cpSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Where this repository's packages are. */
const installed = join(import.meta.dirname, '../../../node_modules')

/**
 * Makes a folder that runs like a built checkout out of upstream's test files alone (`dev/system-test` and what they
 * use of `dev/test`): the client is the built npm package of this repository. What the tests need besides (mocha,
 * chai, TypeScript …) is in the given folder's own `node_modules`. Returns the new folder, which the caller removes.
 */
export function assembleClient(tests: string): string {
  const root = mkdtempSync(join(tmpdir(), 'lifeline-firestore-sdk-'))
  const client = dirname(createRequire(import.meta.url).resolve('@google-cloud/firestore/package.json'))
  symlinkSync(join(tests, 'node_modules'), join(root, 'node_modules'))
  copyFileSync(join(client, 'package.json'), join(root, 'package.json'))
  cpSync(join(tests, 'dev'), join(root, 'dev'), { recursive: true })
  mkdirSync(join(root, 'build'))
  for (const folder of ['src', 'protos'])
    symlinkSync(join(client, 'build', folder), join(root, 'build', folder))
  return root
}

/** Lets the tests find packages that the client here depends on, such as google-gax. */
export const packagesBesides = { NODE_PATH: installed }
