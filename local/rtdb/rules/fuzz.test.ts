import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { nodeFromJson } from '../tree/json.ts'
import { compileRules } from './compile.ts'
import { compileExpression } from './expression/compile-expression.ts'
import { ExpressionError } from './expression/parse-expression.ts'
import { RuleSnapshot } from './expression/snapshot.ts'
import type { Environment } from './expression/types.ts'
import { compilePattern } from './pattern/compile-pattern.ts'
import { PatternError } from './pattern/parse-pattern.ts'
import { plainRead } from './rule-query.ts'
import { RulesError } from './rules-error.ts'
import { rulesToJson } from './source.ts'

const root = new RuleSnapshot(nodeFromJson({ a: { b: 'text', c: 1 }, t: true }))
const environment: Environment = {
  auth: { uid: 'ann', token: { a: [1, 'b', null], n: 1, s: 'x', o: {} } },
  now: 1,
  root,
  data: root.step('a'),
  newData: root.step('t'),
  query: plainRead,
  wildcards: ['w'],
}
const names = {
  variables: ['auth', 'now', 'root', 'data', 'newData', 'query'],
  wildcards: ['$w'],
} as const

const atoms = [
  'auth',
  'auth.token',
  'now',
  'root',
  'data',
  'newData',
  'query',
  '$w',
  'null',
  'true',
  'false',
  '0',
  '1',
  "'a'",
  '/a/',
]
const suffixes = [
  '.val()',
  '.exists()',
  '.parent()',
  ".child('a')",
  '.child($w)',
  ".hasChildren(['b'])",
  '.isString()',
  '.getPriority()',
  '.length',
  ".contains('a')",
  ".replace('a', $w)",
  '.matches(/a|b/i)',
  '.toLowerCase()',
  '.uid',
  '.a',
  '.constructor',
  '.__proto__',
  '[1]',
  "['a']",
  '[$w]',
  '.limitToFirst',
  '.orderByKey',
]
const operators = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '==',
  '!=',
  '===',
  '<',
  '<=',
  '>',
  '>=',
  '&&',
  '||',
  '**',
  '??',
  ',',
  'in',
]

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc
      .tuple(fc.constantFrom(...atoms), fc.array(fc.constantFrom(...suffixes), { maxLength: 3 }))
      .map(([atom, tail]) => atom + tail.join('')),
    fc
      .tuple(tie('expression'), fc.constantFrom(...operators), tie('expression'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(fc.constantFrom('!', '-'), tie('expression'))
      .map(([operator, operand]) => `${operator}(${operand})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
  ),
}))

/** What `run` gives; undefined when it is refused as it should be. Any other error is a fault, and goes on. */
function unlessRefused<Result>(
  refusal: new (...args: never[]) => Error,
  run: () => Result,
): Result | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof refusal) return undefined
    throw error
  }
}

describe('whatever is uploaded', () => {
  test('an expression is either refused or answers with a boolean', () => {
    const answers: unknown[] = []
    const check = (source: string) => {
      const run = unlessRefused(ExpressionError, () => compileExpression(source, names))
      if (run !== undefined) answers.push(run(environment))
    }
    fc.assert(fc.property(expression, check), { numRuns: 5_000 })
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), check), { numRuns: 500 })
    expect(answers.every((answer) => typeof answer === 'boolean')).toBe(true)
    // Else the grammar above would prove nothing.
    expect(answers.length).toBeGreaterThan(80)
  })

  test('a pattern is either refused or matches what JavaScript matches', () => {
    const unit = fc.constantFrom(...Array.from('aabB01|()*+?^$.[]{2,}-\\dsW^'))
    const source = fc.string({ unit, minLength: 1, maxLength: 12 })
    const text = fc.string({ unit: fc.constantFrom(...Array.from('abAB01 -.^$\n')), maxLength: 8 })
    const texts = fc.array(text, { minLength: 5, maxLength: 10 })
    let compared = 0
    fc.assert(
      fc.property(source, texts, fc.boolean(), (pattern, candidates, ignoreCase) => {
        const matches = unlessRefused(PatternError, () => compilePattern(pattern, ignoreCase))
        if (matches === undefined) return true
        compared += 1
        const expected = new RegExp(pattern, ignoreCase ? 'i' : '')
        return candidates.every((candidate) => matches(candidate) === expected.test(candidate))
      }),
      { numRuns: 5_000 },
    )
    expect(compared).toBeGreaterThan(300)
  })

  test('any JSON is read as JSON.parse reads it', () => {
    const blanks = fc.constantFrom('', ' ', '/* */', '//\n')
    fc.assert(
      fc.property(fc.json({ maxDepth: 6, stringUnit: 'binary' }), blanks, (json, blank) => {
        expect(JSON.stringify(rulesToJson(blank + json + blank))).toBe(JSON.stringify(JSON.parse(json)))
      }),
    )
  })

  test('any text is refused as rules with a reason, or taken', () => {
    const marks = ['{', '}', '[', ']', '"', ':', ',', '//', '/*', '*/', '\n', '\\', ' ', 'true']
    const texts = ['"rules"', '".read"', '".indexOn"', '"$a"', '"a"', '"auth.uid"']
    const property = fc.property(
      fc.array(fc.constantFrom(...marks, ...texts), { maxLength: 25 }),
      (pieces) => {
        unlessRefused(RulesError, () => compileRules(pieces.join('')))
      },
    )
    expect(() => fc.assert(property, { numRuns: 2_000 })).not.toThrow()
  })
})
