import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * Runs a test runner that is installed for `folder` there and returns the JSON report that it left. `args` is given
 * the file that the report goes to. Tests that fail make for a code other than 0, so that the report is what counts:
 * rejects when the runner cannot be started or leaves none.
 */
export async function runForReport(
  folder: string,
  runner: 'mocha' | 'vitest',
  args: (report: string) => string[],
  env: Readonly<Record<string, string>>,
) {
  const reports = mkdtempSync(join(tmpdir(), 'lifeline-upstream-report-'))
  const report = join(reports, 'report.json')
  try {
    await runProgram(folder, [programOf(folder, runner), ...args(report)], { env, stdout: 'ignore' })
    if (!existsSync(report)) throw new Error(`The tests in ${folder} left no report: see above`)
    return JSON.parse(readFileSync(report, 'utf8'))
  } finally {
    rmSync(reports, { recursive: true })
  }
}

/** Runs a script with this Node and returns its exit code. What it says on stderr is always shown. */
export async function runProgram(
  cwd: string,
  args: readonly string[],
  { env = {}, stdout }: { env?: Readonly<Record<string, string>>; stdout: 'ignore' | 'inherit' },
): Promise<number | null> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, 'inherit'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.once('error', reject)
  child.once('close', resolve)
  return await promise
}

/** The script behind a command of a package that is installed for `folder`, as its package.json names it. */
export function programOf(folder: string, name: string, command = name): string {
  const manifest = createRequire(join(folder, 'package.json')).resolve(`${name}/package.json`)
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  return join(dirname(manifest), bin[command])
}
