import type { Deps } from '../deps.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { type ReadMessage, compareMessages, readMessage } from './read-message.ts'

const READ_TIMEOUT_MS = 10_000

/**
 * The last messages of an active conversation from the server, earliest first, without any that cannot be read: no read
 * gets slower with the length of a conversation.
 *
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function readLatest(
  { writes, clock }: Pick<Deps, 'writes' | 'clock'>,
  conversationId: string,
  count: number,
): Promise<ReadMessage[]> {
  const query = writes
    .ref(`active_conversations/${conversationId}/messages`)
    .orderByChild('received_at')
    .limitToLast(count)
  const snapshot = await withTimeout(query.get(), READ_TIMEOUT_MS, clock).catch((error: unknown) => {
    throw unavailable(error)
  })
  const messages: ReadMessage[] = []
  snapshot.forEach((child) => {
    const message = readMessage(child.key, child.val(), clock.now())
    if (message !== undefined) messages.push(message)
  })
  return messages.toSorted(compareMessages)
}
