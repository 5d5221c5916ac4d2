import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { startDatabaseServer } from '../server.ts'
import { assembleCheckout } from './bare-tests.ts'
import { hasSources, hasTests, runPackage, sdkPackages } from './checkout.ts'
import type { FileResult } from './file-result.ts'

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
  print(results)
  if (results.some(({ failed }) => failed > 0)) process.exitCode = 1
} finally {
  await server.close()
  if (bare) rmSync(root, { recursive: true })
}

function print(results: readonly FileResult[]): void {
  const line = (passed: number, failed: number, skipped: number, file: string): string =>
    `${String(passed).padStart(6)} ${String(failed).padStart(6)} ${String(skipped).padStart(7)}  ${file}`
  const sum = (key: 'passed' | 'failed' | 'skipped'): number =>
    results.reduce((total, result) => total + result[key], 0)
  for (const { file, failures } of results)
    for (const { title, message } of failures) console.log(`\n✗ ${file}: ${title}\n  ${message}`)
  console.log('\npassed failed skipped  file')
  for (const { passed, failed, skipped, file } of results) console.log(line(passed, failed, skipped, file))
  console.log(line(sum('passed'), sum('failed'), sum('skipped'), 'in all'))
}
