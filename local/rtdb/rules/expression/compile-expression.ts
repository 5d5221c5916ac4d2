import type { Expression, Identifier, Literal } from 'acorn'

import { PatternError } from '../pattern/parse-pattern.ts'
import { compileMember } from './member-access.ts'
import { compileRegex } from './members.ts'
import { compileCall } from './method-call.ts'
import { compileBinary, compileConditional, compileLogical, compileUnary } from './operators.ts'
import type { PartContext } from './operators.ts'
import { ExpressionError, lineAt, parseExpression } from './parse-expression.ts'
import {
  BOOLEAN,
  describeTypes,
  DYNAMIC,
  EvaluationError,
  failEvaluation,
  fits,
  NULL,
  NUMBER,
  QUERY,
  REGEX,
  SNAPSHOT,
  STRING,
} from './types.ts'
import type { Compiled, Environment, VariableName } from './types.ts'

/** What an expression may name: the variables of its kind of rule and the wildcards above it, from the root down. */
export interface Names {
  readonly variables: readonly VariableName[]
  readonly wildcards: readonly string[]
}

const variableTypes: Record<VariableName, number> = {
  auth: DYNAMIC,
  now: NUMBER,
  root: SNAPSHOT,
  data: SNAPSHOT,
  newData: SNAPSHOT,
  query: QUERY,
}

const maxDepth = 400

/**
 * Checks a rule's expression and turns it into one function (notes section 5). The function never throws for data it
 * cannot digest: an error at run time makes the whole rule false, under `!` and inside a ternary too.
 *
 * @throws {ExpressionError} for everything that an upload has to refuse.
 */
export function compileExpression(source: string, names: Names): (environment: Environment) => boolean {
  const { run } = new ExpressionCompiler(source, names).rule()
  return (environment) => {
    try {
      return run(environment) === true
    } catch (error) {
      if (error instanceof EvaluationError) return false
      throw error
    }
  }
}

class ExpressionCompiler {
  readonly #source: string
  readonly #names: Names
  readonly #context: PartContext
  #depth = 0

  constructor(source: string, names: Names) {
    this.#source = source
    this.#names = names
    this.#context = {
      compile: (node) => this.#compile(node),
      refuse: (node, reason) => this.#refuse(node, reason),
    }
  }

  rule(): Compiled {
    const compiled = this.#compile(parseExpression(this.#source))
    if (fits(compiled, BOOLEAN)) return compiled
    throw new ExpressionError(`A rule has to be boolean, not ${describeTypes(compiled.types)}.`, 0)
  }

  #compile(node: Expression): Compiled {
    this.#depth += 1
    if (this.#depth > maxDepth) this.#refuse(node, 'The expression is nested too deep.')
    const compiled = this.#compileKind(node)
    this.#depth -= 1
    return compiled
  }

  #compileKind(node: Expression): Compiled {
    switch (node.type) {
      case 'ParenthesizedExpression':
        return this.#compile(node.expression)
      case 'Literal':
        return this.#literal(node)
      case 'Identifier':
        return this.#identifier(node)
      case 'MemberExpression':
        return compileMember(node, this.#context)
      case 'CallExpression':
        return compileCall(node, this.#context)
      case 'BinaryExpression':
        return compileBinary(node, this.#context)
      case 'LogicalExpression':
        return compileLogical(node, this.#context)
      case 'UnaryExpression':
        return compileUnary(node, this.#context)
      case 'ConditionalExpression':
        return compileConditional(node, this.#context)
      default:
        return this.#refuse(node, `${node.type} is not part of the rules language.`)
    }
  }

  #literal(node: Literal): Compiled {
    const { value } = node
    if (node.regex !== undefined && node.regex !== null) {
      const test = this.#regex(node, node.regex)
      return { types: REGEX, run: () => test }
    }
    if (value === null) return { types: NULL, run: () => null }
    if (typeof value === 'boolean') return { types: BOOLEAN, run: () => value }
    if (typeof value === 'number') return { types: NUMBER, run: () => value }
    if (typeof value === 'string') return { types: STRING, run: () => value }
    return this.#refuse(node, 'This literal is not part of the rules language.')
  }

  #regex(node: Literal, { pattern, flags }: { pattern: string; flags: string }): (value: string) => boolean {
    try {
      return compileRegex(pattern, flags)
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      return this.#refuse(node, `In the regular expression ${error.message}.`)
    }
  }

  #identifier(node: Identifier): Compiled {
    const { name } = node
    const wildcard = this.#names.wildcards.indexOf(name)
    if (wildcard !== -1) {
      return { types: STRING, run: ({ wildcards }) => wildcards[wildcard] ?? failEvaluation() }
    }
    const variable = this.#names.variables.find((known) => known === name)
    if (variable === undefined) return this.#refuse(node, `Unknown variable '${name}'.`)
    return { types: variableTypes[variable], run: (environment) => environment[variable] }
  }

  #refuse(node: { start: number }, reason: string): never {
    throw new ExpressionError(reason, lineAt(this.#source, node.start))
  }
}
