import { invalidArgument } from '../errors.ts'
import { checkDocumentReference } from '../names/resource-name.ts'
import type { ValueInput } from '../values/admit.ts'
import { admitValue } from '../values/admit.ts'
import type { FieldPath } from '../values/field-path.ts'
import { isNamePath } from '../values/field-path.ts'
import { AFTER } from '../values/key-encoding.ts'
import {
  AFTER_ALL_VALUES,
  AFTER_NULL,
  encodePath,
  encodeValue,
  NAN_KEY,
  NULL_KEY,
  typeRange,
} from '../values/order-key.ts'
import type { Conjunction } from './query.ts'

/** The most alternatives of a query, each value of `in` and `array-contains-any` counted. */
export const MAX_DISJUNCTIONS = 30
const MAX_NOT_IN = 10
const NONE: ReadonlySet<string> = new Set()

/** Matches every document: what a query without `where` holds. */
export const EVERYTHING: Conjunction = { equal: [], contains: [], ranges: [] }

const equal = (path: FieldPath, key: string): Conjunction => ({ ...EVERYTHING, equal: [{ path, key }] })

const range = (path: FieldPath, low: string, high: string, excluded = NONE): Conjunction => ({
  ...EVERYTHING,
  ranges: [{ path, low, high, excluded }],
})

/** A test for null or NaN, or for being neither. Throws INVALID_ARGUMENT as production would. */
export function parseUnaryFilter(path: FieldPath, operator: string | undefined): Conjunction {
  if (isNamePath(path)) throw invalidArgument('__name__ cannot be null or NaN.')
  switch (operator) {
    case 'IS_NULL':
      return equal(path, NULL_KEY)
    case 'IS_NAN':
      return equal(path, NAN_KEY)
    case 'IS_NOT_NULL':
      return range(path, AFTER_NULL, AFTER_ALL_VALUES)
    case 'IS_NOT_NAN':
      return range(path, AFTER_NULL, AFTER_ALL_VALUES, new Set([NAN_KEY]))
    default:
      throw invalidArgument('A unary filter must have an operator.')
  }
}

/** The key that a filter compares with; for `__name__` that of the document that the value must refer to. */
function filterKey(path: FieldPath, input: ValueInput | undefined): string {
  if (!isNamePath(path)) return encodeValue(admitValue(input))
  return nameKey(input)
}

/** The order key of the document that a reference names. Throws INVALID_ARGUMENT for any other value. */
export function nameKey(input: ValueInput | undefined): string {
  const reference = input?.valueType === 'referenceValue' ? input.referenceValue : undefined
  if (reference === undefined) throw invalidArgument('__key__ filter value must be a Key.')
  checkDocumentReference(reference)
  return encodePath(reference.split('/').slice(5))
}

/** A comparison, as the alternatives that it stands for. Throws INVALID_ARGUMENT as production would. */
export function parseFieldFilter(
  path: FieldPath,
  operator: string | undefined,
  value: ValueInput | undefined,
): readonly Conjunction[] {
  switch (operator) {
    case 'EQUAL':
      return [equal(path, filterKey(path, value))]
    case 'LESS_THAN':
    case 'LESS_THAN_OR_EQUAL':
    case 'GREATER_THAN':
    case 'GREATER_THAN_OR_EQUAL':
      return [parseInequality(path, operator, filterKey(path, value))]
    case 'NOT_EQUAL':
      return [differing(path, [filterKey(path, value)])]
    case 'NOT_IN':
      return [parseNotIn(path, elementKeys(path, operator, value, MAX_NOT_IN))]
    case 'IN':
      return comparable(elementKeys(path, operator, value, MAX_DISJUNCTIONS)).map((key) => equal(path, key))
    case 'ARRAY_CONTAINS':
      return [containing(path, filterKey(notName(path), value))]
    case 'ARRAY_CONTAINS_ANY': {
      const keys = elementKeys(notName(path), operator, value, MAX_DISJUNCTIONS)
      return comparable(keys).map((key) => containing(path, key))
    }
    default:
      throw invalidArgument('A field filter must have an operator.')
  }
}

const containing = (path: FieldPath, key: string): Conjunction => ({
  ...EVERYTHING,
  contains: [{ path, key }],
})

/** Null and NaN equal nothing, and so they match nothing in a list of alternatives. */
const comparable = (keys: readonly string[]): readonly string[] => [
  ...new Set(keys.filter((key) => key !== NULL_KEY && key !== NAN_KEY)),
]

function notName(path: FieldPath): FieldPath {
  if (isNamePath(path)) throw invalidArgument('__name__ is not an array.')
  return path
}

function parseInequality(path: FieldPath, operator: string, key: string): Conjunction {
  const [typeLow, typeHigh] = isNamePath(path) ? ['', AFTER] : typeRange(key)
  switch (operator) {
    case 'LESS_THAN':
      return range(path, typeLow, key)
    case 'LESS_THAN_OR_EQUAL':
      return range(path, typeLow, key + AFTER)
    case 'GREATER_THAN':
      return range(path, key + AFTER, typeHigh)
    default:
      return range(path, key, typeHigh)
  }
}

/** Whatever is not null and none of the values; a document without the field never matches. */
const differing = (path: FieldPath, keys: readonly string[]): Conjunction =>
  isNamePath(path)
    ? range(path, '', AFTER, new Set(keys))
    : range(path, AFTER_NULL, AFTER_ALL_VALUES, new Set(keys))

/** A list that holds null matches nothing: no value can be known to differ from it. */
const parseNotIn = (path: FieldPath, keys: readonly string[]): Conjunction =>
  keys.includes(NULL_KEY) ? range(path, AFTER_ALL_VALUES, AFTER_NULL) : differing(path, keys)

function elementKeys(
  path: FieldPath,
  operator: string,
  input: ValueInput | undefined,
  most: number,
): readonly string[] {
  const elements = input?.arrayValue?.values ?? []
  if (elements.length === 0) throw invalidArgument(`'${operator}' requires a non-empty ArrayValue.`)
  if (elements.length > most) {
    throw invalidArgument(`'${operator}' supports up to ${most} comparison values.`)
  }
  return elements.map((element) => filterKey(path, element))
}
