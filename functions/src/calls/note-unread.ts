import { boardPath, parseBoard, unreadOf } from '../conversations/board-record.ts'
import { readAccepted, writeGuarded } from '../conversations/guarded-write.ts'
import type { ReadMessage } from '../conversations/read-message.ts'
import { isLaterMark } from '../conversations/signals.ts'
import type { Deps } from '../deps.ts'
import { type CallRecord, UNREAD_MOST } from './schema.ts'

/**
 * Keeps for the board that nobody has read a message of the worker yet. A set and not a count: reported twice, late, or
 * after it was seen, a message counts as it should. Written under the rules, which take nothing for a call that is over.
 *
 * @returns whether the message counts as unread, and was not known to
 * @throws AppError `unavailable` when the database does not answer, and another attempt could help.
 */
export async function noteUnread(
  deps: Pick<Deps, 'writes' | 'guarded' | 'clock'>,
  { callId, call: { company_id } }: { callId: string; call: CallRecord },
  { id, at, message: { role } }: ReadMessage,
): Promise<boolean> {
  if (role !== 'user' || company_id === undefined) return false
  const path = boardPath(company_id, callId)
  const board = parseBoard(await readAccepted(deps, path))
  if (board?.unread?.[id] !== undefined) return false
  const place = { message_id: id, received_at: at }
  if (board?.seen_to !== undefined && !isLaterMark(place, board.seen_to)) return false
  // What was seen since, and what is more than can be told, need not be kept.
  const kept = new Set(
    unreadOf(board)
      .slice(1 - UNREAD_MOST)
      .map(({ message_id }) => message_id),
  )
  const gone = Object.keys(board?.unread ?? {}).filter((each) => !kept.has(each))
  const outcome = await writeGuarded(deps, {
    ...Object.fromEntries(gone.map((each) => [`${path}/unread/${each}`, null])),
    [`${path}/unread/${id}`]: at,
  })
  return outcome === 'written'
}
