import type { Fields, Value } from './value.ts'

const NAME_OVERHEAD = 16
const DOCUMENT_OVERHEAD = 32

const textSize = (text: string): number => Buffer.byteLength(text) + 1

/** Bytes of a document's name as the documentation counts them: its ids, each with one byte more, and 16. */
const nameSize = (path: string): number =>
  path.split('/').reduce((total, id) => total + textSize(id), NAME_OVERHEAD)

/** Bytes of a whole document as the documentation counts them; production refuses more than 1,048,576. */
export const documentSize = (path: string, fields: Fields): number =>
  nameSize(path) + fieldsSize(fields) + DOCUMENT_OVERHEAD

function fieldsSize(fields: Fields): number {
  let total = 0
  for (const name of Object.keys(fields)) {
    const value = fields[name]
    if (value !== undefined) total += textSize(name) + valueSize(value)
  }
  return total
}

function valueSize(value: Value): number {
  switch (value.valueType) {
    case 'nullValue':
    case 'booleanValue':
      return 1
    case 'integerValue':
    case 'doubleValue':
    case 'timestampValue':
      return 8
    case 'geoPointValue':
      return 16
    case 'stringValue':
      return textSize(value.stringValue)
    case 'bytesValue':
      return value.bytesValue.length
    case 'referenceValue':
      // `projects/{p}/databases/{d}/documents/` is not part of what is counted.
      return nameSize(value.referenceValue.split('/').slice(5).join('/'))
    case 'arrayValue':
      return value.arrayValue.values.reduce((total, element) => total + valueSize(element), 0)
    default:
      return fieldsSize(value.mapValue.fields)
  }
}
