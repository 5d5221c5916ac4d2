import type { CallExpression, Expression } from 'acorn'

import { compileObject, staticName } from './member-access.ts'
import { callMethod, findMethod } from './members.ts'
import type { Method } from './members.ts'
import type { PartContext } from './operators.ts'
import { describeTypes, failEvaluation, fits, REGEX, SNAPSHOT, STRING } from './types.ts'
import type { Compiled, Environment } from './types.ts'

type Argument = (environment: Environment) => unknown

/** Compiles a call of a snapshot's or a string's method; its name, and the number of its arguments, are known at upload. */
export function compileCall(node: CallExpression, context: PartContext): Compiled {
  const { callee } = node
  if (callee.type !== 'MemberExpression') return context.refuse(node, 'Only methods can be called.')
  const name = staticName(callee)
  if (name === undefined) return context.refuse(node, 'The name of a method cannot be computed.')
  const receiver = compileObject(callee, context)
  const method = findMethod(receiver.types, name)
  if (method === undefined) return context.refuse(node, `No such method or property '${name}'.`)
  const args = compileArguments(node, name, method, context)
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

function compileArguments(
  node: CallExpression,
  name: string,
  method: Method,
  context: PartContext,
): Argument[] {
  const { parameters } = method
  const given = node.arguments.filter((argument) => argument.type !== 'SpreadElement')
  const optional = parameters[0] === 'keys' && given.length === 0
  if (given.length !== parameters.length && !optional) {
    context.refuse(node, `${name} takes ${parameters.length} argument(s), not ${given.length}.`)
  }
  return given.map((argument, index) => {
    const parameter = parameters[index]
    if (parameter === 'keys') return compileKeys(argument, name, context)
    if (parameter === 'text') return compileText(argument, name, context)
    const pattern = context.compile(argument)
    if (pattern.types !== REGEX) context.refuse(argument, `${name} takes a regular expression literal.`)
    return pattern.run
  })
}

function compileText(node: Expression, name: string, { compile, refuse }: PartContext): Argument {
  const compiled = compile(node)
  if (!fits(compiled, STRING)) refuse(node, `${name} takes a string, not ${describeTypes(compiled.types)}.`)
  return (environment) => {
    const value = compiled.run(environment)
    return typeof value === 'string' ? value : failEvaluation()
  }
}

function compileKeys(node: Expression, name: string, context: PartContext): Argument {
  if (node.type !== 'ArrayExpression' || node.elements.length === 0) {
    return context.refuse(node, `${name} takes one array of strings that is not empty.`)
  }
  const keys = node.elements.map((element) =>
    element === null || element.type === 'SpreadElement'
      ? context.refuse(node, `${name} takes an array of strings.`)
      : compileText(element, name, context),
  )
  return (environment) => keys.map((key) => key(environment))
}
