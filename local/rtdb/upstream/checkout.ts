import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { readMochaReport, readVitestReport } from './file-result.ts'
import type { FileResult } from './file-result.ts'

/** The packages of a checkout whose tests talk to a database. */
export const sdkPackages = ['database', 'database-compat'] as const
export type SdkPackage = (typeof sdkPackages)[number]

/** Whether the folder has the tests of those packages, with or without their sources. */
export const hasTests = (root: string): boolean =>
  sdkPackages.every((name) => existsSync(join(root, 'packages', name, 'test')))

/** Whether the folder is a checkout of firebase-js-sdk with its sources, not test files alone. */
export const hasSources = (root: string): boolean =>
  sdkPackages.every((name) => existsSync(join(root, 'packages', name, 'src')))

/**
 * Runs the tests of one package with the runner that the checkout itself uses in Node: Vitest since the summer of
 * 2026, mocha on ts-node before. Rejects when the runner cannot be started or leaves no report.
 */
export async function runPackage(
  root: string,
  name: SdkPackage,
  env: Readonly<Record<string, string>>,
): Promise<FileResult[]> {
  const folder = join(root, 'packages', name)
  const reports = mkdtempSync(join(tmpdir(), 'lifeline-sdk-report-'))
  const report = join(reports, 'report.json')
  try {
    const vitest = existsSync(join(folder, 'vitest.config.mjs'))
    const args = vitest ? vitestArguments(report) : mochaArguments(report)
    await run(folder, [programOf(folder, vitest ? 'vitest' : 'mocha'), ...args], { ...tsNode, ...env })
    if (!existsSync(report)) throw new Error(`The tests of ${name} left no report: see above`)
    const read = vitest ? readVitestReport : readMochaReport
    return read(JSON.parse(readFileSync(report, 'utf8')), root)
  } finally {
    rmSync(reports, { recursive: true })
  }
}

const vitestArguments = (report: string): string[] => [
  'run',
  '--project=node',
  '--reporter=json',
  `--outputFile=${report}`,
]

const mochaArguments = (report: string): string[] => [
  'test/{,!(browser)/**/}*.test.ts',
  '--file=src/index.node.ts',
  '--config=../../config/mocharc.node.js',
  '--reporter=json',
  `--reporter-option=output=${report}`,
]

/** What the checkout's `test:node` sets for ts-node; Vitest does not look at it. */
const tsNode = {
  TS_NODE_FILES: 'true',
  TS_NODE_CACHE: 'NO',
  TS_NODE_COMPILER_OPTIONS: '{"module":"commonjs"}',
}

/** The script behind a command of an installed package, as its package.json names it. */
function programOf(folder: string, command: string): string {
  const manifest = createRequire(join(folder, 'package.json')).resolve(`${command}/package.json`)
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  return join(dirname(manifest), bin[command])
}

/** Tests that fail make for a code other than 0, so that the report is what counts. */
async function run(cwd: string, args: string[], env: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  child.once('error', reject)
  child.once('close', () => resolve())
  await promise
}
