import { invalidArgument, notFound } from '../errors.ts'
import {
  checkId,
  joinPath,
  parseDatabaseName,
  parseDocumentName,
  parseParentName,
} from '../names/resource-name.ts'
import type { FieldPath } from '../values/field-path.ts'
import { parseFieldPath } from '../values/field-path.ts'
import { fromMicros } from '../values/timestamp.ts'
import type { FindDatabase } from './open-database.ts'
import type { Consistency } from './reader.ts'
import { openReader } from './reader.ts'
import { documentName, wireDocument } from './wire.ts'

const MAX_PAGE = 65_536
const DEFAULT_PAGE = 300

export interface MaskInput {
  readonly fieldPaths?: readonly string[]
}

export interface GetDocumentRequest extends Consistency {
  readonly name?: string
  readonly mask?: MaskInput | null
}

export interface BatchGetDocumentsRequest extends Consistency {
  readonly database?: string
  readonly documents?: readonly string[]
  readonly mask?: MaskInput | null
}

export interface ListDocumentsRequest extends Consistency {
  readonly parent?: string
  readonly collectionId?: string
  readonly pageSize?: number
  readonly pageToken?: string
  readonly orderBy?: string
  readonly mask?: MaskInput | null
  readonly showMissing?: boolean
}

export interface ListCollectionIdsRequest {
  readonly parent?: string
  readonly pageSize?: number
  readonly pageToken?: string
}

export const parseMask = (mask: MaskInput | null | undefined): readonly FieldPath[] | undefined =>
  mask ? (mask.fieldPaths ?? []).map(parseFieldPath) : undefined

export async function getDocument(find: FindDatabase, request: GetDocumentRequest): Promise<object> {
  const { database, path } = parseDocumentName(request.name)
  const mask = parseMask(request.mask)
  const document = await openReader(find(database), request).document(path)
  if (document === undefined) throw notFound(`Document "${request.name}" not found.`)
  return wireDocument(database, document, mask)
}

export async function* batchGetDocuments(
  find: FindDatabase,
  request: BatchGetDocumentsRequest,
): AsyncGenerator<object> {
  const name = parseDatabaseName(request.database)
  const mask = parseMask(request.mask)
  const paths = new Set(
    (request.documents ?? []).map((document) => {
      const { database, path } = parseDocumentName(document)
      if (database !== name) throw invalidArgument(`"${document}" does not belong to the database "${name}".`)
      return path
    }),
  )
  const reader = openReader(find(name), request)
  if (reader.began !== undefined) yield { transaction: reader.began }
  for (const path of paths) {
    const document = await reader.document(path)
    const readTime = fromMicros(reader.readTime)
    yield document === undefined
      ? { missing: documentName(name, path), readTime }
      : { found: wireDocument(name, document, mask), readTime }
  }
}

/** Documents of a collection by name, with those that exist only as parents where `showMissing` asks for them. */
export async function listDocuments(find: FindDatabase, request: ListDocumentsRequest): Promise<object> {
  const { database, path: parent } = parseParentName(request.parent)
  if ((request.orderBy ?? '') !== '' && request.orderBy !== '__name__') {
    throw invalidArgument('Documents can only be listed in the order of their names.')
  }
  checkId(request.collectionId ?? '')
  const mask = parseMask(request.mask)
  const open = find(database)
  const reader = openReader(open, request)
  const collection = joinPath(parent, request.collectionId ?? '')
  const size = pageSize(request.pageSize)
  const documents: object[] = []
  let last = ''
  for (const id of open.database.hierarchy.children(collection, pageStart(request.pageToken))) {
    const path = `${collection}/${id}`
    const document = await reader.document(path)
    if (document === undefined && request.showMissing !== true) continue
    if (documents.length === size) return { documents, nextPageToken: pageToken(last) }
    documents.push(
      document === undefined
        ? { name: documentName(database, path) }
        : wireDocument(database, document, mask),
    )
    last = id
  }
  return { documents }
}

export function listCollectionIds(find: FindDatabase, request: ListCollectionIdsRequest): object {
  const { database, path } = parseParentName(request.parent)
  const ids = [...find(database).database.hierarchy.children(path, pageStart(request.pageToken))]
  const page = ids.slice(0, pageSize(request.pageSize))
  return {
    collectionIds: page,
    ...(page.length < ids.length && { nextPageToken: pageToken(page.at(-1) ?? '') }),
  }
}

function pageSize(requested: number | undefined): number {
  if ((requested ?? 0) < 0) throw invalidArgument('page_size is negative.')
  return Math.min(requested === undefined || requested === 0 ? DEFAULT_PAGE : requested, MAX_PAGE)
}

const pageToken = (lastId: string): string => Buffer.from(lastId).toString('base64url')

const pageStart = (token: string | undefined): string | undefined =>
  token === undefined || token === '' ? undefined : Buffer.from(token, 'base64url').toString()
