import { expect, test } from 'vitest'
import { meanRouge, rouge, rougeWords } from './rouge.ts'

test('reads words as runs of letters and digits, in lower case', () => {
  expect(rougeWords("#Person1#'s car, 2nd-hand.")).toEqual(['person1', 's', 'car', '2nd', 'hand'])
})

test('counts common words, pairs and the longest common subsequence', () => {
  // 3 of 3 and of 6 words; 1 of 2 and of 5 pairs; "police the gunman" keeps only two in order.
  const scores = rouge('police killed gunman', 'the gunman police killed was hurt')
  expect(scores.one).toBeCloseTo((2 * 3) / 9)
  expect(scores.two).toBeCloseTo((2 * 1) / 7)
  expect(scores.l).toBeCloseTo((2 * 2) / 9)
})

test('counts a repeated word no more often than the reference has it', () => {
  expect(rouge('the the the the', 'the cat').one).toBeCloseTo((2 * 1) / 6)
})

test.each([
  ['nothing against something', '', 'a cat', 0],
  ['nothing in common', 'dog', 'cat', 0],
  ['the same', 'a cat sat', 'a cat sat', 1],
])('is what it must be for %s', (_, summary, reference, expected) => {
  expect(rouge(summary, reference)).toEqual({ one: expected, two: expected, l: expected })
})

test('takes the mean over references', () => {
  expect(meanRouge([rouge('a b', 'a b'), rouge('a b', 'c d')])).toEqual({ one: 0.5, two: 0.5, l: 0.5 })
})
