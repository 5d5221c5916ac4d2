import { invalidArgument } from '../errors.ts'
import type { StoredDocument } from '../store/document.ts'
import type { FieldPath } from '../values/field-path.ts'
import { fieldAt, isNamePath, parseFieldPath } from '../values/field-path.ts'
import { AFTER } from '../values/key-encoding.ts'
import type { Value } from '../values/value.ts'
import { doubleValue, integerValue, NULL_VALUE, numberOf } from '../values/value.ts'
import type { Query } from './query.ts'
import type { AggregationInput } from './structured-query.ts'

const MAX_AGGREGATIONS = 5
const MAX_INT64 = 0x7fffffffffffffffn
const MIN_INT64 = -0x8000000000000000n

/** One value to compute over the results of a query. */
export interface Aggregation {
  readonly alias: string
  readonly operator: 'count' | 'sum' | 'avg'
  /** The field that is summed or averaged. */
  readonly path: FieldPath | undefined
  /** Where counting may stop. */
  readonly upTo: number
}

/** Throws INVALID_ARGUMENT for what production refuses. */
export function parseAggregations(inputs: readonly AggregationInput[] = []): readonly Aggregation[] {
  if (inputs.length === 0) throw invalidArgument('An aggregation query must have at least one aggregation.')
  if (inputs.length > MAX_AGGREGATIONS) {
    throw invalidArgument(`The maximum number of aggregations allowed in a query is ${MAX_AGGREGATIONS}.`)
  }
  const parsed = inputs.map((input, index) => parseAggregation(input, `field_${index + 1}`))
  if (new Set(parsed.map(({ alias }) => alias)).size < parsed.length) {
    throw invalidArgument('Aggregation aliases must be unique.')
  }
  return parsed
}

function parseAggregation(input: AggregationInput, defaultAlias: string): Aggregation {
  const alias = input.alias === undefined || input.alias === '' ? defaultAlias : input.alias
  if (input.operator === 'count') {
    const upTo = input.count?.upTo ? Number(input.count.upTo.value ?? 0) : Infinity
    if (upTo <= 0) throw invalidArgument('up_to must be greater than zero.')
    return { alias, operator: 'count', path: undefined, upTo }
  }
  if (input.operator !== 'sum' && input.operator !== 'avg') {
    throw invalidArgument('An aggregation must have an operator.')
  }
  const path = parseFieldPath(input[input.operator]?.field?.fieldPath ?? '')
  if (isNamePath(path)) throw invalidArgument('__name__ cannot be summed or averaged.')
  return { alias, operator: input.operator, path, upTo: Infinity }
}

/** The query with what its aggregations imply: documents that lack a summed or averaged field count for none. */
export function aggregatedQuery(query: Query, aggregations: readonly Aggregation[]): Query {
  const present = aggregations
    .flatMap(({ path }) => (path === undefined ? [] : [path]))
    .map((path) => ({ path, low: '', high: AFTER, excluded: new Set<string>() }))
  return { ...query, anyOf: query.anyOf.map((all) => ({ ...all, ranges: [...all.ranges, ...present] })) }
}

/** The aggregate fields of an answer, by alias. */
export function aggregate(
  aggregations: readonly Aggregation[],
  documents: readonly StoredDocument[],
): Record<string, Value> {
  return Object.fromEntries(
    aggregations.map(({ alias, operator, path, upTo }) => {
      if (path === undefined) return [alias, integerValue(Math.min(documents.length, upTo))]
      const numbers = documents
        .map(({ fields }) => fieldAt(fields, path))
        .filter((value) => value !== undefined && numberOf(value) !== undefined) as Value[]
      return [alias, operator === 'sum' ? sum(numbers) : average(numbers)]
    }),
  )
}

/** An integer while all are integers and the sum fits into 64 bits, else a double. */
function sum(numbers: readonly Value[]): Value {
  let integers = 0n
  let doubles = 0
  let isInteger = true
  for (const number of numbers) {
    if (number.valueType === 'integerValue') integers += BigInt(number.integerValue)
    else isInteger = false
    if (number.valueType === 'doubleValue') doubles += number.doubleValue
  }
  if (isInteger && integers <= MAX_INT64 && integers >= MIN_INT64) return integerValue(integers)
  return doubleValue(Number(integers) + doubles)
}

function average(numbers: readonly Value[]): Value {
  if (numbers.length === 0) return NULL_VALUE
  const total = numberOf(sum(numbers))
  return total === undefined ? NULL_VALUE : doubleValue(total / numbers.length)
}
