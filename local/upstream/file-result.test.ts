import { expect, test } from 'vitest'

import { isProof, readMochaReport, readVitestReport } from './file-result.ts'

test("Vitest's report is counted per file, with what failed and why", () => {
  const tests = [
    { fullName: 'Order keeps numbers first', status: 'passed', failureMessages: [] },
    { fullName: 'Order keeps keys sorted', status: 'failed', failureMessages: ['expected a to be b'] },
    { fullName: 'Order moves children', status: 'skipped', failureMessages: null },
  ]
  const report = {
    testResults: [
      { name: '/sdk/test/order.test.ts', status: 'failed', message: '', assertionResults: tests },
    ],
  }
  expect(readVitestReport(report, '/sdk')).toEqual([
    {
      file: 'test/order.test.ts',
      passed: 1,
      failed: 1,
      skipped: 1,
      failures: [{ title: 'Order keeps keys sorted', message: 'expected a to be b' }],
    },
  ])
})

test('A file that could not be loaded is a failure and not an empty success', () => {
  const broken = {
    name: '/sdk/broken.test.ts',
    status: 'failed',
    message: 'no such module',
    assertionResults: [],
  }
  expect(readVitestReport({ testResults: [broken] }, '/sdk')).toEqual([
    {
      file: 'broken.test.ts',
      passed: 0,
      failed: 1,
      skipped: 0,
      failures: [{ title: 'The file itself', message: 'no such module' }],
    },
  ])
})

test("Mocha's report is counted per file, with what failed and why", () => {
  const of = (file: string, fullTitle: string, message?: string) => ({
    file: `/sdk/${file}`,
    fullTitle,
    err: message === undefined ? {} : { message },
  })
  const report = {
    passes: [of('b.test.ts', 'reads'), of('a.test.ts', 'writes')],
    failures: [of('b.test.ts', 'listens', 'timed out')],
    pending: [of('a.test.ts', 'pushes')],
  }
  expect(readMochaReport(report, '/sdk')).toEqual([
    { file: 'a.test.ts', passed: 1, failed: 0, skipped: 1, failures: [] },
    {
      file: 'b.test.ts',
      passed: 1,
      failed: 1,
      skipped: 0,
      failures: [{ title: 'listens', message: 'timed out' }],
    },
  ])
})

test('A run proves something when a test passed and none failed', () => {
  const of = (passed: number, failed: number) => ({ file: 'a', passed, failed, skipped: 3, failures: [] })
  expect(isProof([of(1, 0), of(0, 0)])).toBe(true)
  expect(isProof([of(1, 0), of(5, 1)])).toBe(false)
  expect(isProof([of(0, 0)])).toBe(false)
  expect(isProof([])).toBe(false)
})
