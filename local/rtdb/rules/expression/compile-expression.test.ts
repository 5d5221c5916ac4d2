import { describe, expect, test } from 'vitest'

import { nodeFromJson } from '../../tree/json.ts'
import { compileExpression } from './compile-expression.ts'
import { ExpressionError } from './parse-expression.ts'
import { RuleSnapshot } from './snapshot.ts'
import type { Environment } from './types.ts'

const BOB = {
  uid: 'bob',
  provider: 'password',
  token: {
    email_verified: true,
    age: 41,
    name: 'Bob',
    roles: ['a', 'b'],
    constructor_id: 1,
    nested: { key: 'v' },
  },
}

const DATA = {
  name: 'Lifeline',
  empty: '',
  count: 3,
  flag: true,
  map: { a: 1, b: { c: 'deep' } },
  twin: { a: 1, b: { c: 'deep' } },
  ranked: { '.value': 7, '.priority': 2 },
  users: { bob: { admin: true } },
}

const NAMES = {
  variables: ['auth', 'now', 'root', 'data', 'newData', 'query'],
  wildcards: ['$call', '$message'],
} as const

function evaluate(source: string, overrides: Partial<Environment> = {}): boolean {
  const root = new RuleSnapshot(nodeFromJson(DATA))
  return compileExpression(
    source,
    NAMES,
  )({
    auth: BOB,
    now: 1_000,
    root,
    data: root.step('map'),
    newData: root.step('name'),
    wildcards: ['c1', 'm1'],
    query: {
      orderByKey: true,
      orderByValue: false,
      orderByPriority: false,
      orderByChild: null,
      startAt: null,
      endAt: null,
      equalTo: null,
      limitToFirst: 10,
      limitToLast: null,
    },
    ...overrides,
  })
}

describe('an expression that is true', () => {
  test.each([
    'true',
    '1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3',
    "'a' < 'b'",
    '1 + 2 * 3 - 4 / 2 % 2 === 7',
    '-(1 - 3) == 2',
    "'a' + 1 == 'a1' && 1 + 'a' == '1a'",
    "(1/0 + '') == 'NaN'",
    '!((1/0) > 2) && !((1/0) < 2)',
    'true || auth.none > 1',
    '!(false && auth.none > 1)',
    'auth != null ? true : false',
    "1 != '1'",
    "'one' !== auth.token.age",
    'auth.uid === "bob"',
    'auth.nobody == null && auth.token.nobody.at.all == null',
    'auth["uid"] == "bob" && auth.token["age"] == 41',
    "auth.token[$call] == null && auth.token.nested['k' + 'ey'] == 'v'",
    "auth.token.roles[1] == 'b' && auth.token.roles.length == 2",
    'auth.token.email_verified',
    'auth.constructor == null && auth.__proto__ == null && auth.toString == null',
    'auth.token.roles.push == null',
    'auth.token.name.length == 3',
    'now == 1000',
    "$call == 'c1' && $message.length == 2",
    "root.child('users').child(auth.uid).child('admin').val()",
    "root.child('users/' + auth.uid + '/admin').val() == true",
    "root.child('map').val() != null",
    "root.child('map').val() == root.child('twin').val()",
    "root.child('map').val() != root.child('users').val()",
    'root["exists"]()',
    "!root.child('nothing/here').exists()",
    "root.hasChild('map/b/c') && !root.hasChild('map/x')",
    'root.hasChildren() && !newData.hasChildren()',
    "root.hasChildren(['name', 'map/a']) && !root.hasChildren(['name', 'no'])",
    "data.parent().child('count').isNumber()",
    "newData.isString() && root.child('flag').isBoolean() && !root.isString()",
    "root.child('ranked').getPriority() == 2 && root.getPriority() == null",
    "root.child('banned/bob@example.com').val() != true",
    "root.child('count').val() + 1 == 4",
    "root.child('empty').val().length < 100",
    "newData.val().contains('feli') && newData.val().beginsWith('Life') && newData.val().endsWith('line')",
    "newData.val().toLowerCase() == 'lifeline' && newData.val().toUpperCase() == 'LIFELINE'",
    "'a.b.c'.replace('.', '$&') == 'a$&b$&c'",
    "newData.val()['contains']('Life')",
    'newData.val().matches(/^life/i) && newData.val().matches(/line$/)',
    'query.orderByKey && query.limitToFirst <= 10 && query.orderByChild == null',
    'query.limitToLast == null && query.equalTo == null',
    '(true) /* a remark */ // and another',
  ])('%s', (source) => {
    expect(evaluate(source)).toBe(true)
  })
})

