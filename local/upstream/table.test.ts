import { expect, test } from 'vitest'

import { asTable } from './table.ts'

test('Each failure is told with its message, above a row per file and one for all', () => {
  const results = [
    {
      file: 'a.ts',
      passed: 10,
      failed: 1,
      skipped: 2,
      failures: [{ title: 'reads', message: 'timed out' }],
    },
    { file: 'b.ts', passed: 5, failed: 0, skipped: 0, failures: [] },
  ]
  expect(asTable(results).split('\n')).toEqual([
    '✗ a.ts: reads',
    '  timed out',
    '',
    'passed failed skipped  file',
    '    10      1       2  a.ts',
    '     5      0       0  b.ts',
    '    15      1       2  in all',
  ])
})
