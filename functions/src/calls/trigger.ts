import { type ReferenceOptions, onValueWritten } from 'firebase-functions/database'
import type { Deps } from '../deps.ts'
import { archiveCall } from './archive-call.ts'
import { indexConversation } from './index-conversation.ts'

/**
 * Runs for every write to a call and keeps `conversations/{conversation_id}` in Firestore. Tried again only when
 * an attempt threw, which it does only while a database does not answer.
 *
 * @param deps made once per process, at the first event
 */
export const onCallWritten = (
  deps: () => Pick<Deps, 'database' | 'firestore' | 'clock' | 'log'>,
  options: Pick<ReferenceOptions, 'secrets'>,
) =>
  onValueWritten({ ...options, ref: '/active_calls/{call_id}', retry: true }, async (event) => {
    await indexConversation(deps(), {
      callId: event.params.call_id,
      before: event.data.before.val(),
      after: event.data.after.val(),
      at: Date.parse(event.time),
    })
  })

/**
 * Runs when a call gets another status and archives it once it has ended (DESIGN 2). What this leaves undone, however
 * it ends, a sweep finds.
 *
 * @param deps made once per process, at the first event
 */
export const onCallStatus = (
  deps: () => Pick<Deps, 'writes' | 'transactions' | 'firestore' | 'clock' | 'log'>,
  options: Pick<ReferenceOptions, 'secrets'>,
) =>
  onValueWritten({ ...options, ref: '/active_calls/{call_id}/status', retry: true }, async (event) => {
    if (event.data.after.val() === 'ENDED') await archiveCall(deps(), event.params.call_id)
  })
