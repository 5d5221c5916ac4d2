import { readMessage } from '../conversations/read-message.ts'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'

/**
 * Asks the assistant to look at a conversation because of a message of its worker's. Whether there is anything to say is
 * for the task to see. The same message may be reported more than once.
 *
 * @throws AppError `unavailable` when the queue cannot be reached.
 */
export async function requestAnswer(
  { tasks, clock, config }: Pick<Deps, 'tasks' | 'clock' | 'config'>,
  { conversationId, messageId, stored }: { conversationId: string; messageId: string; stored: unknown },
): Promise<'asked' | 'ignored'> {
  if (!config.assistant.isOn) return 'ignored'
  const read = readMessage(messageId, stored, clock.now())
  if (read?.message.role !== 'user' || !Id.safeParse(conversationId).success) return 'ignored'
  await tasks.enqueue('assistWorker', {
    key: `${conversationId}/${read.id}`,
    data: { conversation_id: conversationId },
    afterMs: config.assistant.burstMs,
  })
  return 'asked'
}
