import { compilePattern } from '../pattern/compile-pattern.ts'
import { PatternError } from '../pattern/parse-pattern.ts'
import { RuleSnapshot } from './snapshot.ts'
import {
  BOOLEAN,
  failEvaluation,
  NULL,
  NUMBER,
  PRIMITIVE,
  QUERY,
  RECORD,
  SNAPSHOT,
  STORED,
  STRING,
} from './types.ts'
import { replaceText } from './values.ts'

/** A method of rules: its result, its parameters, and what it does once the receiver and arguments are values. */
export interface Method {
  types: number
  /** `keys` is the optional array of names of `hasChildren`, `pattern` a regular expression literal. */
  parameters: readonly ('text' | 'keys' | 'pattern')[]
  apply: (receiver: never, ...args: never[]) => unknown
}

const text = (types: number, apply: (receiver: string, ...args: string[]) => unknown): Method => ({
  types,
  parameters: Array.from({ length: apply.length - 1 }, () => 'text' as const),
  apply,
})

const stringMethods = new Map<string, Method>([
  ['contains', text(BOOLEAN, (receiver, part) => receiver.includes(part))],
  ['beginsWith', text(BOOLEAN, (receiver, part) => receiver.startsWith(part))],
  ['endsWith', text(BOOLEAN, (receiver, part) => receiver.endsWith(part))],
  ['replace', text(STRING, (receiver, part, replacement) => replaceText(receiver, part, replacement))],
  ['toLowerCase', text(STRING, (receiver) => receiver.toLowerCase())],
  ['toUpperCase', text(STRING, (receiver) => receiver.toUpperCase())],
  [
    'matches',
    {
      types: BOOLEAN,
      parameters: ['pattern'],
      apply: (receiver: string, test: (value: string) => boolean) => test(receiver),
    },
  ],
])

const snapshot = (types: number, apply: (receiver: RuleSnapshot) => unknown): Method => ({
  types,
  parameters: [],
  apply,
})

const snapshotMethods = new Map<string, Method>([
  ['val', snapshot(STORED, (receiver) => receiver.val())],
  ['parent', snapshot(SNAPSHOT, (receiver) => receiver.parent())],
  ['exists', snapshot(BOOLEAN, (receiver) => receiver.exists())],
  ['isString', snapshot(BOOLEAN, (receiver) => typeof receiver.val() === 'string')],
  ['isNumber', snapshot(BOOLEAN, (receiver) => typeof receiver.val() === 'number')],
  ['isBoolean', snapshot(BOOLEAN, (receiver) => typeof receiver.val() === 'boolean')],
  ['getPriority', snapshot(PRIMITIVE, (receiver) => receiver.priority())],
  [
    'child',
    {
      types: SNAPSHOT,
      parameters: ['text'],
      apply: (receiver: RuleSnapshot, path: string) => receiver.child(path),
    },
  ],
  [
    'hasChild',
    {
      types: BOOLEAN,
      parameters: ['text'],
      apply: (receiver: RuleSnapshot, path: string) => receiver.child(path).exists(),
    },
  ],
  [
    'hasChildren',
    {
      types: BOOLEAN,
      parameters: ['keys'],
      apply: (receiver: RuleSnapshot, paths?: readonly string[]) => receiver.hasChildren(paths),
    },
  ],
])

const queryMembers = new Map<string, number>([
  ['orderByKey', BOOLEAN],
  ['orderByValue', BOOLEAN],
  ['orderByPriority', BOOLEAN],
  ['orderByChild', STRING | NULL],
  ['startAt', PRIMITIVE],
  ['endAt', PRIMITIVE],
  ['equalTo', PRIMITIVE],
  ['limitToFirst', NUMBER | NULL],
  ['limitToLast', NUMBER | NULL],
])

/** The method of that name on a receiver of these types; undefined where there is none. */
export function findMethod(receiver: number, name: string): Method | undefined {
  if ((receiver & SNAPSHOT) !== 0) return snapshotMethods.get(name)
  return (receiver & STRING) === 0 ? undefined : stringMethods.get(name)
}

/** The types of a property that is no method; undefined where there is no such property. */
export function findProperty(receiver: number, name: string): number | undefined {
  if ((receiver & QUERY) !== 0) return queryMembers.get(name)
  if ((receiver & RECORD) !== 0) return name === 'length' ? PRIMITIVE | RECORD : undefined
  return (receiver & STRING) !== 0 && name === 'length' ? NUMBER | NULL : undefined
}

/** Calls a method. A receiver of another type, which only the data could tell, fails the rule. */
export function callMethod(
  method: Method,
  onSnapshot: boolean,
  receiver: unknown,
  args: readonly unknown[],
): unknown {
  const fitting = onSnapshot ? receiver instanceof RuleSnapshot : typeof receiver === 'string'
  if (!fitting) return failEvaluation()
  return (method.apply as (receiver: unknown, ...args: readonly unknown[]) => unknown)(receiver, ...args)
}

/**
 * The test behind a regular expression literal.
 *
 * @throws {PatternError} naming what is not part of the dialect.
 */
export function compileRegex(source: string, flags: string): (value: string) => boolean {
  if (flags !== '' && flags !== 'i') throw new PatternError(`the flag '${flags}' is not supported`)
  return compilePattern(source, flags === 'i')
}
