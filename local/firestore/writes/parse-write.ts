import { invalidArgument } from '../errors.ts'
import { parseDocumentName } from '../names/resource-name.ts'
import type { FieldsInput } from '../values/admit.ts'
import { admitFields, checkFieldName } from '../values/admit.ts'
import type { FieldPath } from '../values/field-path.ts'
import { isNamePath, parseFieldPath } from '../values/field-path.ts'
import type { TimestampInput } from '../values/timestamp.ts'
import { toMicros } from '../values/timestamp.ts'
import type { Fields } from '../values/value.ts'
import type { FieldTransform, FieldTransformInput } from './transform.ts'
import { parseTransform } from './transform.ts'

const MAX_TRANSFORMS = 500
const MAX_PATH = 20

export interface DocumentInput {
  readonly name?: string
  readonly fields?: FieldsInput
}

export interface PreconditionInput {
  readonly conditionType?: string
  readonly exists?: boolean
  readonly updateTime?: TimestampInput
}

/** `google.firestore.v1.Write` as the loader decodes it. */
export interface WriteInput {
  readonly operation?: string
  readonly update?: DocumentInput
  readonly delete?: string
  readonly transform?: {
    readonly document?: string
    readonly fieldTransforms?: readonly FieldTransformInput[]
  }
  readonly updateMask?: { readonly fieldPaths?: readonly string[] } | null
  readonly updateTransforms?: readonly FieldTransformInput[]
  readonly currentDocument?: PreconditionInput | null
}

/** What must hold of the document before a write; `updateTime` is a version. */
export interface Precondition {
  readonly exists: boolean | undefined
  readonly updateTime: number | undefined
}

/** A write that was checked, and so can fail only for what the database holds. */
export interface Write {
  readonly path: string
  readonly operation: 'set' | 'delete' | 'transform'
  /** For `set`: the new fields, or where there is a mask the values of the fields that it names. */
  readonly fields: Fields
  readonly mask: readonly FieldPath[] | undefined
  readonly transforms: readonly FieldTransform[]
  readonly precondition: Precondition
}

/** Checks a write against everything but the data. Throws INVALID_ARGUMENT for what production refuses. */
export function parseWrite(database: string, input: WriteInput): Write {
  const precondition = parsePrecondition(input.currentDocument)
  switch (input.operation) {
    case 'update': {
      const paths = input.updateMask ? (input.updateMask.fieldPaths ?? []).map(parseWritablePath) : undefined
      return {
        path: parsePathIn(database, input.update?.name),
        operation: 'set',
        fields: admitFields(input.update?.fields),
        mask: paths,
        transforms: parseTransforms(input.updateTransforms),
        precondition,
      }
    }
    case 'delete':
      return {
        ...NOTHING,
        path: parsePathIn(database, input.delete),
        operation: 'delete',
        precondition,
      }
    case 'transform':
      return {
        ...NOTHING,
        path: parsePathIn(database, input.transform?.document),
        operation: 'transform',
        transforms: parseTransforms(input.transform?.fieldTransforms),
        precondition,
      }
    default:
      throw invalidArgument('A write must have exactly one operation set.')
  }
}

const NOTHING = { fields: admitFields(undefined), mask: undefined, transforms: [] } as const

function parsePathIn(database: string, name: string | undefined): string {
  const parsed = parseDocumentName(name)
  if (parsed.database !== database) {
    throw invalidArgument(`The document "${name}" does not belong to the database "${database}".`)
  }
  return parsed.path
}

/** Throws INVALID_ARGUMENT for a path that no write may touch. */
function parseWritablePath(text: string): FieldPath {
  const path = parseFieldPath(text)
  if (isNamePath(path)) throw invalidArgument('The field "__name__" cannot be written.')
  if (path.length > MAX_PATH) throw invalidArgument(`Maps must not be nested deeper than ${MAX_PATH} levels.`)
  for (const name of path) checkFieldName(name)
  return path
}

function parseTransforms(inputs: readonly FieldTransformInput[] = []): readonly FieldTransform[] {
  if (inputs.length > MAX_TRANSFORMS) {
    throw invalidArgument(`A write can transform at most ${MAX_TRANSFORMS} fields of a document.`)
  }
  return inputs.map((input) => parseTransform(parseWritablePath(input.fieldPath ?? ''), input))
}

function parsePrecondition(input: PreconditionInput | null | undefined): Precondition {
  const updateTime = input?.conditionType === 'updateTime' ? toMicros(input.updateTime ?? {}) : undefined
  return { exists: input?.conditionType === 'exists' ? (input.exists ?? false) : undefined, updateTime }
}
