import { parseExpressionAt } from 'acorn'
import type { CallExpression, Expression, Identifier, Literal, MemberExpression } from 'acorn'

import { PatternError } from '../pattern/parse-pattern.ts'
import { callMethod, compileRegex, findMethod, findProperty } from './members.ts'
import type { Method } from './members.ts'
import { compileBinary, compileConditional, compileLogical, compileUnary } from './operators.ts'
import type { PartContext } from './operators.ts'
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
  RECORD,
  REGEX,
  SNAPSHOT,
  STRING,
} from './types.ts'
import type { Compiled, Environment, VariableName } from './types.ts'
import { readMember } from './values.ts'

/** Why one expression was refused; `line` counts from 0 inside the expression. */
export class ExpressionError extends Error {
  readonly line: number

  constructor(reason: string, line: number) {
    super(reason)
    this.line = line
  }
}

/** What an expression may name: the variables of its kind of rule and the wildcards above it, from the root down. */
export interface Names {
  variables: readonly VariableName[]
  wildcards: readonly string[]
}

const VARIABLE_TYPES: Record<VariableName, number> = {
  auth: DYNAMIC,
  now: NUMBER,
  root: SNAPSHOT,
  data: SNAPSHOT,
  newData: SNAPSHOT,
  query: QUERY,
}

const MAX_LENGTH = 64 * 1024
const MAX_DEPTH = 400
const BLANK = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*$/

/**
 * Checks a rule's expression and turns it into one function (notes section 5). The function never throws for data it
 * cannot digest: an error at run time makes the whole rule false, under `!` and inside a ternary too.
 *
 * @throws {ExpressionError} for everything that an upload has to refuse.
 */
