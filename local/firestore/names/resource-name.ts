import { randomInt } from 'node:crypto'

import { invalidArgument } from '../errors.ts'
import { numberOfId } from './numeric-id.ts'

const MAX_ID_BYTES = 1_500
const RESERVED = /^__.*__$/s
const ROOT = /^projects\/([^/]+)\/databases\/([^/]+)$/
const DOCUMENTS = /^(projects\/[^/]+\/databases\/[^/]+)\/documents(?:\/(.*))?$/s

/** A place in a database: `database` is `projects/{p}/databases/{d}`, `path` what follows `/documents/`. */
export interface ResourceName {
  readonly database: string
  readonly path: string
}

/** Checks `projects/{p}/databases/{d}` and returns it. */
export function parseDatabaseName(name: string | undefined): string {
  if (name === undefined || !ROOT.test(name)) throw invalidArgument(`Invalid database name "${name ?? ''}".`)
  return name
}

/** Parses the name of one document. Throws INVALID_ARGUMENT for collections, reserved and impossible ids. */
export function parseDocumentName(name: string | undefined): ResourceName {
  const parsed = parseName(name)
  const segments = parsed.path.split('/')
  if (segments.length % 2 !== 0) {
    throw invalidArgument(
      `Document name "${name}" lacks "/" at index ${name?.length}: it names a collection.`,
    )
  }
  for (const [index, segment] of segments.entries()) {
    if (index % 2 === 0) checkId(segment)
    else checkDocumentId(segment)
  }
  return parsed
}

/** Parses a parent: a document or, with an empty path, the root of the database. */
export function parseParentName(name: string | undefined): ResourceName {
  const parsed = parseName(name)
  return parsed.path === '' ? parsed : parseDocumentName(name)
}

function parseName(name: string | undefined): ResourceName {
  const match = DOCUMENTS.exec(name ?? '')
  if (match?.[1] === undefined) throw invalidArgument(`Invalid resource name "${name ?? ''}".`)
  return { database: match[1], path: match[2] ?? '' }
}

/** Throws INVALID_ARGUMENT unless a name that is stored as a value could name a document. */
export function checkDocumentReference(name: string): void {
  const { path } = parseName(name)
  const segments = path.split('/')
  if (segments.length % 2 !== 0 || segments.includes('')) {
    throw invalidArgument(`The reference "${name}" does not name a document.`)
  }
}

/** Throws INVALID_ARGUMENT for an id that no document can have. Numeric ones are spared: they match what is reserved. */
function checkDocumentId(id: string): void {
  if (numberOfId(id) === undefined) checkId(id)
}

/** Throws INVALID_ARGUMENT for an id that no collection can have, and no document unless it is numeric. */
export function checkId(id: string): void {
  if (id === '') throw invalidArgument('Resource ids must not be empty.')
  if (id === '.' || id === '..' || id.includes('/')) throw invalidArgument(`Resource id "${id}" is invalid.`)
  if (RESERVED.test(id)) throw invalidArgument(`Resource id "${id}" is invalid because it is reserved.`)
  if (Buffer.byteLength(id) > MAX_ID_BYTES) {
    throw invalidArgument(`Resource ids must not be longer than ${MAX_ID_BYTES} bytes.`)
  }
}

/** The collection of a document, and its id: `a/b/c/d` is document `d` of `a/b/c`. */
export function splitPath(path: string): { readonly collection: string; readonly id: string } {
  const slash = path.lastIndexOf('/')
  return { collection: path.slice(0, slash), id: path.slice(slash + 1) }
}

/** The last id of a collection path: its collection group. */
export const groupOf = (collection: string): string => collection.slice(collection.lastIndexOf('/') + 1)

/** Joins a parent (which may be empty) and what is below it. */
export const joinPath = (parent: string, below: string): string =>
  parent === '' ? below : `${parent}/${below}`

const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A new unguessable document id: 20 letters and digits, as the SDKs make them. */
export const newDocumentId = (): string =>
  Array.from({ length: 20 }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('')
