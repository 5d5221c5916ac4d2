import { priorityKey } from '../tree/path.ts'
import type { Path } from '../tree/path.ts'
import { RuleSnapshot } from './expression/snapshot.ts'
import type { Environment } from './expression/types.ts'
import { plainRead } from './rule-query.ts'
import type { WriteRequest } from './rule-set.ts'
import { locationOf, stepDown } from './rule-tree.ts'
import type { RuleNode, RulePosition } from './rule-tree.ts'

/** The written paths as a tree, so that rules above several of them are asked once. */
interface Written {
  /** Everything below was replaced, and not only the children listed. */
  whole: boolean
  children: Map<string, Written>
}

/** A place in the rules with the data before and after the write. */
interface Place extends RulePosition {
  data: RuleSnapshot
  newData: RuleSnapshot
}

/** Decides one write (notes section 5): `.write` for every path first, then `.validate` for everything written. */
export class WriteCheck {
  readonly #request: WriteRequest
  readonly #start: Place

  constructor(rules: RuleNode, request: WriteRequest) {
    this.#request = request
    const data = new RuleSnapshot(request.before)
    this.#start = { rule: rules, wildcards: [], data, newData: new RuleSnapshot(request.after) }
  }

  allowed(): boolean {
    const { paths } = this.#request
    return paths.every((path) => this.#isGranted(path)) && this.#isValid(this.#start, writtenTree(paths))
  }

  /** The first `.write` on the way down that is true grants; nothing below can take that back. */
  #isGranted(path: Path): boolean {
    let place: Place | undefined = this.#start
    for (const key of [...locationOf(path), undefined]) {
      if (place.rule.write?.(this.#environment(place)) === true) return true
      if (key === undefined) return false
      place = below(place, key)
      if (place === undefined) return false
    }
    return false
  }

  /** Every `.validate` on the way and at everything written has to be true; what is gone need not be valid. */
  #isValid(place: Place, written: Written | undefined): boolean {
    const { rule, newData } = place
    if (!rule.validates || !newData.exists()) return true
    if (rule.validate !== undefined && !rule.validate(this.#environment(place))) return false
    const next = written === undefined || written.whole ? undefined : written.children
    for (const key of next?.keys() ?? judgedKeys(rule, newData)) {
      const child = below(place, key)
      if (child !== undefined && !this.#isValid(child, next?.get(key))) return false
    }
    return true
  }

  #environment({ data, newData, wildcards }: Place): Environment {
    const { auth, now } = this.#request
    return { auth, now, root: this.#start.data, data, newData, wildcards, query: plainRead }
  }
}

function below(place: Place, key: string): Place | undefined {
  const position = stepDown(place, key)
  return position && { ...position, data: place.data.step(key), newData: place.newData.step(key) }
}

/** The children that a rule can have something against: without a wildcard those with a rule of their own. */
function judgedKeys(rule: RuleNode, newData: RuleSnapshot): Iterable<string> {
  return rule.wildcard?.validates === true ? newData.keys() : rule.children.keys()
}

function writtenTree(paths: readonly Path[]): Written {
  const top: Written = { whole: false, children: new Map() }
  for (const path of paths) {
    let at = top
    for (const key of locationOf(path)) {
      const next = at.children.get(key) ?? { whole: false, children: new Map() }
      at.children.set(key, next)
      at = next
    }
    if (path.at(-1) !== priorityKey) at.whole = true
  }
  return top
}
