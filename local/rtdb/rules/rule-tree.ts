import { priorityKey } from '../tree/path.ts'
import type { Path } from '../tree/path.ts'
import type { Environment } from './expression/types.ts'

/** A compiled `.read`, `.write` or `.validate`. */
export type Condition = (environment: Environment) => boolean

/** One level of the rules, compiled. */
export interface RuleNode {
  read?: Condition
  write?: Condition
  validate?: Condition
  indexOn: readonly string[]
  /** The levels below by literal key; they win over the wildcard. */
  children: ReadonlyMap<string, RuleNode>
  /** The level below for every other key; the key becomes the next of the environment's wildcards. */
  wildcard?: RuleNode
  /** Whether there is a `.validate` here or anywhere below: where there is none, written data need not be walked. */
  validates: boolean
}

/** Where a walk down the rules stands. */
export interface RulePosition {
  rule: RuleNode
  /** The keys that the wildcards on the way have taken. */
  wildcards: readonly string[]
}

/** The level below for a key; undefined where no rule reaches. */
export function stepDown({ rule, wildcards }: RulePosition, key: string): RulePosition | undefined {
  const literal = rule.children.get(key)
  if (literal !== undefined) return { rule: literal, wildcards }
  return rule.wildcard && { rule: rule.wildcard, wildcards: [...wildcards, key] }
}

/** Where rules judge a path: a priority belongs to the location it is on. */
export function locationOf(path: Path): Path {
  return path.at(-1) === priorityKey ? path.slice(0, -1) : path
}
