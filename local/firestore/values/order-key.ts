import { numberOfId } from '../names/numeric-id.ts'
import {
  encodeBytes,
  encodeDouble,
  encodeInt64,
  encodeText,
  encodeUint16,
  encodeUint32,
} from './key-encoding.ts'
import type { Value } from './value.ts'
import { vectorOf } from './value.ts'

/** The first character of a value's key: the order of types that the documentation gives for mixed values. */
const TAG = {
  end: '\u0001',
  null: '\u0010',
  boolean: '\u0018',
  nan: '\u0020',
  number: '\u0021',
  timestamp: '\u0028',
  string: '\u0030',
  bytes: '\u0038',
  reference: '\u0040',
  geoPoint: '\u0048',
  array: '\u0050',
  vector: '\u0058',
  map: '\u0060',
} as const

/** The lowest key of a value that is not null: where `!=` and `not-in` begin. */
export const AFTER_NULL = '\u0011'
/** Above the key of every value. */
export const AFTER_ALL_VALUES = '\u0070'
/** The keys of the two values that equal nothing in an `in`, `array-contains-any` or `!=`. */
export const NULL_KEY: string = TAG.null
export const NAN_KEY: string = TAG.nan

/**
 * A value as a string that sorts as Firestore orders values, whatever their types: two values are equal to
 * Firestore (1 and 1.0 are) exactly when their keys are. Prefix-free (see key-encoding).
 */
export function encodeValue(value: Value): string {
  switch (value.valueType) {
    case 'nullValue':
      return TAG.null
    case 'booleanValue':
      return TAG.boolean + (value.booleanValue ? '\u0001' : '\u0000')
    case 'integerValue':
      return encodeInteger(value.integerValue)
    case 'doubleValue':
      return Number.isNaN(value.doubleValue) ? TAG.nan : encodeNumber(value.doubleValue, 0)
    case 'timestampValue': {
      const { seconds, nanos } = value.timestampValue
      return TAG.timestamp + encodeInt64(BigInt(seconds)) + encodeUint32(nanos)
    }
    case 'stringValue':
      return TAG.string + encodeText(value.stringValue)
    case 'bytesValue':
      return TAG.bytes + encodeBytes(value.bytesValue)
    case 'referenceValue':
      return TAG.reference + encodePath(value.referenceValue.split('/'))
    case 'geoPointValue': {
      const { latitude, longitude } = value.geoPointValue
      return TAG.geoPoint + encodeDouble(latitude) + encodeDouble(longitude)
    }
    case 'arrayValue':
      return TAG.array + value.arrayValue.values.map(encodeValue).join('') + TAG.end
    default:
      return encodeMap(value)
  }
}

function encodeMap(value: Value & { valueType: 'mapValue' }): string {
  const vector = vectorOf(value)
  if (vector !== undefined) {
    return (
      TAG.vector + encodeUint32(vector.length) + vector.map((element) => encodeNumber(element, 0)).join('')
    )
  }
  const entries = Object.entries(value.mapValue.fields)
    .map(([name, field]) => [encodeText(name), field] as const)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
  return TAG.map + entries.map(([name, field]) => TAG.string + name + encodeValue(field)).join('') + TAG.end
}

/** An integer beyond 2^53 sorts by the nearest double, then by what the double lost. */
function encodeInteger(text: string): string {
  const nearest = Number(text)
  return encodeNumber(nearest, Number.isSafeInteger(nearest) ? 0 : Number(BigInt(text) - BigInt(nearest)))
}

const encodeNumber = (value: number, lost: number): string =>
  TAG.number + encodeDouble(value) + encodeUint16(lost + 0x8000)

/** The keys of every value of the same type, from the first (inclusive) to the last (exclusive). NaN is its own. */
export function typeRange(key: string): readonly [low: string, high: string] {
  const tag = key[0] ?? ''
  return [tag, String.fromCharCode(tag.charCodeAt(0) + 1)]
}

/** The ids of a path, in the order of documents: numeric ids (`__id7__`) first, a parent before what is below it. */
export function encodePath(segments: readonly string[]): string {
  return segments.map(encodeSegment).join('') + TAG.end
}

/** What the key of every document below a path starts with. */
export const encodeBelow = (path: string): string => `${path.split('/').map(encodeSegment).join('')}\u0002`

function encodeSegment(segment: string): string {
  const number = numberOfId(segment)
  if (number !== undefined) return `\u0002\u0001${encodeInt64(number)}`
  return `\u0002\u0002${encodeText(segment)}`
}
