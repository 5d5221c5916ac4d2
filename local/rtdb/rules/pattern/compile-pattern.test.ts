import { describe, expect, test } from 'vitest'

import { compilePattern } from './compile-pattern.ts'
import { PatternError } from './parse-pattern.ts'

const TEXTS = [
  '',
  'a',
  'A',
  'ab',
  'abc',
  'xabcx',
  'aaa',
  'aaaa',
  'b',
  'abab',
  '2025-10-03',
  'a b\tc',
  'a\nb',
  'x_9',
  'über',
  'ÄÖ',
  '^$',
  'a-b]',
  '+919325590143',
  'a/b.c',
  '\u00a0',
]

describe('matches what JavaScript matches', () => {
  test.each([
    'a',
    'abc',
    '^a',
    'c$',
    '^abc$',
    '^a|b$',
    '^(a|b)$',
    '^(ab|a)(c|bcd)*$',
    'a|b|xy',
    'a*',
    '^a*$',
    'a+b',
    'a?b',
    '^a{3}$',
    '^a{2,}$',
    '^a{0,3}$',
    '^(ab){2}$',
    '^(a*)*$',
    '^(a*)+b',
    '^(a?){3}$',
    'a{0}b',
    '.',
    '^.+$',
    '^[abc]+$',
    '[^abc]',
    '^[a-c]+$',
    '[A-Z]',
    String.raw`^\d{4}-\d{2}-\d{2}$`,
    String.raw`\s`,
    String.raw`^\S+$`,
    String.raw`\w\d`,
    String.raw`^\W`,
    String.raw`\D`,
    String.raw`[\s\d]`,
    String.raw`[^\s\w]`,
    String.raw`[\W]`,
    String.raw`^[+]?[0-9 ()-]*$`,
    String.raw`\^\$`,
    String.raw`[\]-]`,
    String.raw`[a\-z]`,
    String.raw`a\/b\.c`,
    String.raw`[.]`,
    String.raw`a\tc|b\tc`,
    String.raw`a\nb`,
    'ü',
    'a,b',
    '-',
  ])('/%s/', (source) => {
    for (const ignoreCase of [false, true]) {
      const expected = TEXTS.filter((text) => new RegExp(source, ignoreCase ? 'i' : '').test(text))
      expect(TEXTS.filter(compilePattern(source, ignoreCase))).toEqual(expected)
    }
  })
})

describe('is refused', () => {
  test.each([
    ['', 'empty'],
    ['^$', 'empty'],
    ['a|', 'empty'],
    ['|a', 'empty'],
    ['a||b', 'empty'],
    ['()', 'empty'],
    ['(a|)', 'empty'],
    ['a^', 'only allowed'],
    ['a$b', 'only allowed'],
    ['(^a)', 'only allowed'],
    ['(a$)', 'only allowed'],
    ['(?:a)', 'not supported'],
    ['(?=a)', 'not supported'],
    ['(?<n>a)', 'not supported'],
    [String.raw`(a)\1`, 'not supported'],
    [String.raw`\bword`, 'not supported'],
    [String.raw`\u0041`, 'not supported'],
    [String.raw`\p{L}`, 'not supported'],
    ['a**', 'quantifier'],
    ['a+?', 'quantifier'],
    ['a{2}{3}', 'quantifier'],
    ['*a', 'escaped'],
    ['a{b}', 'escaped'],
    ['a{3,2}', 'repetition'],
    ['(a', 'not closed'],
    ['a)', 'unmatched'],
    ['[a', 'not closed'],
    ['[]', 'empty'],
    ['[z-a]', 'out of order'],
    [String.raw`[\w-z]`, 'out of order'],
    ['a{99999}', 'too large'],
    ['((a{500}){500}){500}', 'too large'],
    ['('.repeat(200) + 'a' + ')'.repeat(200), 'too deep'],
  ])('/%.60s/', (source, reason) => {
    expect(() => compilePattern(source, false)).toThrow(PatternError)
    expect(() => compilePattern(source, false)).toThrow(reason)
  })
})

describe('a pattern that stalls backtracking engines', () => {
  test.each(['^(a+)+$', '^(a|aa)+$', '^(a*)*b', '^(.*)*(.*)*(.*)*b$', '(x+x+)+y'])(
    '/%s/ has an answer',
    (source) => {
      // A backtracking engine would need longer than the universe is old.
      expect(compilePattern(source, false)(`${'a'.repeat(5_000)}!`)).toBe(false)
    },
  )

  test('repetitions of nothing cost nothing', () => {
    expect(compilePattern('((a{0}){9999}){9999}b', false)('b')).toBe(true)
  })
})
