import { type ReferenceOptions, onValueCreated, onValueWritten } from 'firebase-functions/database'
import type { Deps } from '../deps.ts'
import { type ArchiveDeps, archiveCall } from './archive-call.ts'
import { parseCall } from '../conversations/store.ts'
import { indexConversation } from './index-conversation.ts'
import { directEnd, newEvents, noteHistory } from './note-history.ts'
import { noteMessage } from './note-message.ts'
import type { LastLook } from './sweep.ts'

/**
 * Runs for every write to a call, keeps `conversations/{conversation_id}` in Firestore, and the audit log complete. Tried again only when
 * an attempt threw, which it does only while a database does not answer.
 *
 * @param deps made once per process, at the first event
 */
export const onCallWritten = (
  deps: () => Pick<Deps, 'database' | 'firestore' | 'clock' | 'log' | 'audit'>,
  options: Pick<ReferenceOptions, 'secrets'>,
) =>
  onValueWritten({ ...options, ref: '/active_calls/{call_id}', retry: true }, async (event) => {
    const { call_id: callId } = event.params
    const before: unknown = event.data.before.val()
    const after: unknown = event.data.after.val()
    await indexConversation(deps(), { callId, before, after, at: Date.parse(event.time) })
    const call = parseCall(after)
    if (call === undefined) return
    const events = [...newEvents(before, after), ...directEnd(call, after)]
    await noteHistory(deps(), { callId, call, events })
  })

/**
 * Runs when a call gets another status and archives it once it has ended (DESIGN 2). What this leaves undone, however
 * it ends, a sweep finds.
 *
 * @param deps made once per process, at the first event
 * @param lastLook what has to be done with the call before
 */
export const onCallStatus = (
  deps: () => ArchiveDeps,
  lastLook: LastLook,
  options: Pick<ReferenceOptions, 'secrets'>,
) =>
  onValueWritten({ ...options, ref: '/active_calls/{call_id}/status', retry: true }, async (event) => {
    if (event.data.after.val() !== 'ENDED') return
    await lastLook(event.params.call_id)
    await archiveCall(deps(), event.params.call_id)
  })

/**
 * Runs for every new message of an active conversation and keeps with its call what the board shows of it. Tried again
 * only when an attempt threw, which it does only while the database does not answer.
 *
 * @param deps made once per process, at the first event
 */
export const onMessageToNote = (
  deps: () => Pick<Deps, 'writes' | 'transactions' | 'guarded' | 'clock' | 'log'>,
  options: Pick<ReferenceOptions, 'secrets'>,
) =>
  onValueCreated(
    { ...options, ref: '/active_conversations/{conversation_id}/messages/{message_id}', retry: true },
    async (event) => {
      const { conversation_id: conversationId, message_id: messageId } = event.params
      await noteMessage(deps(), { conversationId, messageId, stored: event.data.val() })
    },
  )
