import { parseExpressionAt } from 'acorn'
import type { Expression } from 'acorn'

/** Why one expression was refused; `line` counts from 0 inside the expression. */
export class ExpressionError extends Error {
  readonly line: number

  constructor(reason: string, line: number) {
    super(reason)
    this.line = line
  }
}

const maxLength = 64 * 1024
// Each comment can be read in one way only; else a hostile tail would make the test of it take for ever.
const blank = /^(?:\s|\/\/[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*$/

/**
 * The syntax tree of a rule: one expression of old JavaScript, so that whatever came to the language since is refused
 * by its syntax already.
 *
 * @throws {ExpressionError} for anything else.
 */
export function parseExpression(source: string): Expression {
  if (source.length > maxLength) throw new ExpressionError('The expression is too long.', 0)
  const node = parse(source)
  if (!blank.test(source.slice(node.end))) {
    throw new ExpressionError('A rule is one expression; more follows it.', lineAt(source, node.end))
  }
  return node
}

function parse(source: string): Expression {
  try {
    return parseExpressionAt(source, 0, { ecmaVersion: 5, preserveParens: true })
  } catch (error) {
    if (error instanceof RangeError) throw new ExpressionError('The expression is nested too deep.', 0)
    if (!(error instanceof SyntaxError)) throw error
    const at = 'pos' in error && typeof error.pos === 'number' ? error.pos : 0
    throw new ExpressionError(`${error.message.replace(/ \(\d+:\d+\)$/, '')}.`, lineAt(source, at))
  }
}

/** The line of a position, counted from 0. */
export function lineAt(source: string, position: number): number {
  return source.slice(0, position).split('\n').length - 1
}