describe('an expression that fails at run time makes the whole rule false', () => {
  const failing = [
    'auth.none > 1',
    "auth.none < 'a'",
    'auth.uid > 1 == false',
    'auth.token.email_verified > 1 || true',
    'auth.none + 1 == 1',
    "'users/' + auth.none == 'users/'",
    'auth.token.age - auth.uid == 1',
    'auth.token.email_verified + 1 == 2',
    '-auth.uid == -1',
    '-auth.none == -1',
    "auth.none.contains('x')",
    "auth.contains('x')",
    "auth.token.age.contains('4')",
    "'x'.contains(auth.none)",
    "'x'.replace('x', auth.token.age) == '41'",
    'root.child(auth.none).exists()',
    'root.child(auth.token.age).exists()',
    'root.hasChild(auth.none)',
    "root.hasChildren(['name', auth.none])",
    'root.parent().exists()',
    'root.parent().parent().exists()',
    "root.child('count').val().contains('3')",
    "root.child('map').val() > 1",
    "root.child('map').val() + 'x' == 'x'",
    'auth.token.age && true',
    '!auth.token.age',
    'auth.uid ? true : true',
    'auth.token.nested == auth.token.nested && auth.token.nested > 1',
    'auth.token[auth.none] == null',
    'query.limitToLast <= 10',
  ]
  test.each(failing)('%s', (source) => {
    expect(evaluate(source)).toBe(false)
  })
  test.each(failing)('under a negation too: !(%s)', (source) => {
    expect(evaluate(`!(${source})`)).toBe(false)
  })
  test.each(failing)('inside a ternary and before an || too: %s', (source) => {
    expect(evaluate(`(${source}) ? false : true`)).toBe(false)
    expect(evaluate(`(${source}) || true`)).toBe(false)
  })
  test.each([
    "root.child('name').val()",
    'auth',
    'auth.token.age',
    'query.limitToFirst == 10 ? auth.uid : true',
  ])('a result that is no boolean is false: %s', (source) => {
    expect(evaluate(source)).toBe(false)
  })
})

describe('hostile input', () => {
  test.each([
    ['parentheses', `${'('.repeat(30_000)}true${')'.repeat(30_000)}`],
    ['negations', `${'!'.repeat(30_000)}true`],
    ['a chain of operators', Array.from({ length: 5_000 }, () => 'true').join('&&')],
    ['a chain of members', `auth${'.a'.repeat(20_000)} == null`],
    ['a tail of comments', `true ${'/**/'.repeat(5_000)} x`],
    ['a tail of line comments', `true ${'//'.repeat(10_000)}\n x`],
    ['an endless text', `'${'a'.repeat(100_000)}' == ''`],
  ])('%s are refused and do not crash', (_name, source) => {
    expect(() => compileExpression(source, NAMES)).toThrow(ExpressionError)
  })

  test('a rule of ordinary length is not refused for its depth', () => {
    const source = Array.from({ length: 200 }, (_, index) => `auth.uid != 'u${index}'`).join(' && ')
    expect(evaluate(source)).toBe(true)
  })

  test('a text that doubles itself ends the rule and not the memory', () => {
    const tenfold = ".replace('a', 'aaaaaaaaaa')"
    expect(evaluate(`'a'${tenfold.repeat(30)}.length > 1`)).toBe(false)
  })
})
