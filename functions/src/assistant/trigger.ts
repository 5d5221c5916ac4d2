import { type ReferenceOptions, onValueCreated } from 'firebase-functions/database'
import type { Deps } from '../deps.ts'
import { requestAnswer } from './request-answer.ts'

/**
 * Runs for every new message of an active conversation and has the assistant look at what a worker wrote. Tried again
 * only when an attempt threw, which it does only while the queue cannot be reached.
 *
 * @param deps made once per process, at the first event
 */
export const onMessageToAnswer = (
  deps: () => Pick<Deps, 'tasks' | 'clock' | 'config'>,
  options: Pick<ReferenceOptions, 'secrets'>,
) =>
  onValueCreated(
    { ...options, ref: '/active_conversations/{conversation_id}/messages/{message_id}', retry: true },
    async (event) => {
      await requestAnswer(deps(), {
        conversationId: event.params.conversation_id,
        messageId: event.params.message_id,
        stored: event.data.val(),
      })
    },
  )
