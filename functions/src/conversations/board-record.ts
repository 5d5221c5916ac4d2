import type { Database } from 'firebase-admin/database'
import { BoardRecord, type Place, UNREAD_MOST } from '../calls/schema.ts'
import type { Deps } from '../deps.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { isLaterMark } from './signals.ts'

/** How long a read of the database may take before the caller is told that it is unavailable, ms. */
const READ_TIMEOUT_MS = 10_000

/** Of the company that the call's own record names. */
export const boardPath = (companyId: string, callId: string): string => `boards/${companyId}/${callId}`

/** Reads `boards/{company_id}/{call_id}`; undefined when there is nothing. */
export const parseBoard = (stored: unknown): BoardRecord | undefined => BoardRecord.safeParse(stored).data

/** The messages of the worker that no admin has seen, the earliest first; at most a few more than `UNREAD_MOST`. */
export function unreadOf(board: BoardRecord | undefined): Place[] {
  const { unread = {}, seen_to } = board ?? {}
  return Object.entries(unread)
    .map(([message_id, received_at]) => ({ message_id, received_at }))
    .filter((place) => seen_to === undefined || isLaterMark(place, seen_to))
    .toSorted((a, b) => (isLaterMark(a, b) ? 1 : -1))
}

export const countUnread = (board: BoardRecord | undefined): number =>
  Math.min(unreadOf(board).length, UNREAD_MOST)

/**
 * What the board knows of all active calls of a company, in one read; by the ids of the calls.
 *
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function readBoards(
  { database, clock }: { database: Database; clock: Deps['clock'] },
  companyId: string,
): Promise<ReadonlyMap<string, BoardRecord>> {
  const boards = new Map<string, BoardRecord>()
  try {
    const stored = await withTimeout(database.ref(`boards/${companyId}`).get(), READ_TIMEOUT_MS, clock)
    stored.forEach((child) => {
      const board = parseBoard(child.val())
      if (board !== undefined) boards.set(child.key, board)
    })
  } catch (error) {
    throw unavailable(error)
  }
  return boards
}
