import { z } from 'zod'

import { InvalidDataError } from '../tree/invalid-data-error.ts'
import { maxKey, minKey } from '../tree/order.ts'
import { isValidKey, parsePath } from '../tree/path.ts'
import { defaultQuery } from './query.ts'
import type { Bound, Index, Query } from './query.ts'

const LeafOrNull = z.union([z.string(), z.number(), z.boolean(), z.null()])
const KeyBound = z.string().refine((key) => key === minKey || key === maxKey || isValidKey(key))

/** The query object of a listen or get (protocol notes, section 3). */
const WireQuery = z.object({
  i: z.string().optional(),
  sp: LeafOrNull.optional(),
  sn: KeyBound.optional(),
  sin: z.boolean().optional(),
  ep: LeafOrNull.optional(),
  en: KeyBound.optional(),
  ein: z.boolean().optional(),
  l: z.int().positive().optional(),
  vf: z.enum(['l', 'r']).optional(),
})

/** @throws InvalidDataError for an object that is not a query. */
export function parseWireQuery(json: unknown): Query {
  if (json === undefined || json === null) return defaultQuery
  const { success, data: wire } = WireQuery.safeParse(json)
  if (!success) throw new InvalidDataError('Invalid query')
  const start = parseBound(wire.sp, wire.sn, wire.sin)
  const end = parseBound(wire.ep, wire.en, wire.ein)
  return {
    index: parseIndex(wire.i),
    ...(start && { start }),
    ...(end && { end }),
    ...(wire.l !== undefined && { limit: { count: wire.l, from: wire.vf === 'r' ? 'last' : 'first' } }),
  }
}

/** Reads `.key`, `.value`, `.priority` (also what an absent index means) or a child path. */
function parseIndex(text: string | undefined): Index {
  if (text === undefined || text === '.priority') return { kind: 'priority' }
  if (text === '.key') return { kind: 'key' }
  if (text === '.value') return { kind: 'value' }
  const path = parsePath(text)
  if (path.length === 0) throw new InvalidDataError('Invalid index')
  return { kind: 'child', path }
}

function parseBound(
  value: Bound['value'] | undefined,
  key: string | undefined,
  inclusive: boolean | undefined,
): Bound | undefined {
  if (value === undefined) return undefined
  return { value, inclusive: inclusive ?? true, ...(key !== undefined && { key }) }
}
