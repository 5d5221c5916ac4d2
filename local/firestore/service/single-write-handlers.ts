import {
  checkId,
  joinPath,
  newDocumentId,
  parseDocumentName,
  parseParentName,
} from '../names/resource-name.ts'
import { commitWrites } from '../writes/commit.ts'
import type { DocumentInput, PreconditionInput, WriteInput } from '../writes/parse-write.ts'
import { parseWrite } from '../writes/parse-write.ts'
import type { MaskInput } from './document-handlers.ts'
import { parseMask } from './document-handlers.ts'
import type { FindDatabase } from './open-database.ts'
import { documentName, wireDocument } from './wire.ts'

export interface CreateDocumentRequest {
  readonly parent?: string
  readonly collectionId?: string
  readonly documentId?: string
  readonly document?: DocumentInput
  readonly mask?: MaskInput | null
}

export function createDocument(find: FindDatabase, request: CreateDocumentRequest): object {
  const { database, path: parent } = parseParentName(request.parent)
  const id =
    request.documentId === undefined || request.documentId === '' ? newDocumentId() : request.documentId
  checkId(request.collectionId ?? '')
  const path = `${joinPath(parent, request.collectionId ?? '')}/${id}`
  const update = { name: documentName(database, path), fields: request.document?.fields ?? {} }
  return writeOne(find, database, path, request.mask, {
    operation: 'update',
    update,
    currentDocument: { conditionType: 'exists', exists: false },
  })
}

export interface UpdateDocumentRequest {
  readonly document?: DocumentInput
  readonly updateMask?: MaskInput | null
  readonly mask?: MaskInput | null
  readonly currentDocument?: PreconditionInput | null
}

export function updateDocument(find: FindDatabase, request: UpdateDocumentRequest): object {
  const { database, path } = parseDocumentName(request.document?.name)
  return writeOne(find, database, path, request.mask, {
    operation: 'update',
    update: request.document ?? {},
    updateMask: request.updateMask ?? null,
    currentDocument: request.currentDocument ?? null,
  })
}

function writeOne(
  find: FindDatabase,
  name: string,
  path: string,
  mask: MaskInput | null | undefined,
  write: WriteInput,
): object {
  const { database } = find(name)
  const fields = parseMask(mask)
  commitWrites(database, [parseWrite(name, write)])
  const document = database.get(path)
  return document === undefined ? {} : wireDocument(name, document, fields)
}

export interface DeleteDocumentRequest {
  readonly name?: string
  readonly currentDocument?: PreconditionInput | null
}

export function deleteDocument(find: FindDatabase, request: DeleteDocumentRequest): object {
  const { database } = parseDocumentName(request.name)
  const write = {
    operation: 'delete',
    delete: request.name ?? '',
    currentDocument: request.currentDocument ?? null,
  }
  commitWrites(find(database).database, [parseWrite(database, write)])
  return {}
}
