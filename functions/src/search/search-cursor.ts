import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import type { SearchQuery } from './schema.ts'

/** Where a page of hits begins, and until when the messages count: those that come later do not move the others. */
export interface SearchPlace {
  offset: number
  /** Only messages received up to then, ms since 1970. */
  asOf: number
}

const Stored = z.tuple([z.int().nonnegative().max(1_000_000), z.int().positive(), z.string()])

/** Names what was asked for, so that a cursor cannot be used with another question. */
function digestOf({ cursor: _c, limit: _l, ...asked }: SearchQuery): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, 16)
}

export const formatPlace = ({ offset, asOf }: SearchPlace, query: SearchQuery): string =>
  Buffer.from(JSON.stringify([offset, asOf, digestOf(query)])).toString('base64url')

/** @throws AppError `invalid-input` for a cursor that was not given for this search. */
export function readPlace(query: SearchQuery, now: number): SearchPlace {
  if (query.cursor === undefined) return { offset: 0, asOf: now }
  try {
    const [offset, asOf, digest] = Stored.parse(
      JSON.parse(Buffer.from(query.cursor, 'base64url').toString('utf8')),
    )
    if (digest === digestOf(query)) return { offset, asOf }
  } catch (error) {
    throw new AppError('invalid-input', 'query.cursor: is none that a search has given', { cause: error })
  }
  throw new AppError('invalid-input', 'query.cursor: belongs to another search')
}
