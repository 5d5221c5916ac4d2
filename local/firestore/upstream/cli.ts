import { existsSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { isProof } from '../../upstream/file-result.ts'
import { asTable } from '../../upstream/table.ts'
import { startFirestoreServer } from '../server.ts'
import { assembleClient, packagesBesides } from './bare-tests.ts'
import { compile, compileTests, findClient, hasSources, leftOut, runSystemTests } from './checkout.ts'

/**
 * Holds the embedded Firestore to the system tests of the Node.js client (decision 1). Takes a checkout of
 * googleapis/nodejs-firestore or googleapis/google-cloud-node in which the client's packages are installed, or a
 * folder with nothing but its test files and the packages that these use.
 */
const { positionals } = parseArgs({ allowPositionals: true })
const [folder] = positionals
if (folder === undefined) {
  console.error('Usage: npm run test:firestore-sdk -- <folder of a nodejs-firestore checkout>')
  process.exit(2)
}
const given = findClient(resolve(folder))
if (given === undefined) {
  console.error(`${resolve(folder)} has no dev/system-test/firestore.ts, nor has its handwritten/firestore`)
  process.exit(2)
}
if (!existsSync(join(given, 'node_modules'))) {
  console.error(`Nothing is installed in ${given}: CONTRIBUTING says what the tests need`)
  process.exit(2)
}
const bare = !hasSources(given)
const client = bare ? assembleClient(given) : given
// No index file: upstream's tests of what an index is needed for are for production.
const server = await startFirestoreServer({ port: 0, report: (error) => console.error(error) })
const address = `${server.host}:${server.port}`
console.log(`The client's system tests of ${given}${bare ? ' (test files alone)' : ''} at ${address}`)
for (const [file, reason] of leftOut) console.log(`Left out: ${file}.ts (${reason})`)
try {
  await (bare ? compileTests(client) : compile(client))
  const results = await runSystemTests(client, {
    FIRESTORE_EMULATOR_HOST: address,
    GCLOUD_PROJECT: 'demo-sdk',
    // Credentials are not looked for where a machine of Google Cloud would have them.
    METADATA_SERVER_DETECTION: 'none',
    ...(bare && packagesBesides),
  })
  console.log(asTable(results))
  if (!isProof(results)) process.exitCode = 1
} finally {
  await server.close()
  if (bare) rmSync(client, { recursive: true })
}
