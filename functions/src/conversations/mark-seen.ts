import { ServerValue } from 'firebase-admin/database'
import type { Actor } from '../auth/actor.ts'
import type { CallRecord, Place } from '../calls/schema.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { Id } from '../platform/schema.ts'
import { unavailable } from '../streaming/with-timeout.ts'
import { authorize } from './authorize.ts'
import { boardPath, parseBoard } from './board-record.ts'
import type { Directory } from './directory.ts'
import { readAccepted, writeGuarded } from './guarded-write.ts'
import { readMessage } from './read-message.ts'
import { conflict } from './refuse-act.ts'
import { type SeenMark, SeenRecord } from './schema.ts'
import { isLaterMark } from './signals.ts'

type SeenDeps = Pick<Deps, 'writes' | 'guarded' | 'firestore' | 'clock' | 'log' | 'audit'> & {
  directory: Directory
}

/** A call can change hands while we write, but hardly this often. */
const ATTEMPTS = 3

/**
 * Marks how far an admin has read. Only the mark of who holds the call is stored where its worker can see it; watching
 * leaves one for the team alone. In the same step the board learns up to where the team has seen all. A mark never goes
 * back: for an earlier message the one that stands is returned.
 *
 * @throws AppError `forbidden` for who may not read the conversation, `not-found` for an unknown conversation or
 * message, `conflict` once the call has ended, `unavailable` when the database does not answer.
 */
export async function markSeen(
  deps: SeenDeps,
  actor: Pick<Actor, 'uid' | 'role' | 'company_id'>,
  id: string,
  messageId: string,
): Promise<SeenMark> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const fresh = { ...deps, database: deps.writes }
    const { conversationId, callId, call } = await authorize(fresh, actor, id, 'read', {
      strangers: 'learn-nothing',
      as: 'conversation.seen',
    })
    if (call.status === 'ENDED') throw await conflict('ended', call, deps.directory)
    const wanted = await placeOf(deps, conversationId, messageId)
    const isHolder = call.admin_id === actor.uid
    const path = isHolder
      ? `active_conversations/${conversationId}/seen/${actor.uid}`
      : `team_seen/${conversationId}/${actor.uid}`
    const side = isHolder ? 'admin' : 'watcher'
    const before = await readMark(deps, path)
    if (before !== undefined && !isLaterMark(wanted, before)) return toMark(actor.uid, side, before)
    await writeGuarded(deps, {
      [path]: { ...wanted, seen_at: ServerValue.TIMESTAMP },
      ...(await seenByTeam(deps, callId, call, wanted)),
    })
    const after = await readMark(deps, path)
    if (after !== undefined && !isLaterMark(wanted, after)) return toMark(actor.uid, side, after)
    // Refused because the call has changed hands or ended: the next look says which.
  }
  throw unavailable()
}

/** What a mark is to the board: nothing when somebody has seen further, or the call is on no company's board. */
async function seenByTeam(deps: SeenDeps, callId: string, { company_id }: CallRecord, wanted: Place) {
  if (company_id === undefined) return {}
  const path = boardPath(company_id, callId)
  const board = parseBoard(await readAccepted(deps, path))
  return board?.seen_to !== undefined && isLaterMark(board.seen_to, wanted)
    ? {}
    : { [`${path}/seen_to`]: wanted }
}

async function placeOf(deps: SeenDeps, conversationId: string, messageId: string): Promise<Place> {
  const unknown = () => new AppError('not-found', 'Message not found.')
  if (!Id.safeParse(messageId).success) throw unknown()
  const stored = await readAccepted(deps, `active_conversations/${conversationId}/messages/${messageId}`)
  const message = readMessage(messageId, stored, deps.clock.now())
  if (message === undefined) throw unknown()
  return { message_id: message.id, received_at: message.at }
}

async function readMark(deps: SeenDeps, path: string): Promise<SeenRecord | undefined> {
  return SeenRecord.safeParse(await readAccepted(deps, path)).data
}

const toMark = (uid: string, side: SeenMark['side'], { message_id, seen_at }: SeenRecord): SeenMark => ({
  uid,
  side,
  message_id,
  seen_at: new Date(seen_at).toISOString(),
})
