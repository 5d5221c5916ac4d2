import type { Fields, Value } from './value.ts'

/**
 * Whether two documents hold the very same data: the same types too (1 is not 1.0 here, unlike in queries). A
 * write that changes nothing in this sense keeps the document's update time and wakes nobody.
 */
export function sameFields(left: Fields, right: Fields): boolean {
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => {
      const [one, other] = [left[name], right[name]]
      return one !== undefined && other !== undefined && sameValue(one, other)
    })
  )
}

function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true
  switch (left.valueType) {
    case 'nullValue':
      return right.valueType === 'nullValue'
    case 'booleanValue':
      return right.valueType === 'booleanValue' && left.booleanValue === right.booleanValue
    case 'integerValue':
      return right.valueType === 'integerValue' && left.integerValue === right.integerValue
    case 'doubleValue':
      return right.valueType === 'doubleValue' && Object.is(left.doubleValue, right.doubleValue)
    case 'stringValue':
      return right.valueType === 'stringValue' && left.stringValue === right.stringValue
    case 'referenceValue':
      return right.valueType === 'referenceValue' && left.referenceValue === right.referenceValue
    case 'bytesValue':
      return right.valueType === 'bytesValue' && Buffer.compare(left.bytesValue, right.bytesValue) === 0
    case 'timestampValue':
      return (
        right.valueType === 'timestampValue' &&
        left.timestampValue.seconds === right.timestampValue.seconds &&
        left.timestampValue.nanos === right.timestampValue.nanos
      )
    case 'geoPointValue':
      return (
        right.valueType === 'geoPointValue' &&
        Object.is(left.geoPointValue.latitude, right.geoPointValue.latitude) &&
        Object.is(left.geoPointValue.longitude, right.geoPointValue.longitude)
      )
    case 'arrayValue': {
      if (right.valueType !== 'arrayValue') return false
      const { values } = right.arrayValue
      return (
        left.arrayValue.values.length === values.length &&
        left.arrayValue.values.every((element, index) => {
          const other = values[index]
          return other !== undefined && sameValue(element, other)
        })
      )
    }
    default:
      return right.valueType === 'mapValue' && sameFields(left.mapValue.fields, right.mapValue.fields)
  }
}
