import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { readMochaReport } from '../../upstream/file-result.ts'
import type { FileResult } from '../../upstream/file-result.ts'
import { programOf, runForReport, runProgram } from '../../upstream/run-tests.ts'

/** Upstream's files of system tests that are not run here, and why. */
export const leftOut: ReadonlyMap<string, string> = new Map([
  ['pipeline', 'pipelines are of the Enterprise edition'],
  ['tracing', "what the SDK reports to OpenTelemetry and Cloud Trace, not a server's answers"],
])

/** A test that takes longer has stopped; upstream allows 20 minutes for a server far away. */
const TEST_TIMEOUT_MS = 60_000

/** Where the client is in its repository: on its own, or among others since 2025. */
const places = ['.', 'handwritten/firestore']

/** The folder of the client with its system tests, in a checkout of either repository; undefined when it has none. */
export const findClient = (checkout: string): string | undefined =>
  places
    .map((place) => join(checkout, place))
    .find((folder) => existsSync(join(folder, 'dev/system-test/firestore.ts')))

/** Whether the folder has the client's sources and not test files alone. */
export const hasSources = (client: string): boolean => existsSync(join(client, 'dev/src'))

/** Builds a checkout as its own `npm run compile` does. Throws when that fails. */
export async function compile(client: string): Promise<void> {
  const npm = process.env['npm_execpath']
  if (npm === undefined) throw new Error('Start this with npm run test:firestore-sdk')
  if ((await runProgram(client, [npm, 'run', 'compile'], { stdout: 'inherit' })) !== 0)
    throw new Error(`npm run compile failed in ${client}: see above`)
}

/**
 * Compiles upstream's tests into `build` with upstream's settings and the folder's own TypeScript, without looking at
 * their types. Throws when that fails.
 */
export async function compileTests(client: string): Promise<void> {
  const tests = readdirSync(join(client, 'dev/system-test'))
    .filter((file) => file.endsWith('.ts') && !leftOut.has(file.slice(0, -'.ts'.length)))
    .map((file) => join('dev/system-test', file))
  const settings = ['--module commonjs', '--target es2022', '--esModuleInterop false', '--rootDir dev']
  const lenient = ['--noCheck', '--skipLibCheck', '--outDir build', '--useDefineForClassFields false']
  const args = [...settings, ...lenient].flatMap((option) => option.split(' '))
  const program = programOf(client, 'typescript', 'tsc')
  if ((await runProgram(client, [program, ...args, ...tests], { stdout: 'inherit' })) !== 0)
    throw new Error(`The tests in ${client} do not compile: see above`)
}

/** Runs the built system tests as upstream does against its emulator, over gRPC. Rejects when they cannot be run. */
export async function runSystemTests(
  client: string,
  env: Readonly<Record<string, string>>,
): Promise<FileResult[]> {
  const files = readdirSync(join(client, 'build/system-test'))
    .filter((file) => file.endsWith('.js') && !leftOut.has(file.slice(0, -'.js'.length)))
    .map((file) => join('build/system-test', file))
  const args = (report: string): string[] => [
    ...files,
    `--timeout=${TEST_TIMEOUT_MS}`,
    '--exit',
    '--reporter=json',
    `--reporter-option=output=${report}`,
  ]
  return readMochaReport(await runForReport(client, 'mocha', args, env), join(client, 'build'))
}
