import type { CallRecord, UrgencyFloorRecord } from '../calls/schema.ts'
import { type Act, changeCall } from '../conversations/change-call.ts'
import type { Deps } from '../deps.ts'
import { isMoreUrgent } from './urgency-floor.ts'

/**
 * Gives an active call a floor under its urgency. Never lowers it, and leaves alone what a person decided after the message was
 * written. Floors may come more than once and in any order, with the same outcome.
 *
 * @returns `unchanged`: the call is as urgent already and has as good a reason, or a person has decided since; `gone`: there
 *   is no such active call.
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function applyFloor(
  deps: Pick<Deps, 'transactions' | 'clock' | 'log'>,
  { conversationId, callId }: { conversationId: string; callId: string },
  floor: UrgencyFloorRecord,
): Promise<'raised' | 'unchanged' | 'gone'> {
  const isActive = (call: CallRecord): boolean =>
    call.status === 'ACTIVE' && call.conversation_id === conversationId
  const { kind } = await changeCall(deps, callId, isActive, withFloor(floor))
  if (kind === 'gone' || kind === 'moved') return 'gone'
  if (kind !== 'changed') return 'unchanged'
  const { message_id: messageId, urgency, model } = floor
  deps.log.info({ conversationId, callId, messageId, urgency, model }, 'urgency floor applied')
  return 'raised'
}

/** What a floor does to a call; of several messages the same one gives the reason, whatever their order. */
const withFloor =
  (floor: UrgencyFloorRecord): Act =>
  ({ urgency, urgency_changed, urgency_floor }) => {
    // In the same millisecond nobody can have read the message first.
    if (urgency_changed !== undefined && urgency_changed.at > floor.at) return null
    const isRaised = isMoreUrgent(floor.urgency, urgency)
    // What a model thinks of a call that is as urgent already is nobody's reason for it.
    if (floor.model !== undefined && !isRaised) return null
    const isCurrent =
      urgency_floor !== undefined && !(urgency_changed && urgency_changed.at > urgency_floor.at)
    const isBetter = !isCurrent || comesFirst(floor, urgency_floor)
    if (!isBetter && !isRaised) return null
    return { ...(isBetter && { urgency_floor: floor }), ...(isRaised && { urgency: floor.urgency }) }
  }

/** The most urgent; of these what the words say by themselves, and of these the one that said it first. */
function comesFirst(a: UrgencyFloorRecord, b: UrgencyFloorRecord): boolean {
  if (a.urgency !== b.urgency) return isMoreUrgent(a.urgency, b.urgency)
  if ((a.model === undefined) !== (b.model === undefined)) return a.model === undefined
  return a.at < b.at || (a.at === b.at && a.message_id < b.message_id)
}
