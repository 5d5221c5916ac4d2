import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { readMochaReport, readVitestReport } from '../../upstream/file-result.ts'
import type { FileResult } from '../../upstream/file-result.ts'
import { runForReport } from '../../upstream/run-tests.ts'

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
  if (existsSync(join(folder, 'vitest.config.mjs')))
    return readVitestReport(await runForReport(folder, 'vitest', vitestArguments, env), root)
  return readMochaReport(await runForReport(folder, 'mocha', mochaArguments, { ...tsNode, ...env }), root)
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

/** What the checkout's `test:node` sets for ts-node. */
const tsNode = {
  TS_NODE_FILES: 'true',
  TS_NODE_CACHE: 'NO',
  TS_NODE_COMPILER_OPTIONS: '{"module":"commonjs"}',
}
