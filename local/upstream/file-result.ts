import { relative } from 'node:path'

/** What became of one of upstream's test files. `failures` has a title and a message for each failed test. */
export interface FileResult {
  readonly file: string
  readonly passed: number
  readonly failed: number
  /** Switched off by upstream itself. */
  readonly skipped: number
  readonly failures: readonly { title: string; message: string }[]
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[] | null
    }[]
  }[]
}

interface MochaTest {
  readonly file: string
  readonly fullTitle: string
  readonly err: { readonly message?: string }
}

interface MochaReport {
  readonly passes: readonly MochaTest[]
  readonly failures: readonly MochaTest[]
  readonly pending: readonly MochaTest[]
}

/** Reads the report of Vitest's JSON reporter. A file that could not be loaded counts as one failure. */
export function readVitestReport(report: VitestReport, root: string): FileResult[] {
  return report.testResults.map(({ name, status, message, assertionResults }) => {
    const count = (wanted: string): number => assertionResults.filter((test) => test.status === wanted).length
    const failures = assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages }) => ({
        title: fullName,
        message: failureMessages?.join('\n') ?? '',
      }))
    if (status === 'failed' && failures.length === 0) failures.push({ title: 'The file itself', message })
    return {
      file: relative(root, name),
      passed: count('passed'),
      failed: failures.length,
      skipped: assertionResults.length - count('passed') - count('failed'),
      failures,
    }
  })
}

/** Reads the report of mocha's JSON reporter. */
export function readMochaReport({ passes, failures, pending }: MochaReport, root: string): FileResult[] {
  const files = new Set([...passes, ...failures, ...pending].map(({ file }) => file))
  return [...files].toSorted().map((file) => {
    const of = (tests: readonly MochaTest[]): MochaTest[] => tests.filter((test) => test.file === file)
    return {
      file: relative(root, file),
      passed: of(passes).length,
      failed: of(failures).length,
      skipped: of(pending).length,
      failures: of(failures).map(({ fullTitle, err }) => ({ title: fullTitle, message: err.message ?? '' })),
    }
  })
}

/** Whether tests were run and none failed: a run in which nothing passed has shown nothing. */
export const isProof = (results: readonly FileResult[]): boolean =>
  results.every(({ failed }) => failed === 0) && results.some(({ passed }) => passed > 0)
