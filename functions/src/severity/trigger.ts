import { type ReferenceOptions, onValueCreated } from 'firebase-functions/database'
import type { Deps } from '../deps.ts'
import { raiseUrgency } from './raise-urgency.ts'
import { requestJudgement } from './request-judgement.ts'

/**
 * Runs for every new message of an active conversation and raises its call where the worker's words demand it, and asks
 * for a model's judgement where there is a model. Tried again only when an attempt threw, which it does only while the database
 * does not answer or the queue cannot be reached.
 *
 * @param deps made once per process, at the first event
 */
export const onMessageCreated = (
  deps: () => Pick<Deps, 'writes' | 'transactions' | 'tasks' | 'config' | 'clock' | 'log'>,
  options: Pick<ReferenceOptions, 'secrets'>,
) =>
  onValueCreated(
    { ...options, ref: '/active_conversations/{conversation_id}/messages/{message_id}', retry: true },
    async (event) => {
      const message = {
        conversationId: event.params.conversation_id,
        messageId: event.params.message_id,
        stored: event.data.val() as unknown,
        at: Date.parse(event.time),
      }
      await raiseUrgency(deps(), message)
      await requestJudgement(deps(), message)
    },
  )
