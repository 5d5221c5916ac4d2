import { alreadyExists, failedPrecondition, invalidArgument, notFound } from '../errors.ts'
import type { StoredDocument } from '../store/document.ts'
import { storedDocument } from '../store/document.ts'
import { sameFields } from '../values/equality.ts'
import { fieldAt, withField, withoutField } from '../values/field-path.ts'
import type { Fields, Value } from '../values/value.ts'
import { emptyFields } from '../values/value.ts'
import type { Write } from './parse-write.ts'

const MAX_DOCUMENT_BYTES = 1_048_576

/** What a write makes of a document, and what it answers. */
export interface Written {
  /** The document after the write; the very same object when the write changed nothing. */
  readonly after: StoredDocument | undefined
  readonly transformResults: readonly Value[]
}

/**
 * One write on one document, at the commit's version. Pure. Throws NOT_FOUND, ALREADY_EXISTS or FAILED_PRECONDITION where
 * the precondition does not hold, and INVALID_ARGUMENT where the document would be larger than 1 MiB.
 * @param database `projects/{p}/databases/{d}`, for messages.
 */
export function applyWrite(
  database: string,
  write: Write,
  before: StoredDocument | undefined,
  version: number,
): Written {
  checkPrecondition(`${database}/documents/${write.path}`, write, before)
  if (write.operation === 'delete') return { after: undefined, transformResults: [] }
  const { fields, transformResults } = applyTransforms(write, updatedFields(write, before), version)
  if (before !== undefined && sameFields(before.fields, fields)) return { after: before, transformResults }
  const after = storedDocument(write.path, fields, before?.createTime ?? version, version)
  if (after.size > MAX_DOCUMENT_BYTES) {
    throw invalidArgument(
      `Document '${database}/documents/${write.path}' cannot be written because its size ` +
        `(${after.size.toLocaleString('en')} bytes) exceeds the maximum allowed size of ` +
        `${MAX_DOCUMENT_BYTES.toLocaleString('en')} bytes.`,
    )
  }
  return { after, transformResults }
}

function checkPrecondition(name: string, { precondition }: Write, before: StoredDocument | undefined): void {
  const { exists, updateTime } = precondition
  if (exists === true && before === undefined) throw notFound(`No document to update: ${name}`)
  if (exists === false && before !== undefined) throw alreadyExists(`Document already exists: ${name}`)
  if (updateTime !== undefined && before?.updateTime !== updateTime) {
    throw failedPrecondition(
      `The stored version (${before?.updateTime ?? 0}) does not match the required base version (${updateTime}): ${name}`,
    )
  }
}

function updatedFields({ operation, fields, mask }: Write, before: StoredDocument | undefined): Fields {
  const present = before?.fields ?? emptyFields()
  if (operation === 'transform') return present
  if (mask === undefined) return fields
  let updated = present
  for (const path of mask) {
    const value = fieldAt(fields, path)
    updated = value === undefined ? withoutField(updated, path) : withField(updated, path, value)
  }
  return updated
}

function applyTransforms(
  { transforms }: Write,
  updated: Fields,
  version: number,
): { readonly fields: Fields; readonly transformResults: readonly Value[] } {
  let fields = updated
  const transformResults: Value[] = []
  for (const { path, apply } of transforms) {
    const { value, result } = apply(fieldAt(fields, path), version)
    fields = withField(fields, path, value)
    transformResults.push(result)
  }
  return { fields, transformResults }
}
