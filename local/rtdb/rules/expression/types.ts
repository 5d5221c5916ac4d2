import type { RuleSnapshot } from './snapshot.ts'

/**
 * What an expression may be, as a set of bits: the checker at upload keeps every possibility and refuses only what
 * can never work (notes section 5); what remains is checked when the rule runs.
 */
export const BOOLEAN = 1
export const NUMBER = 2
export const STRING = 4
export const NULL = 8
/** The value of a location that has children. It can be compared and nothing else. */
const TREE = 16
/** An object or array inside `auth`, which can be indexed. */
export const RECORD = 32
export const SNAPSHOT = 64
export const REGEX = 128
export const QUERY = 256

export const PRIMITIVE = BOOLEAN | NUMBER | STRING | NULL
/** What `val()` may give. */
export const STORED = PRIMITIVE | TREE
/** What `auth` and everything inside it may be. */
export const DYNAMIC = PRIMITIVE | RECORD

/** The variables of a rule; each is legal in some kinds of rule only. */
export type VariableName = 'auth' | 'now' | 'root' | 'data' | 'newData' | 'query'

/** The query behind a read, as `.read` rules see it. A plain read is ordered by key and limited by nothing. */
export interface RuleQuery {
  orderByKey: boolean
  orderByValue: boolean
  orderByPriority: boolean
  orderByChild: string | null
  startAt: boolean | number | string | null
  endAt: boolean | number | string | null
  equalTo: boolean | number | string | null
  limitToFirst: number | null
  limitToLast: number | null
}

/** Everything one evaluation can see. `wildcards` holds the values of `$names` from the root down. */
export interface Environment {
  auth: unknown
  now: number
  root: RuleSnapshot
  data: RuleSnapshot
  newData: RuleSnapshot
  query: RuleQuery
  wildcards: readonly string[]
}

/** An expression ready to run. */
export interface Compiled {
  /** Bits of what it may give. */
  types: number
  run: (environment: Environment) => unknown
  /** The outcomes of a ternary, each of which has to fit where the whole stands. */
  outcomes?: readonly Compiled[]
}

/** Ends the evaluation of a rule, which then counts as false. */
export class EvaluationError extends Error {}

// One instance for all: a refused write needs no stack trace, and making one costs more than the rule itself.
const failure = new EvaluationError('The rule has no answer for this data.')

/** Ends the running rule: whatever stands around the expression, the rule is false. */
export function failEvaluation(): never {
  throw failure
}

const typeNames: readonly (readonly [number, string])[] = [
  [BOOLEAN, 'boolean'],
  [NUMBER, 'number'],
  [STRING, 'string'],
  [NULL, 'null'],
  [TREE, 'object'],
  [RECORD, 'object'],
  [SNAPSHOT, 'snapshot'],
  [REGEX, 'regular expression'],
  [QUERY, 'query'],
]

/** Words for a set of type bits, for messages. */
export function describeTypes(types: number): string {
  const words = typeNames.filter(([bit]) => (types & bit) !== 0).map(([, word]) => word)
  return [...new Set(words)].join(' or ')
}

/** Whether every outcome of an expression could be one of the allowed types. */
export function fits(compiled: Compiled, allowed: number): boolean {
  if (compiled.outcomes !== undefined) return compiled.outcomes.every((outcome) => fits(outcome, allowed))
  return (compiled.types & allowed) !== 0
}
