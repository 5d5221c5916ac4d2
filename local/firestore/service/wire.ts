import type { StoredDocument } from '../store/document.ts'
import type { FieldPath } from '../values/field-path.ts'
import { isNamePath, project } from '../values/field-path.ts'
import { fromMicros } from '../values/timestamp.ts'
import type { WriteResult } from '../writes/commit.ts'

/** The full name of a document. */
export const documentName = (database: string, path: string): string => `${database}/documents/${path}`

/** A document as the wire carries it, with only the masked fields where there is a mask. */
export function wireDocument(
  database: string,
  document: StoredDocument,
  mask?: readonly FieldPath[],
): object {
  return {
    name: documentName(database, document.path),
    fields: mask === undefined ? document.fields : project(document.fields, mask.filter(isField)),
    createTime: fromMicros(document.createTime),
    updateTime: fromMicros(document.updateTime),
  }
}

const isField = (path: FieldPath): boolean => !isNamePath(path)

export const wireWriteResult = ({ updateTime, transformResults }: WriteResult): object => ({
  ...(updateTime !== undefined && { updateTime: fromMicros(updateTime) }),
  transformResults,
})
