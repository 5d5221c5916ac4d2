import { invalidArgument } from '../errors.ts'
import type { FieldPath } from '../values/field-path.ts'
import { parseFieldPath } from '../values/field-path.ts'
import { EVERYTHING, MAX_DISJUNCTIONS, parseFieldFilter, parseUnaryFilter } from './parse-field-filter.ts'
import type { Conjunction } from './query.ts'
import type { FilterInput } from './structured-query.ts'

/** What the filter of a query says, with the fields that its inequalities name (which imply an order). */
export interface ParsedFilter {
  readonly anyOf: readonly Conjunction[]
  readonly inequalityPaths: readonly FieldPath[]
}

/** The filter as a list of alternatives (disjunctive normal form). Throws INVALID_ARGUMENT as production would. */
export function parseFilter(input: FilterInput | null | undefined): ParsedFilter {
  const anyOf = input === null || input === undefined ? [EVERYTHING] : alternatives(input)
  const inequalityPaths = new Map<string, FieldPath>()
  for (const { ranges, contains } of anyOf) {
    for (const { path } of ranges) inequalityPaths.set(JSON.stringify(path), path)
    if (contains.length > 1) {
      throw invalidArgument("A maximum of 1 'ARRAY_CONTAINS' filter is allowed per disjunction.")
    }
  }
  return { anyOf, inequalityPaths: [...inequalityPaths.values()] }
}

function alternatives(input: FilterInput): readonly Conjunction[] {
  switch (input.filterType) {
    case 'compositeFilter': {
      const filters = input.compositeFilter?.filters ?? []
      if (filters.length === 0) throw invalidArgument('A composite filter must have at least one filter.')
      const parts = filters.map(alternatives)
      if (input.compositeFilter?.op === 'OR') return checkedCount(parts.flat())
      if (input.compositeFilter?.op !== 'AND') throw invalidArgument('A composite filter must be AND or OR.')
      return parts.reduce<readonly Conjunction[]>(
        (left, right) => checkedCount(left.flatMap((one) => right.map((other) => both(one, other)))),
        [EVERYTHING],
      )
    }
    case 'unaryFilter':
      return [parseUnaryFilter(parsePath(input.unaryFilter?.field?.fieldPath), input.unaryFilter?.op)]
    case 'fieldFilter': {
      const path = parsePath(input.fieldFilter?.field?.fieldPath)
      return parseFieldFilter(path, input.fieldFilter?.op, input.fieldFilter?.value)
    }
    default:
      throw invalidArgument('A filter must have exactly one type set.')
  }
}

function checkedCount(anyOf: readonly Conjunction[]): readonly Conjunction[] {
  if (anyOf.length <= MAX_DISJUNCTIONS) return anyOf
  throw invalidArgument(
    `The query has more than ${MAX_DISJUNCTIONS} disjunctions: the maximum, counting each value of 'IN' and ` +
      `'ARRAY_CONTAINS_ANY', is ${MAX_DISJUNCTIONS}.`,
  )
}

const both = (left: Conjunction, right: Conjunction): Conjunction => ({
  equal: [...left.equal, ...right.equal],
  contains: [...left.contains, ...right.contains],
  ranges: [...left.ranges, ...right.ranges],
})

function parsePath(text: string | undefined): FieldPath {
  if (text === undefined) throw invalidArgument('A filter must name a field.')
  return parseFieldPath(text)
}
