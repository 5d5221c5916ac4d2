import { expect, test } from 'vitest'
import { normalizeWord, proveWord } from './duress-proof.ts'

test('a word typed in a hurry proves the same', async () => {
  const proofs = await Promise.all(
    ['Green lantern', ' green  LANTERN ', 'greenlantern'].map((word) => proveWord(word, 'worker_1')),
  )
  expect(new Set(proofs).size).toBe(1)
  expect(proofs[0]).toMatch(/^[0-9a-f]{64}$/)
})

test('another word, or the same of another worker, proves something else', async () => {
  const proofs = await Promise.all([
    proveWord('lantern', 'worker_1'),
    proveWord('lanterns', 'worker_1'),
    proveWord('lantern', 'worker_2'),
  ])
  expect(new Set(proofs).size).toBe(3)
})

test('spellings of one text count as one', () => {
  expect(normalizeWord('Cafe\u0301 1')).toBe(normalizeWord('caf\u00e91'))
})
