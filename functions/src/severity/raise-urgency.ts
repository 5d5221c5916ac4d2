import { readMessage } from '../conversations/read-message.ts'
import { readCallOf } from '../conversations/store.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { applyFloor } from './apply-floor.ts'
import { urgencyFloor } from './urgency-floor.ts'

/** A message as the database reported it when it was written. */
export interface NewMessage {
  conversationId: string
  messageId: string
  stored: unknown
  /** When it was written, ms since 1970; for messages without a server time of their own. */
  at: number
}

/**
 * Raises a call to the urgency that a message of its worker speaks of, and keeps with the call what that rests on
 * (`urgency_floor`). Never lowers. Messages may be reported more than once and in any order, with the same outcome.
 * What a person set with a reason after the message was written stands; a later message may raise it again.
 *
 * @returns what was done; `unchanged`: the call is as urgent already and has as good a reason, or a person has
 *   decided since; `quiet`: nothing in it is urgent.
 * @throws AppError `unavailable` when the database does not answer, and another attempt could help.
 */
export async function raiseUrgency(
  deps: Pick<Deps, 'writes' | 'transactions' | 'clock' | 'log'>,
  { conversationId, messageId, stored, at }: NewMessage,
): Promise<'raised' | 'unchanged' | 'quiet' | 'gone' | 'malformed'> {
  const message = readMessage(messageId, stored, deps.clock.now())
  if (message === undefined || !Id.safeParse(conversationId).success) {
    const ids = { conversationId: conversationId.slice(0, 128), messageId: messageId.slice(0, 128) }
    deps.log.warn(ids, 'malformed message not read for urgency')
    return 'malformed'
  }
  if (message.message.role !== 'user') return 'quiet'
  const { floor, cues } = urgencyFloor(message.message.content)
  if (floor === null) return 'quiet'
  // From the server and not from memory: a function lives on between events, and may have an old call in mind.
  const found = await readCallOf({ ...deps, database: deps.writes }, conversationId)
  if (found === undefined) return 'gone'
  const writtenAt = message.dated ? message.at : at
  const record = { urgency: floor, message_id: message.id, at: writtenAt, cues: [...cues] }
  return await applyFloor(deps, { conversationId, callId: found.callId }, record)
}
