import { invalidArgument } from '../errors.ts'
import { checkDocumentReference } from '../names/resource-name.ts'
import type { TimestampInput } from './timestamp.ts'
import { admitTimestamp } from './timestamp.ts'
import type { Fields, Value } from './value.ts'
import { arrayValue, emptyFields, integerValue, mapValue, NULL_VALUE } from './value.ts'

const MAX_DEPTH = 20
const MAX_NAME_BYTES = 1_500
const MAX_VECTOR_DIMENSIONS = 2_048
const RESERVED = /^__.*__$/s

/** A value as the loader decodes it: which field is set, and every zero left out. */
export interface ValueInput {
  readonly valueType?: string
  readonly booleanValue?: boolean
  readonly integerValue?: string
  readonly doubleValue?: number
  readonly timestampValue?: TimestampInput
  readonly stringValue?: string
  readonly bytesValue?: Uint8Array
  readonly referenceValue?: string
  readonly geoPointValue?: { readonly latitude?: number; readonly longitude?: number }
  readonly arrayValue?: { readonly values?: readonly ValueInput[] }
  readonly mapValue?: { readonly fields?: Readonly<Record<string, ValueInput>> | null }
}

export type FieldsInput = Readonly<Record<string, ValueInput>>

/** The fields of a document, checked and completed. Throws INVALID_ARGUMENT for what production refuses. */
export function admitFields(input: FieldsInput | null | undefined): Fields {
  return admitMap(input, 0)
}

/** One value, checked and completed. `depth` counts the maps and arrays around it. */
export function admitValue(input: ValueInput | null | undefined, depth = 0): Value {
  switch (input?.valueType) {
    case 'nullValue':
      return NULL_VALUE
    case 'booleanValue':
      return { valueType: 'booleanValue', booleanValue: input.booleanValue ?? false }
    case 'integerValue':
      return integerValue(BigInt(input.integerValue ?? 0))
    case 'doubleValue':
      return { valueType: 'doubleValue', doubleValue: input.doubleValue ?? 0 }
    case 'timestampValue':
      return { valueType: 'timestampValue', timestampValue: admitTimestamp(input.timestampValue ?? {}) }
    case 'stringValue':
      return { valueType: 'stringValue', stringValue: input.stringValue ?? '' }
    case 'bytesValue':
      return { valueType: 'bytesValue', bytesValue: new Uint8Array(input.bytesValue ?? []) }
    case 'referenceValue':
      checkDocumentReference(input.referenceValue ?? '')
      return { valueType: 'referenceValue', referenceValue: input.referenceValue ?? '' }
    case 'geoPointValue':
      return admitGeoPoint(input.geoPointValue?.latitude ?? 0, input.geoPointValue?.longitude ?? 0)
    case 'arrayValue':
      return admitArray(input.arrayValue?.values ?? [], depth + 1)
    case 'mapValue':
      return admitMapValue(input.mapValue?.fields, depth + 1)
    default:
      throw invalidArgument('A value must have exactly one type set, of the types a document can hold.')
  }
}

function admitGeoPoint(latitude: number, longitude: number): Value {
  if (!(Math.abs(latitude) <= 90)) throw invalidArgument('Latitude must be in the range of [-90, 90].')
  if (!(Math.abs(longitude) <= 180)) throw invalidArgument('Longitude must be in the range of [-180, 180].')
  return { valueType: 'geoPointValue', geoPointValue: { latitude, longitude } }
}

function admitArray(elements: readonly ValueInput[], depth: number): Value {
  checkDepth(depth)
  return arrayValue(
    elements.map((element) => {
      if (element.valueType === 'arrayValue') {
        throw invalidArgument('Cannot convert an array value in an array value.')
      }
      return admitValue(element, depth)
    }),
  )
}

function admitMapValue(input: FieldsInput | null | undefined, depth: number): Value {
  checkDepth(depth)
  const marker =
    input !== null && input !== undefined && Object.hasOwn(input, '__type__') && input['__type__']
  if (marker) return admitVector(input, marker)
  return mapValue(admitMap(input, depth))
}

function admitVector(input: FieldsInput, marker: ValueInput): Value {
  const elements = Object.hasOwn(input, 'value') ? (input['value']?.arrayValue?.values ?? []) : undefined
  if (marker.stringValue !== '__vector__' || elements === undefined || Object.keys(input).length !== 2) {
    throw invalidArgument('Field name "__type__" is reserved: it must match no pattern __.*__.')
  }
  if (elements.length === 0) throw invalidArgument('Vectors must have at least one dimension.')
  if (elements.length > MAX_VECTOR_DIMENSIONS) {
    throw invalidArgument(`Vectors can have at most ${MAX_VECTOR_DIMENSIONS} dimensions.`)
  }
  const values = elements.map((element) => admitValue(element))
  if (values.some(({ valueType }) => valueType !== 'doubleValue' && valueType !== 'integerValue')) {
    throw invalidArgument('Vectors can only contain numeric values.')
  }
  const fields = emptyFields()
  fields['__type__'] = { valueType: 'stringValue', stringValue: '__vector__' }
  fields['value'] = arrayValue(values)
  return mapValue(fields)
}

function admitMap(input: FieldsInput | null | undefined, depth: number): Fields {
  const fields = emptyFields()
  for (const [name, value] of Object.entries(input ?? {})) {
    checkFieldName(name)
    fields[name] = admitValue(value, depth)
  }
  return fields
}

/** Throws INVALID_ARGUMENT for a name that no field can have. */
export function checkFieldName(name: string): void {
  if (name === '') throw invalidArgument('Field names must not be empty.')
  if (RESERVED.test(name)) throw invalidArgument(`Field name "${name}" is reserved: it matches __.*__.`)
  if (name.length * 3 > MAX_NAME_BYTES && Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw invalidArgument(`Field names must not be longer than ${MAX_NAME_BYTES} bytes.`)
  }
}

function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) {
    throw invalidArgument(`Maps and arrays must not be nested deeper than ${MAX_DEPTH} levels.`)
  }
}
