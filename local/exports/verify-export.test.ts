import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { verifyExport } from './verify-export.ts'

const before = '{"deliveries":[],'
const after = '"exported":{"by":"admin_ben"},"messages":[{"content":"Help \\"digest\\":{},\\"exported\\":"}]}'
const whole = createHash('sha256')
  .update(before + after)
  .digest('hex')
const file = `${before}"digest":{"algorithm":"SHA-256","whole":"${whole}"},${after}`

test('an export is proved by its digest, and any change shows', () => {
  expect(verifyExport(file)).toBe('unchanged')
  expect(verifyExport(file.replace('Help', 'Safe'))).toBe('changed')
  expect(verifyExport(file.replace('admin_ben', 'admin_ava'))).toBe('changed')
  expect(verifyExport(`${file} `)).toBe('changed')
  expect(verifyExport('{}')).toBe('not-an-export')
})
