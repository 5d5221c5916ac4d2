/** A moment as the wire carries it: whole seconds since 1970 as a decimal string, and 0–999,999,999 nanoseconds. */
export interface Timestamp {
  readonly seconds: string
  readonly nanos: number
}

/** The fields of a document or map. Always without a prototype, so that no key can mean anything but itself. */
export type Fields = Readonly<Record<string, Value>>

/**
 * A stored value: the wire form of `google.firestore.v1.Value` as the loader decodes it (64-bit integers as
 * strings, `valueType` naming the one field that is set), with everything optional filled in by `admitValue`.
 */
export type Value =
  | { readonly valueType: 'nullValue'; readonly nullValue: 'NULL_VALUE' }
  | { readonly valueType: 'booleanValue'; readonly booleanValue: boolean }
  | { readonly valueType: 'integerValue'; readonly integerValue: string }
  | { readonly valueType: 'doubleValue'; readonly doubleValue: number }
  | { readonly valueType: 'timestampValue'; readonly timestampValue: Timestamp }
  | { readonly valueType: 'stringValue'; readonly stringValue: string }
  | { readonly valueType: 'bytesValue'; readonly bytesValue: Uint8Array }
  | { readonly valueType: 'referenceValue'; readonly referenceValue: string }
  | {
      readonly valueType: 'geoPointValue'
      readonly geoPointValue: { readonly latitude: number; readonly longitude: number }
    }
  | { readonly valueType: 'arrayValue'; readonly arrayValue: { readonly values: readonly Value[] } }
  | { readonly valueType: 'mapValue'; readonly mapValue: { readonly fields: Fields } }

export const NULL_VALUE: Value = { valueType: 'nullValue', nullValue: 'NULL_VALUE' }

export const integerValue = (value: bigint | number): Value => ({
  valueType: 'integerValue',
  integerValue: value.toString(),
})

export const doubleValue = (value: number): Value => ({ valueType: 'doubleValue', doubleValue: value })

export const arrayValue = (values: readonly Value[]): Value => ({
  valueType: 'arrayValue',
  arrayValue: { values },
})

export const mapValue = (fields: Fields): Value => ({ valueType: 'mapValue', mapValue: { fields } })

/** A new, empty set of fields that can be filled. */
export const emptyFields = (): Record<string, Value> => Object.create(null) as Record<string, Value>

/** The numbers of a vector (`FieldValue.vector`), which travels as a marked map; undefined for any other value. */
export function vectorOf(value: Value): readonly number[] | undefined {
  if (value.valueType !== 'mapValue') return undefined
  const { __type__: marker, value: elements } = value.mapValue.fields
  if (marker?.valueType !== 'stringValue' || marker.stringValue !== '__vector__') return undefined
  if (elements?.valueType !== 'arrayValue') return undefined
  return elements.arrayValue.values.map((element) => numberOf(element) ?? NaN)
}

/** The numeric value, rounded to a double for integers beyond 2^53; undefined for anything but a number. */
export function numberOf(value: Value): number | undefined {
  if (value.valueType === 'doubleValue') return value.doubleValue
  if (value.valueType === 'integerValue') return Number(value.integerValue)
  return undefined
}
