import { describe, expect, test } from 'vitest'

import type { RuleAuth } from '../auth/access.ts'
import { defaultQuery } from '../query/query.ts'
import { nodeFromJson } from '../tree/json.ts'
import { Node } from '../tree/node.ts'
import { parsePath } from '../tree/path.ts'
import { compileRules } from './compile.ts'

const ANN: RuleAuth = { uid: 'ann', token: {} }

describe('a rules file', () => {
  test('may hold comments and texts over several lines', () => {
    const rules = compileRules(`// who may what
      {
        "rules": { /* everybody: */ ".read": "auth == null ||
            auth.uid != 'mallory'", // not "him"
          "https:": { }
        }
      }`)
    const request = { root: Node.empty, path: [], now: 0, query: defaultQuery }
    expect(rules.canRead({ ...request, auth: ANN })).toBe(true)
    expect(rules.canRead({ ...request, auth: { uid: 'mallory' } })).toBe(false)
  })

  test.each([
    ['', 1, 'Expected a value'],
    ['nonsense', 1, 'Expected a value'],
    ['[]', 1, 'have to be an object'],
    ['{}', 1, '"rules" is missing'],
    ['{"rules": {}, "more": 1}', 1, 'Unknown key "more"'],
    ['{"rules": true}', 1, "Expected '{'"],
    ['{"rules": {}} {}', 1, 'Expected the end'],
    ['{"rules": {},}', 1, 'Expected a key'],
    ['{\n"rules": {\n"a" {} } }', 3, "Expected ':'"],
    ['{\n"rules": {\n".read": "true\n', 3, 'not closed'],
    ['{"rules": {".read": "\\x"}}', 1, 'unknown escape'],
    ['{"rules": {"a": {},\n"a": {}}}', 2, 'repeated'],
    ['{"rules": {\n".raed": true}}', 2, 'Unknown rule ".raed". (at /.raed)'],
    ['{"rules": {"a": {"b": true}}}', 1, "Expected '{'. (at /a/b)"],
    ['{"rules": {".read": 1}}', 1, 'string or a boolean'],
    ['{"rules": {".read": null}}', 1, 'string or a boolean'],
    ['{"rules": {".write": {}}}', 1, 'string or a boolean'],
    ['{"rules": {".indexOn": 1}}', 1, '.indexOn is'],
    ['{"rules": {".indexOn": ["a", 1]}}', 1, '.indexOn is'],
    ['{"rules": {".indexOn": ["a.b"]}}', 1, 'no child path'],
    ['{"rules": {".indexOn": ""}}', 1, 'no child path'],
    ['{"rules": {"a/b": {}}}', 1, 'cannot be a key'],
    ['{"rules": {"a#": {}}}', 1, 'cannot be a key'],
    ['{"rules": {"": {}}}', 1, 'cannot be a key'],
    ['{"rules": {"$": {}}}', 1, 'A wildcard is'],
    ['{"rules": {"$a-b": {}}}', 1, 'A wildcard is'],
    ['{"rules": {"$a": {},\n"$b": {}}}', 2, 'more than one wildcard'],
    ['{"rules": {"$a": {"b": {\n"$a": {}}}}}', 2, 'already used'],
    [
      '{"rules": {"a": {\n\n".write": "auth != null &&\n\n  nobody"}}}',
      5,
      "Unknown variable 'nobody'. (at /a/.write)",
    ],
    ['{"rules": {".read": "newData.exists()"}}', 1, "Unknown variable 'newData'"],
    ['{"rules": {".write": "query.orderByKey"}}', 1, "Unknown variable 'query'"],
    ['{"rules": {".validate": "query.orderByKey"}}', 1, "Unknown variable 'query'"],
    ['{"rules": {"$a": {}, "b": {".read": "$a == 1"}}}', 1, "Unknown variable '$a'"],
    [`{"rules": ${'{"a":'.repeat(100)}{}${'}'.repeat(100)}}`, 1, 'nested deeper'],
    ['{"rules": '.repeat(5_000), 1, 'nested deeper'],
    [`{"rules": {"a": {".read": "${'('.repeat(20_000)}"}}}`, 1, 'at /a/.read'],
    [' '.repeat(2 * 1024 * 1024), 1, 'longer than'],
  ])('is refused: %.60s', (source, line, reason) => {
    const attempt = () => compileRules(source)
    expect(attempt).toThrow(reason)
    expect(attempt).toThrow(expect.objectContaining({ name: 'RulesError', line }))
  })

  test('treats inherited names as keys like any other', () => {
    const rules = compileRules('{"rules": {"constructor": {".read": true}, "__proto__": {".write": true}}}')
    const root = nodeFromJson(JSON.parse('{"__proto__": {"a": 1}, "toString": 1}'))
    const read = (path: string) =>
      rules.canRead({ root, path: parsePath(path), auth: null, now: 0, query: defaultQuery })
    expect(read('constructor')).toBe(true)
    expect(read('toString')).toBe(false)
    expect(read('__proto__')).toBe(false)
    const after = root.set(['__proto__', 'a'], nodeFromJson(2))
    const write = { before: root, after, auth: null, now: 0 }
    expect(rules.canWrite({ ...write, paths: [['__proto__', 'a']] })).toBe(true)
    expect(rules.canWrite({ ...write, paths: [['toString']] })).toBe(false)
  })
})
