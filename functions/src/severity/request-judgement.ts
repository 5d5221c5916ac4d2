import { readMessage } from '../conversations/read-message.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { urgencyFloor } from './urgency-floor.ts'

/** Messages that come within so long of one another are judged together, ms. */
const DEBOUNCE_MS = 1_500
/** Clocks of two processes may differ by this much; a task must not look before the last of its messages is there. */
const SETTLE_MS = 250

/**
 * Asks for a model's judgement of a call because of a message of its worker's that is not of the highest urgency by its words
 * alone; where no model is configured there is nobody to ask. The same message may be reported more than once.
 *
 * @throws AppError `unavailable` when the queue cannot be reached.
 */
export async function requestJudgement(
  { tasks, clock, config }: Pick<Deps, 'tasks' | 'clock' | 'config'>,
  { conversationId, messageId, stored }: { conversationId: string; messageId: string; stored: unknown },
): Promise<'asked' | 'ignored'> {
  if (config.models.server === null) return 'ignored'
  const now = clock.now()
  const read = readMessage(messageId, stored, now)
  if (read?.message.role !== 'user' || !Id.safeParse(conversationId).success) return 'ignored'
  const { content } = read.message
  if (content.trim() === '' || urgencyFloor(content).floor === 'CRITICAL') return 'ignored'
  const span = Math.floor(now / DEBOUNCE_MS)
  await tasks.enqueue('judgeUrgency', {
    key: `${conversationId}/${span}`,
    data: { conversation_id: conversationId },
    afterMs: (span + 1) * DEBOUNCE_MS - now + SETTLE_MS,
  })
  return 'asked'
}
