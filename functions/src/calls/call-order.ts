import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import type { Call, CallsQuery, Urgency } from './schema.ts'

/** By what a list of calls is sorted, and which way. */
export interface CallOrder {
  by: NonNullable<CallsQuery['sort_by']>
  order: NonNullable<CallsQuery['sort_order']>
}

const WEIGHT: Record<Urgency, number> = { LOW: 0, MEDIUM: 1, HIGH: 2, CRITICAL: 3 }

/** What a call is sorted by, as numbers; ascending. Of the most urgent the longest-waiting are "more". */
const KEYS: Record<CallOrder['by'], (call: Call) => readonly [number, number]> = {
  urgency: (call) => [WEIGHT[call.urgency], -Date.parse(call.started_at)],
  timestamp: (call) => [Date.parse(call.timestamp), 0],
  started_at: (call) => [Date.parse(call.started_at), 0],
  last_message: (call) => [Date.parse(call.last_message_at ?? call.started_at), 0],
  ended_at: (call) => [Date.parse(call.ended_at ?? call.started_at), 0],
}

/** A place in a list: that of the last call of a page, whether it is still there or not. */
export interface CallPlace {
  key: readonly [number, number]
  id: string
}

export const placeOf = (call: Call, { by }: CallOrder): CallPlace => ({
  key: KEYS[by](call),
  id: call.call_id,
})

/** Negative when `a` comes before `b`. Never 0 for two calls, so that a place says what comes after it. */
export function comparePlaces(a: CallPlace, b: CallPlace, { order }: CallOrder): number {
  const byKey = a.key[0] - b.key[0] || a.key[1] - b.key[1]
  return (order === 'asc' ? byKey : -byKey) || (a.id < b.id ? -1 : Number(a.id > b.id))
}

const Cursor = z.tuple([z.string(), z.string(), z.string(), z.number(), z.number(), Id])

/** For clients to hand back as it is. It holds a place and not a number of calls, so what comes and goes shifts nothing. */
export function formatCallsCursor({ key, id }: CallPlace, { by, order }: CallOrder, status: string): string {
  return Buffer.from(JSON.stringify([status, by, order, ...key, id])).toString('base64url')
}

/** @throws AppError `invalid-input` for what is no cursor, or belongs to a list in another order. */
export function parseCallsCursor(cursor: string, { by, order }: CallOrder, status: string): CallPlace {
  const parsed = Cursor.safeParse(readJson(cursor))
  if (!parsed.success) throw new AppError('invalid-input', 'query.cursor: is no cursor of this list')
  const [itsStatus, itsBy, itsOrder, first, second, id] = parsed.data
  if (itsStatus !== status || itsBy !== by || itsOrder !== order) {
    throw new AppError('invalid-input', 'query.cursor: belongs to a list of another status or order')
  }
  return { key: [first, second], id }
}

function readJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined
  }
}
