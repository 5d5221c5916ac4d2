import type { FileResult } from './file-result.ts'

/** What is told of a run: each failure with its message, then a row per file and one for all. */
export function asTable(results: readonly FileResult[]): string {
  const row = (passed: number | string, failed: number | string, skipped: number | string, file: string) =>
    `${String(passed).padStart(6)} ${String(failed).padStart(6)} ${String(skipped).padStart(7)}  ${file}`
  const sum = (key: 'passed' | 'failed' | 'skipped'): number =>
    results.reduce((total, result) => total + result[key], 0)
  return [
    ...results.flatMap(({ file, failures }) =>
      failures.map(({ title, message }) => `✗ ${file}: ${title}\n  ${message}\n`),
    ),
    row('passed', 'failed', 'skipped', 'file'),
    ...results.map(({ passed, failed, skipped, file }) => row(passed, failed, skipped, file)),
    row(sum('passed'), sum('failed'), sum('skipped'), 'in all'),
  ].join('\n')
}
