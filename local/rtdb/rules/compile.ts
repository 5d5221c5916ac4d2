import { isValidKey } from '../tree/path.ts'
import type { Path } from '../tree/path.ts'
import { compileExpression } from './expression/compile-expression.ts'
import { ExpressionError } from './expression/parse-expression.ts'
import { RuleSnapshot } from './expression/snapshot.ts'
import type { VariableName } from './expression/types.ts'
import { plainRead, toRuleQuery } from './rule-query.ts'
import type { ReadRequest, RuleSet, WriteRequest } from './rule-set.ts'
import { locationOf, stepDown } from './rule-tree.ts'
import type { Condition, RuleNode, RulePosition } from './rule-tree.ts'
import { RulesError } from './rules-error.ts'
import { parseRulesSource } from './source.ts'
import type { SourceEntry, SourceValue } from './source.ts'
import { WriteCheck } from './write-check.ts'

const readVariables: readonly VariableName[] = ['auth', 'now', 'root', 'data', 'query']
const writeVariables: readonly VariableName[] = ['auth', 'now', 'root', 'data', 'newData']
const wildcardKey = /^\$\w+$/

/**
 * Compiles an uploaded rules file (protocol notes, section 5).
 *
 * @throws {RulesError} naming the line and the rule, for everything that an upload has to refuse.
 */
export function compileRules(source: string): RuleSet {
  const file = parseRulesSource(source)
  if (file.kind !== 'object') throw new RulesError('The rules have to be an object.', file.line)
  const stray = file.entries.find(({ key }) => key !== 'rules')
  if (stray !== undefined)
    throw new RulesError(`Unknown key ${JSON.stringify(stray.key)} beside "rules".`, stray.line)
  const rules = file.entries[0]
  if (rules === undefined) throw new RulesError('The key "rules" is missing.', file.line)
  return new CompiledRules(buildNode(rules.value, '', []))
}

class CompiledRules implements RuleSet {
  readonly #rules: RuleNode

  constructor(rules: RuleNode) {
    this.#rules = rules
  }

  /**
   * The first `.read` on the way down that is true grants. Rules above the location see a plain read: a condition on
   * the query speaks about the children of its own location, and not about what lies deeper.
   */
  canRead({ root, path, auth, now, query }: ReadRequest): boolean {
    const top = new RuleSnapshot(root)
    const location = locationOf(path)
    let position: RulePosition | undefined = { rule: this.#rules, wildcards: [] }
    let data = top
    for (let depth = 0; depth <= location.length; depth += 1) {
      const { rule, wildcards } = position
      const asked = depth === location.length ? toRuleQuery(query) : plainRead
      const environment = { auth, now, root: top, data, newData: data, query: asked, wildcards }
      if (rule.read?.(environment) === true) return true
      const key = location[depth]
      if (key === undefined) return false
      position = stepDown(position, key)
      if (position === undefined) return false
      data = data.step(key)
    }
    return false
  }

  canWrite(request: WriteRequest): boolean {
    return new WriteCheck(this.#rules, request).allowed()
  }

  indexesAt(path: Path): readonly string[] {
    let position: RulePosition | undefined = { rule: this.#rules, wildcards: [] }
    for (const key of path) {
      position = stepDown(position, key)
      if (position === undefined) return []
    }
    return position.rule.indexOn
  }
}

function buildNode(source: SourceValue, path: string, wildcards: readonly string[]): RuleNode {
  if (source.kind !== 'object') throw new RulesError("Expected '{'.", source.line, path)
  const children = new Map<string, RuleNode>()
  const node: RuleNode = { indexOn: [], children, validates: false }
  for (const entry of source.entries) {
    const place = `${path}/${entry.key}`
    if (entry.key.startsWith('.')) setRule(node, entry, place, wildcards)
    else if (entry.key.startsWith('$')) node.wildcard = buildWildcard(node, entry, place, wildcards)
    else children.set(checkKey(entry, place), buildNode(entry.value, place, wildcards))
  }
  const below = [...children.values(), ...(node.wildcard === undefined ? [] : [node.wildcard])]
  node.validates = node.validate !== undefined || below.some((child) => child.validates)
  return node
}

function buildWildcard(
  node: RuleNode,
  entry: SourceEntry,
  place: string,
  wildcards: readonly string[],
): RuleNode {
  const { key, line, value } = entry
  if (node.wildcard !== undefined)
    throw new RulesError('There is more than one wildcard on this level.', line, place)
  if (!wildcardKey.test(key))
    throw new RulesError('A wildcard is $ followed by letters, digits or _.', line, place)
  if (wildcards.includes(key)) throw new RulesError(`The wildcard ${key} is already used above.`, line, place)
  return buildNode(value, place, [...wildcards, key])
}

function checkKey({ key, line }: SourceEntry, place: string): string {
  if (!isValidKey(key))
    throw new RulesError(`${JSON.stringify(key)} cannot be a key of the database.`, line, place)
  return key
}

function setRule(node: RuleNode, entry: SourceEntry, place: string, wildcards: readonly string[]): void {
  const { key, line, value } = entry
  if (key === '.read') node.read = buildCondition(value, place, readVariables, wildcards)
  else if (key === '.write') node.write = buildCondition(value, place, writeVariables, wildcards)
  else if (key === '.validate') node.validate = buildCondition(value, place, writeVariables, wildcards)
  else if (key === '.indexOn') node.indexOn = buildIndexes(value, place)
  else throw new RulesError(`Unknown rule ${JSON.stringify(key)}.`, line, place)
}

function buildCondition(
  value: SourceValue,
  place: string,
  variables: readonly VariableName[],
  wildcards: readonly string[],
): Condition {
  if (value.kind === 'literal' && typeof value.value === 'boolean') {
    const always = value.value
    return () => always
  }
  if (value.kind !== 'string') throw new RulesError('A rule is a string or a boolean.', value.line, place)
  try {
    return compileExpression(value.text, { variables, wildcards })
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    throw new RulesError(error.message, value.line + error.line, place)
  }
}

function buildIndexes(value: SourceValue, place: string): string[] {
  const items = value.kind === 'array' ? value.items : [value]
  return items.map((item) => {
    if (item.kind !== 'string')
      throw new RulesError('.indexOn is a string or an array of strings.', item.line, place)
    const keys = item.text.split('/').filter((key) => key !== '')
    if (item.text === '.value') return item.text
    if (keys.length === 0 || !keys.every(isValidKey)) {
      throw new RulesError(`${JSON.stringify(item.text)} is no child path to index.`, item.line, place)
    }
    return keys.join('/')
  })
}
