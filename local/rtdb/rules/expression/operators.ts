import type { BinaryExpression, ConditionalExpression, LogicalExpression, UnaryExpression } from 'acorn'

import {
  BOOLEAN,
  describeTypes,
  failEvaluation,
  fits,
  NULL,
  NUMBER,
  RECORD,
  STORED,
  STRING,
} from './types.ts'
import type { Compiled, Environment } from './types.ts'
import { isSameValue, limitText } from './values.ts'

/** What the compilers of the single kinds of expression get from the one that knows them all. */
export interface PartContext {
  /** Compiles a part of the expression. */
  compile: (node: BinaryExpression['right']) => Compiled
  /** Refuses the expression at a node. */
  refuse: (node: { start: number }, reason: string) => never
}

type Operation = (left: unknown, right: unknown) => unknown

const arithmeticOperators = new Map<string, (left: number, right: number) => number>([
  ['-', (left, right) => left - right],
  ['*', (left, right) => left * right],
  // A division by zero is not a number, and not infinite.
  ['/', (left, right) => (right === 0 ? Number.NaN : left / right)],
  ['%', (left, right) => left % right],
])

const orderOperators = new Map<string, (left: number | string, right: number | string) => boolean>([
  ['<', (left, right) => left < right],
  ['<=', (left, right) => left <= right],
  ['>', (left, right) => left > right],
  ['>=', (left, right) => left >= right],
])

const equalityOperators = new Map<string, boolean>([
  ['==', true],
  ['===', true],
  ['!=', false],
  ['!==', false],
])

/** Compiles arithmetic, order and equality. Operands of the wrong type fail the rule when it runs. */
export function compileBinary(node: BinaryExpression, { compile, refuse }: PartContext): Compiled {
  if (node.left.type === 'PrivateIdentifier') return refuse(node, 'Private names have no place in rules.')
  const left = compile(node.left)
  const right = compile(node.right)
  const demand = (allowed: number) => {
    for (const side of [left, right]) {
      if (fits(side, allowed)) continue
      const types = `${describeTypes(allowed)}, not ${describeTypes(side.types)}`
      refuse(node, `Operator ${node.operator} takes ${types}.`)
    }
  }
  const build = (types: number, operation: Operation): Compiled => ({
    types,
    run: (environment) => operation(left.run(environment), right.run(environment)),
  })

  const equal = equalityOperators.get(node.operator)
  if (equal !== undefined) {
    demand(STORED | RECORD)
    return build(BOOLEAN, (a, b) => isSameValue(a, b) === equal)
  }
  const compare = orderOperators.get(node.operator)
  if (compare !== undefined) {
    demand(NUMBER | STRING | NULL)
    const common = left.types & right.types & (NUMBER | STRING)
    if (common === 0 && !isNullable(left, right))
      refuse(node, `Operator ${node.operator} compares different types.`)
    return build(BOOLEAN, (a, b) => order(compare, a, b))
  }
  if (node.operator === '+') {
    demand(NUMBER | STRING)
    const text = left.types === STRING || right.types === STRING
    const numbers = left.types === NUMBER && right.types === NUMBER
    return build(text ? STRING : numbers ? NUMBER : NUMBER | STRING, plus)
  }
  const arithmetic = arithmeticOperators.get(node.operator)
  if (arithmetic === undefined) return refuse(node, `Operator ${node.operator} is not supported.`)
  demand(NUMBER)
  return build(NUMBER, (a, b) =>
    typeof a === 'number' && typeof b === 'number' ? arithmetic(a, b) : failEvaluation(),
  )
}

/** Compiles `&&` and `||`, which decide from left to right and take booleans only. */
export function compileLogical(node: LogicalExpression, context: PartContext): Compiled {
  const { compile, refuse } = context
  if (node.operator !== '&&' && node.operator !== '||') {
    return refuse(node, `Operator ${node.operator} is not supported.`)
  }
  const left = condition(compile(node.left), node, context)
  const right = condition(compile(node.right), node, context)
  const run =
    node.operator === '&&'
      ? (environment: Environment) => left(environment) && right(environment)
      : (environment: Environment) => left(environment) || right(environment)
  return { types: BOOLEAN, run }
}

/** Compiles `!` (booleans) and unary minus (numbers). */
export function compileUnary(node: UnaryExpression, context: PartContext): Compiled {
  const { compile, refuse } = context
  const operand = compile(node.argument)
  if (node.operator === '!') {
    const test = condition(operand, node, context)
    return { types: BOOLEAN, run: (environment) => !test(environment) }
  }
  if (node.operator !== '-') return refuse(node, `Operator ${node.operator} is not supported.`)
  if (!fits(operand, NUMBER)) {
    return refuse(node, `Operator - takes number, not ${describeTypes(operand.types)}.`)
  }
  const negate = (value: unknown) => (typeof value === 'number' ? -value : failEvaluation())
  return { types: NUMBER, run: (environment) => negate(operand.run(environment)) }
}

/** Compiles `test ? a : b`; both outcomes have to fit where the expression stands. */
export function compileConditional(node: ConditionalExpression, context: PartContext): Compiled {
  const test = condition(context.compile(node.test), node, context)
  const yes = context.compile(node.consequent)
  const no = context.compile(node.alternate)
  return {
    types: yes.types | no.types,
    run: (environment) => (test(environment) ? yes : no).run(environment),
    outcomes: [yes, no],
  }
}

function condition(compiled: Compiled, node: { start: number }, { refuse }: PartContext) {
  if (!fits(compiled, BOOLEAN))
    refuse(node, `A condition has to be boolean, not ${describeTypes(compiled.types)}.`)
  return (environment: Environment): boolean => {
    const value = compiled.run(environment)
    return typeof value === 'boolean' ? value : failEvaluation()
  }
}

function isNullable(left: Compiled, right: Compiled): boolean {
  return ((left.types | right.types) & NULL) !== 0
}

function order(
  compare: (left: number | string, right: number | string) => boolean,
  a: unknown,
  b: unknown,
): boolean {
  if (typeof a === 'number' && typeof b === 'number') return compare(a, b)
  if (typeof a === 'string' && typeof b === 'string') return compare(a, b)
  return failEvaluation()
}

function plus(a: unknown, b: unknown): number | string {
  if (typeof a === 'number' && typeof b === 'number') return a + b
  if (!isText(a) || !isText(b)) return failEvaluation()
  return limitText(String(a) + String(b))
}

function isText(value: unknown): value is number | string {
  return typeof value === 'string' || typeof value === 'number'
}