export function compileExpression(source: string, names: Names): (environment: Environment) => boolean {
  const compiler = new ExpressionCompiler(source, names)
  const { run } = compiler.rule()
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
    const compiled = this.#compile(this.#parse())
    if (!fits(compiled, BOOLEAN)) {
      throw new ExpressionError(`A rule has to be boolean, not ${describeTypes(compiled.types)}.`, 0)
    }
    return compiled
  }

  #parse(): Expression {
    if (this.#source.length > MAX_LENGTH) throw new ExpressionError('The expression is too long.', 0)
    let node: Expression
    try {
      node = parseExpressionAt(this.#source, 0, { ecmaVersion: 5, preserveParens: true })
    } catch (error) {
      if (error instanceof RangeError) throw new ExpressionError('The expression is nested too deep.', 0)
      if (!(error instanceof SyntaxError)) throw error
      const at = 'pos' in error && typeof error.pos === 'number' ? error.pos : 0
      throw new ExpressionError(`${error.message.replace(/ \(\d+:\d+\)$/, '')}.`, this.#lineOf(at))
    }
    if (!BLANK.test(this.#source.slice(node.end))) {
      throw new ExpressionError('A rule is one expression; more follows it.', this.#lineOf(node.end))
    }
    return node
  }

  #compile(node: Expression): Compiled {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) this.#refuse(node, 'The expression is nested too deep.')
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
        return this.#member(node)
      case 'CallExpression':
        return this.#call(node)
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
      const test = this.#regex(node)
      return { types: REGEX, run: () => test }
    }
    if (value === null) return { types: NULL, run: () => null }
    if (typeof value === 'boolean') return { types: BOOLEAN, run: () => value }
    if (typeof value === 'number') return { types: NUMBER, run: () => value }
    if (typeof value === 'string') return { types: STRING, run: () => value }
    return this.#refuse(node, 'This literal is not part of the rules language.')
  }

  #regex(node: Literal): (value: string) => boolean {
    try {
      return compileRegex(node.regex?.pattern ?? '', node.regex?.flags ?? '')
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      return this.#refuse(node, `In the regular expression ${error.message}.`)
    }
  }

  #identifier(node: Identifier): Compiled {
    const { name } = node
    const wildcard = this.#names.wildcards.indexOf(name)
    if (wildcard !== -1)
      return { types: STRING, run: ({ wildcards }) => wildcards[wildcard] ?? failEvaluation() }
    const variable = this.#names.variables.find((known) => known === name)
    if (variable === undefined) return this.#refuse(node, `Unknown variable '${name}'.`)
    return { types: VARIABLE_TYPES[variable], run: (environment) => environment[variable] }
  }

  #member(node: MemberExpression): Compiled {
    const object = this.#object(node)
    const name = staticName(node)
    if (name === undefined) return this.#indexed(node, object)
    const types = findProperty(object.types, name)
    if (types === undefined && (object.types & RECORD) === 0) {
      return this.#refuse(node, `No such method or property '${name}'.`)
    }
    return { types: types ?? DYNAMIC, run: (environment) => readMember(object.run(environment), name) }
  }

  #indexed(node: MemberExpression, object: Compiled): Compiled {
    if ((object.types & RECORD) === 0) this.#refuse(node, 'Only values inside auth can be indexed.')
    if (node.property.type === 'PrivateIdentifier')
      return this.#refuse(node, 'Private names have no place in rules.')
    const key = this.#compile(node.property)
    if (!fits(key, STRING | NUMBER)) this.#refuse(node, `An index cannot be ${describeTypes(key.types)}.`)
    return {
      types: DYNAMIC,
      run: (environment) => readMember(object.run(environment), key.run(environment)),
    }
  }

  #object(node: MemberExpression): Compiled {
    if (node.object.type === 'Super') return this.#refuse(node, 'Super has no place in rules.')
    return this.#compile(node.object)
  }

  #call(node: CallExpression): Compiled {
    const { callee } = node
    if (callee.type !== 'MemberExpression') return this.#refuse(node, 'Only methods can be called.')
    const name = staticName(callee)
    if (name === undefined) return this.#refuse(node, 'The name of a method cannot be computed.')
    const receiver = this.#object(callee)
    const method = findMethod(receiver.types, name)
    if (method === undefined) return this.#refuse(node, `No such method or property '${name}'.`)
    const args = this.#arguments(node, name, method)
    const onSnapshot = (receiver.types & SNAPSHOT) !== 0
    return {
      types: method.types,
      run: (environment) => {
        const target = receiver.run(environment)
        const values = args.map((argument) => argument(environment))
        return callMethod(method, onSnapshot, target, values)
      },
    }
  }

  #arguments(node: CallExpression, name: string, method: Method): ((environment: Environment) => unknown)[] {
    const given = node.arguments.filter((argument) => argument.type !== 'SpreadElement')
    const optional = method.parameters[0] === 'keys' && given.length === 0
    if (given.length !== method.parameters.length && !optional) {
      this.#refuse(node, `${name} takes ${method.parameters.length} argument(s), not ${given.length}.`)
    }
    return given.map((argument, index) => {
      const parameter = method.parameters[index]
      if (parameter === 'keys') return this.#keys(argument, name)
      if (parameter === 'text') return this.#text(argument, name)
      const pattern = this.#compile(argument)
      if (pattern.types !== REGEX) this.#refuse(argument, `${name} takes a regular expression literal.`)
      return pattern.run
    })
  }

  #text(node: Expression, name: string): (environment: Environment) => string {
    const compiled = this.#compile(node)
    if (!fits(compiled, STRING))
      this.#refuse(node, `${name} takes a string, not ${describeTypes(compiled.types)}.`)
    return (environment) => {
      const value = compiled.run(environment)
      return typeof value === 'string' ? value : failEvaluation()
    }
  }

  #keys(node: Expression, name: string): (environment: Environment) => string[] {
    if (node.type !== 'ArrayExpression' || node.elements.length === 0) {
      return this.#refuse(node, `${name} takes one array of strings that is not empty.`)
    }
    const keys = node.elements.map((element) =>
      element === null || element.type === 'SpreadElement'
        ? this.#refuse(node, `${name} takes an array of strings.`)
        : this.#text(element, name),
    )
    return (environment) => keys.map((key) => key(environment))
  }

  #lineOf(position: number): number {
    return this.#source.slice(0, position).split('\n').length - 1
  }

  #refuse(node: { start: number }, reason: string): never {
    throw new ExpressionError(reason, this.#lineOf(node.start))
  }
}

/** The name after the dot, or the literal in brackets; undefined when the name is computed. */
function staticName(node: MemberExpression): string | undefined {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : undefined
  return node.property.type === 'Literal' && typeof node.property.value === 'string'
    ? node.property.value
    : undefined
}
