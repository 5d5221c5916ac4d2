import { describe, expect, test } from 'vitest'

import { compileExpression } from './compile-expression.ts'
import { ExpressionError } from './parse-expression.ts'

const NAMES = {
  variables: ['auth', 'now', 'root', 'data', 'newData', 'query'],
  wildcards: ['$call', '$message'],
} as const

describe('an expression that an upload refuses', () => {
  test.each([
    ['', 'Unexpected token'],
    ['7', 'has to be boolean'],
    ["'text'", 'has to be boolean'],
    ['null', 'has to be boolean'],
    ['root', 'has to be boolean'],
    ['query', 'has to be boolean'],
    ['/a/', 'has to be boolean'],
    ["auth.uid === 'a' ? 7 : true", 'has to be boolean'],
    ["root.child('a')", 'has to be boolean'],
    ["skies === 'blue'", "Unknown variable 'skies'"],
    ["$other == 'a'", "Unknown variable '$other'"],
    ['undefined == null', "Unknown variable 'undefined'"],
    ['process.exit()', "Unknown variable 'process'"],
    ['this.constructor', 'ThisExpression'],
    ['var a = 1', 'Unexpected token'],
    ['root = 5', 'AssignmentExpression'],
    ["auth.uid === 'a'; true", 'one expression'],
    ['true;', 'one expression'],
    ['true, true', 'SequenceExpression'],
    ['true true', 'one expression'],
    ['(2**2) == 4', 'Unexpected token'],
    ['auth?.uid == null', 'Unexpected token'],
    ['auth ?? true', 'Unexpected token'],
    ['`a` == "a"', "Unexpected character '`'"],
    ['() => true', 'Unexpected token'],
    ['function () { return true }()', 'Only methods'],
    ['new Date() == now', 'NewExpression'],
    ['typeof auth == "object"', 'Operator typeof'],
    ['+1 == 1', 'Operator +'],
    ['~1 == 1', 'Operator ~'],
    ['1 | 2 == 3', 'Operator |'],
    ['"a" in auth', 'Operator in'],
    ['{} == null', 'ObjectExpression'],
    ['[1] == null', 'ArrayExpression'],
    ["root.child('a') != null", 'Operator !='],
    ['root == data', 'Operator =='],
    ['query == null', 'Operator =='],
    ['root.val() > true', 'Operator >'],
    ['true <= root.val()', 'Operator <='],
    ["'a' < 1", 'different types'],
    ["1 - 'a' == 1", 'Operator -'],
    ['1 + true == 2', 'Operator +'],
    ['1 + null == 1', 'Operator +'],
    ["-'a' == 1", 'Operator -'],
    ['!1', 'condition'],
    ["'a' && true", 'condition'],
    ['true || 1', 'condition'],
    ['1 ? true : false', 'condition'],
    ['root.notAMethod()', 'notAMethod'],
    ['root.constructor()', 'constructor'],
    ["root['doesNotExist']()", 'doesNotExist'],
    ["root['exi' + 'sts']()", 'cannot be computed'],
    ['root[$call]()', 'cannot be computed'],
    ['root[$call] == null', 'indexed'],
    ["'a'[0] == 'a'", 'indexed'],
    ['root.exists', "'exists'"],
    ['auth.uid.notThere() == false', 'notThere'],
    ["auth.uid['contains' + '']('a')", 'cannot be computed'],
    ['root.val().notThere == false', 'notThere'],
    ['query.foo == 1', 'foo'],
    ['query.orderByKey()', 'orderByKey'],
    ['exists()', 'Only methods'],
    ['auth.uid.contains(7)', 'takes a string'],
    ["'a'.contains()", 'takes 1 argument'],
    ["'a'.contains('a', 'b')", 'takes 1 argument'],
    ["'a'.replace('a') == 'a'", 'takes 2 argument'],
    ['root.child(1).exists()', 'takes a string'],
    ['root.exists(1)', 'takes 0 argument'],
    ["root.hasChildren('a', 'b')", 'takes 1 argument'],
    ["root.hasChildren('a')", 'takes one array'],
    ['root.hasChildren([])', 'takes one array'],
    ["root.hasChildren(['a', 7])", 'takes a string'],
    ["root.hasChildren(['a', , 'b'])", 'array of strings'],
    ["root.val().matches('/a/')", 'regular expression literal'],
    ['root.val().matches(auth.uid)', 'regular expression literal'],
    ['root.val().matches(/a/g)', "flag 'g'"],
    ['root.val().matches(/a/ig)', "flag 'ig'"],
    ['root.val().matches(/a(?=b)/)', 'regular expression'],
    ['root.val().matches(/(/)', 'regular expression'],
  ])('%s', (source, reason) => {
    const attempt = () => compileExpression(source, NAMES)
    expect(attempt).toThrow(ExpressionError)
    expect(attempt).toThrow(reason)
  })

  test('only names the variables of its kind of rule', () => {
    const read = { variables: ['auth', 'now', 'root', 'data', 'query'], wildcards: [] } as const
    expect(() => compileExpression('newData.exists()', read)).toThrow("Unknown variable 'newData'")
  })

  test('says on which line of the expression the mistake stands', () => {
    const error = catchError(() => compileExpression("auth != null &&\n  // why\n  skies == 'blue'", NAMES))
    expect(error).toMatchObject({ line: 2 })
  })
})

function catchError(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
