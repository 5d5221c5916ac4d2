import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { isProof } from '../../upstream/file-result.ts'
import type { FileResult } from '../../upstream/file-result.ts'
import { asTable } from '../../upstream/table.ts'
import { startDatabaseServer } from '../server.ts'
import { assembleCheckout } from './bare-tests.ts'
import { hasSources, hasTests, runPackage, sdkPackages } from './checkout.ts'

/**
 * Holds the embedded Realtime Database to the Firebase JavaScript SDK's own tests of it (decision 1). Takes a
 * checkout of firebase-js-sdk in which `yarn` has run, or a folder with nothing but its test files.
 */
const { positionals } = parseArgs({ allowPositionals: true })
const [folder] = positionals
if (folder === undefined) {
  console.error('Usage: npm run test:sdk -- <folder of a firebase-js-sdk checkout>')
  process.exit(2)
}
const given = resolve(folder)
if (!hasTests(given)) {
  console.error(`${given} has no packages/database/test and packages/database-compat/test`)
  process.exit(2)
}
const bare = !hasSources(given)
const root = bare ? assembleCheckout(given) : given
const server = await startDatabaseServer({ port: 0, host: 'localhost', project: 'demo-sdk' })
console.log(`The SDK's database tests of ${given}${bare ? ' (test files alone)' : ''} at ${server.origin}`)
try {
  const results: FileResult[] = []
  for (const name of sdkPackages) {
    const environment = {
      RTDB_EMULATOR_PORT: String(server.port),
      RTDB_EMULATOR_NAMESPACE: `sdk-${name}`,
    }
    results.push(...(await runPackage(root, name, environment)))
  }
  console.log(asTable(results))
  if (!isProof(results)) process.exitCode = 1
} finally {
  await server.close()
  if (bare) rmSync(root, { recursive: true })
}
