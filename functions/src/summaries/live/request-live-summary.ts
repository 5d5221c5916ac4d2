import { readMessage } from '../../conversations/read-message.ts'
import type { Deps } from '../../deps.ts'
import { Id } from '../../platform/schema.ts'
import { urgencyFloor } from '../../severity/urgency-floor.ts'

/** Messages that come within so long of one another are summarized together, ms. */
const DEBOUNCE_MS = 4_000
/** Clocks of two processes may differ by this much; a task must not look before the last of its messages is there. */
const SETTLE_MS = 250

/**
 * Asks for a new live summary because of a message: a while later together with those that follow at once, or right away
 * where its words are urgent. The same message may be reported more than once.
 *
 * @throws AppError `unavailable` when the queue cannot be reached.
 */
export async function requestLiveSummary(
  { tasks, clock }: Pick<Deps, 'tasks' | 'clock'>,
  { conversationId, messageId, stored }: { conversationId: string; messageId: string; stored: unknown },
): Promise<'asked' | 'ignored'> {
  const now = clock.now()
  const read = readMessage(messageId, stored, now)
  if (read === undefined || !Id.safeParse(conversationId).success) return 'ignored'
  const { role, content } = read.message
  if (role === 'system') return 'ignored'
  const data = { conversation_id: conversationId }
  if (role === 'user' && urgencyFloor(content).floor !== null) {
    await tasks.enqueue('summarizeCall', { key: `${conversationId}/urgent/${read.id}`, data })
    return 'asked'
  }
  const span = Math.floor(now / DEBOUNCE_MS)
  const afterMs = (span + 1) * DEBOUNCE_MS - now + SETTLE_MS
  await tasks.enqueue('summarizeCall', { key: `${conversationId}/${span}`, data, afterMs })
  return 'asked'
}
