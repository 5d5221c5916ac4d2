import type { MemberExpression } from 'acorn'

import { findProperty } from './members.ts'
import type { PartContext } from './operators.ts'
import { describeTypes, DYNAMIC, fits, NUMBER, RECORD, STRING } from './types.ts'
import type { Compiled } from './types.ts'
import { readMember } from './values.ts'

/** Compiles `object.name` and `object[key]`; what is not there is null. */
export function compileMember(node: MemberExpression, context: PartContext): Compiled {
  const object = compileObject(node, context)
  const name = staticName(node)
  if (name === undefined) return compileIndexed(node, object, context)
  const types = findProperty(object.types, name)
  if (types === undefined && (object.types & RECORD) === 0) {
    return context.refuse(node, `No such method or property '${name}'.`)
  }
  return { types: types ?? DYNAMIC, run: (environment) => readMember(object.run(environment), name) }
}

/** Compiles what stands before the dot. */
export function compileObject(node: MemberExpression, { compile, refuse }: PartContext): Compiled {
  return node.object.type === 'Super' ? refuse(node, 'Super has no place in rules.') : compile(node.object)
}

/** The name after the dot, or the literal in brackets; undefined when the name is computed. */
export function staticName({ computed, property }: MemberExpression): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined
}

function compileIndexed(
  node: MemberExpression,
  object: Compiled,
  { compile, refuse }: PartContext,
): Compiled {
  if ((object.types & RECORD) === 0) refuse(node, 'Only values inside auth can be indexed.')
  if (node.property.type === 'PrivateIdentifier') return refuse(node, 'Private names have no place in rules.')
  const key = compile(node.property)
  if (!fits(key, STRING | NUMBER)) refuse(node, `An index cannot be ${describeTypes(key.types)}.`)
  return { types: DYNAMIC, run: (environment) => readMember(object.run(environment), key.run(environment)) }
}
