import { type ReferenceOptions, onValueCreated } from 'firebase-functions/database'
import type { Deps } from '../deps.ts'
import { requestLiveSummary } from './live/request-live-summary.ts'

/**
 * Runs for every new message of an active conversation and asks for a new live summary. Tried again only when an
 * attempt threw, which it does only while the queue cannot be reached.
 *
 * @param deps made once per process, at the first event
 */
export const onMessageToSummarize = (
  deps: () => Pick<Deps, 'tasks' | 'clock'>,
  options: Pick<ReferenceOptions, 'secrets'>,
) =>
  onValueCreated(
    { ...options, ref: '/active_conversations/{conversation_id}/messages/{message_id}', retry: true },
    async (event) => {
      await requestLiveSummary(deps(), {
        conversationId: event.params.conversation_id,
        messageId: event.params.message_id,
        stored: event.data.val(),
      })
    },
  )
