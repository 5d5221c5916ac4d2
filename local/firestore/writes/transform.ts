import { invalidArgument } from '../errors.ts'
import type { ValueInput } from '../values/admit.ts'
import { admitValue } from '../values/admit.ts'
import type { FieldPath } from '../values/field-path.ts'
import { encodeValue } from '../values/order-key.ts'
import { fromMicros } from '../values/timestamp.ts'
import type { Value } from '../values/value.ts'
import { arrayValue, doubleValue, integerValue, NULL_VALUE, numberOf } from '../values/value.ts'

export interface FieldTransformInput {
  readonly fieldPath?: string
  readonly transformType?: string
  readonly setToServerValue?: string
  readonly increment?: ValueInput
  readonly maximum?: ValueInput
  readonly minimum?: ValueInput
  readonly appendMissingElements?: { readonly values?: readonly ValueInput[] }
  readonly removeAllFromArray?: { readonly values?: readonly ValueInput[] }
}

/** A transform that was checked: computes the field's new value from its present one. */
export interface FieldTransform {
  readonly path: FieldPath
  /** @param version the commit's version: microseconds since 1970. */
  readonly apply: (
    present: Value | undefined,
    version: number,
  ) => { readonly value: Value; readonly result: Value }
}

const MAX_INT64 = 0x7fffffffffffffffn
const MIN_INT64 = -0x8000000000000000n

/** Throws INVALID_ARGUMENT for operands that production refuses. */
export function parseTransform(path: FieldPath, input: FieldTransformInput): FieldTransform {
  switch (input.transformType) {
    case 'setToServerValue':
      if (input.setToServerValue !== 'REQUEST_TIME') throw invalidArgument('Unknown server value.')
      return { path, apply: (_, version) => same(serverTime(version)) }
    case 'increment':
      return numeric(path, input.increment, add)
    case 'maximum':
      return numeric(path, input.maximum, (present, operand) => pick(present, operand, 1))
    case 'minimum':
      return numeric(path, input.minimum, (present, operand) => pick(present, operand, -1))
    case 'appendMissingElements':
      return list(path, input.appendMissingElements?.values, (present, elements) => {
        const known = new Set(present.map(encodeValue))
        const missing = elements.filter((element) => {
          const key = encodeValue(element)
          return !known.has(key) && known.add(key)
        })
        return [...present, ...missing]
      })
    case 'removeAllFromArray':
      return list(path, input.removeAllFromArray?.values, (present, elements) => {
        const gone = new Set(elements.map(encodeValue))
        return present.filter((element) => !gone.has(encodeValue(element)))
      })
    default:
      throw invalidArgument('A field transform must have exactly one type set.')
  }
}

const same = (value: Value) => ({ value, result: value })

/** The request's time has millisecond precision, as documented. */
const serverTime = (version: number): Value => ({
  valueType: 'timestampValue',
  timestampValue: fromMicros(version - (version % 1_000)),
})

function numeric(
  path: FieldPath,
  input: ValueInput | undefined,
  combine: (present: Value, operand: Value) => Value,
): FieldTransform {
  const operand = admitValue(input)
  if (numberOf(operand) === undefined) throw invalidArgument('The operand must be a number.')
  return {
    path,
    apply: (present) =>
      same(present === undefined || numberOf(present) === undefined ? operand : combine(present, operand)),
  }
}

/** Integers stop at the ends of their 64 bits; with a double on either side the sum is a double. */
function add(present: Value, operand: Value): Value {
  if (present.valueType === 'integerValue' && operand.valueType === 'integerValue') {
    const sum = BigInt(present.integerValue) + BigInt(operand.integerValue)
    return integerValue(sum > MAX_INT64 ? MAX_INT64 : sum < MIN_INT64 ? MIN_INT64 : sum)
  }
  return doubleValue((numberOf(present) ?? NaN) + (numberOf(operand) ?? NaN))
}

/** The greater or lesser of two; NaN wins over all, and of equals the present one stays. */
function pick(present: Value, operand: Value, sign: 1 | -1): Value {
  if (Number.isNaN(numberOf(present))) return present
  if (Number.isNaN(numberOf(operand))) return operand
  const [left, right] = [encodeValue(present), encodeValue(operand)]
  if (left === right) return present
  return left > right === (sign === 1) ? present : operand
}

function list(
  path: FieldPath,
  input: readonly ValueInput[] = [],
  combine: (present: readonly Value[], elements: readonly Value[]) => readonly Value[],
): FieldTransform {
  const admitted = admitValue({ valueType: 'arrayValue', arrayValue: { values: input } })
  const elements = admitted.valueType === 'arrayValue' ? admitted.arrayValue.values : []
  return {
    path,
    apply: (present) => ({
      value: arrayValue(
        combine(present?.valueType === 'arrayValue' ? present.arrayValue.values : [], elements),
      ),
      result: NULL_VALUE,
    }),
  }
}
