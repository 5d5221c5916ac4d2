import { invalidArgument } from '../errors.ts'
import { compareKeys, encodeText } from './key-encoding.ts'
import type { Fields, Value } from './value.ts'
import { emptyFields, mapValue } from './value.ts'

/** The names that lead to a field, outermost first. `['__name__']` is the document itself. */
export type FieldPath = readonly string[]

const SIMPLE = /^[a-zA-Z_][a-zA-Z_0-9]*$/
const SEGMENT = /(?:([a-zA-Z_][a-zA-Z_0-9]*)|`((?:[^`\\]|\\.)+)`)(\.|$)/y

export const isNamePath = (path: FieldPath): boolean => path.length === 1 && path[0] === '__name__'

/** Splits `a.b` and `` a.`odd.name` `` into names. Throws INVALID_ARGUMENT for anything else. */
export function parseFieldPath(text: string): FieldPath {
  if (SIMPLE.test(text)) return [text]
  const path: string[] = []
  SEGMENT.lastIndex = 0
  while (SEGMENT.lastIndex < text.length) {
    const start = SEGMENT.lastIndex
    const match = SEGMENT.exec(text)
    const end = start + (match?.[0].length ?? 0)
    if (match === null || (match[3] === '.' && end === text.length)) break
    path.push(match[1] ?? (match[2] ?? '').replaceAll(/\\(.)/gs, '$1'))
    if (match[3] === '') return path
  }
  throw invalidArgument(`Invalid property path "${text}".`)
}

/** The path as `parseFieldPath` reads it: odd names in backquotes. */
export function formatFieldPath(path: FieldPath): string {
  return path
    .map((name) => (SIMPLE.test(name) ? name : `\`${name.replaceAll(/[\\`]/g, String.raw`\$&`)}\``))
    .join('.')
}

/** The order of fields that inequalities imply: name by name. */
export function compareFieldPaths(left: FieldPath, right: FieldPath): number {
  return compareKeys(left.map(encodeText).join(''), right.map(encodeText).join(''))
}

/** The value at the path, or undefined where the document has none. */
export function fieldAt(fields: Fields, path: FieldPath): Value | undefined {
  let level = fields
  for (const [depth, name] of path.entries()) {
    const value = level[name]
    if (value === undefined || depth === path.length - 1) return value
    if (value.valueType !== 'mapValue') return undefined
    level = value.mapValue.fields
  }
  return undefined
}

/** A copy with the field set; whatever stands in the way of the path becomes a map. */
export function withField(fields: Fields, path: FieldPath, value: Value): Fields {
  const [name, ...rest] = path
  if (name === undefined) return fields
  const copy = Object.assign(emptyFields(), fields)
  if (rest.length === 0) {
    copy[name] = value
  } else {
    const below = fields[name]
    copy[name] = mapValue(
      withField(below?.valueType === 'mapValue' ? below.mapValue.fields : emptyFields(), rest, value),
    )
  }
  return copy
}

/** A copy without the field; the same fields where there is none. */
export function withoutField(fields: Fields, path: FieldPath): Fields {
  const [name, ...rest] = path
  if (name === undefined || !(name in fields)) return fields
  const copy = Object.assign(emptyFields(), fields)
  if (rest.length === 0) {
    delete copy[name]
    return copy
  }
  const below = fields[name]
  if (below?.valueType !== 'mapValue') return fields
  copy[name] = mapValue(withoutField(below.mapValue.fields, rest))
  return copy
}

/** Only the fields that the mask names, nested ones inside their maps. */
export function project(fields: Fields, mask: readonly FieldPath[]): Fields {
  let projected: Fields = emptyFields()
  for (const path of mask) {
    const value = fieldAt(fields, path)
    if (value !== undefined) projected = withField(projected, path, value)
  }
  return projected
}
