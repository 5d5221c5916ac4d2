import { type ReferenceOptions, onValueCreated } from 'firebase-functions/database'
import type { Deps } from '../deps.ts'
import { raiseUrgency } from './raise-urgency.ts'

/**
 * Runs for every new message of an active conversation and raises its call where the worker's words demand it. Tried
 * again only when an attempt threw, which it does only while the database does not answer.
 *
 * @param deps made once per process, at the first event
 */
export const onMessageCreated = (
  deps: () => Pick<Deps, 'writes' | 'transactions' | 'clock' | 'log'>,
  options: Pick<ReferenceOptions, 'secrets'>,
) =>
  onValueCreated(
    { ...options, ref: '/active_conversations/{conversation_id}/messages/{message_id}', retry: true },
    async (event) => {
      await raiseUrgency(deps(), {
        conversationId: event.params.conversation_id,
        messageId: event.params.message_id,
        stored: event.data.val(),
        at: Date.parse(event.time),
      })
    },
  )
