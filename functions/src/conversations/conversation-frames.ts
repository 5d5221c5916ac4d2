import type { CallRecord } from '../calls/schema.ts'
import { type Frame, createFrame, frameOf } from '../streaming/frame.ts'
import type { MessageLog } from './message-log.ts'
import type { z } from 'zod'
import type { CallState, CheckRecord, Conversation, ConversationEvents, SeenMark } from './schema.ts'
import { urgencyCause } from './urgency-cause.ts'

/** The conversation whose events are written: its ids and its call as it is now. */
export interface Described {
  conversationId: string
  callId: string
  call: CallRecord
}

/** Spec 1's conversation without its messages, in the specification's order. */
export const describe = ({ conversationId, callId, call }: Described) =>
  ({
    conversation_id: conversationId,
    call_id: callId,
    worker_id: call.worker_id,
    mobile_no: call.mobile_no,
    urgency: call.urgency,
    status: call.status,
    medium: call.medium,
    timestamp: call.timestamp,
  }) satisfies Partial<Conversation>

/** `initial`: the whole conversation, put together from the messages' own JSON. */
export function initialFrame(about: Described, log: MessageLog): Frame {
  const head = JSON.stringify(describe(about)).slice(0, -1)
  const tail = `"total_messages":${log.total()},"admin_id":${JSON.stringify(about.call.admin_id)}`
  return createFrame({
    event: 'initial',
    json: `${head},"messages":${log.allJson()},${tail}}`,
    id: log.cursorId(),
  })
}

/** `new_messages`. `messages` is a JSON array of them. */
export function newMessagesFrame(conversationId: string, messages: string, log: MessageLog): Frame {
  const json = `{"conversation_id":${JSON.stringify(conversationId)},"messages":${messages},"total_messages":${log.total()}}`
  return createFrame({ event: 'new_messages', json, id: log.cursorId() })
}

function callState({ conversationId, callId, call }: Described): z.infer<typeof CallState> {
  const cause = urgencyCause(call)
  return {
    conversation_id: conversationId,
    call_id: callId,
    urgency: call.urgency,
    status: call.status,
    admin_id: call.admin_id,
    ...(cause !== undefined && { urgency_cause: cause }),
  }
}

export const callChangedFrame = (about: Described): Frame => frameOf('call_changed', callState(about))

export const endedFrame = (conversationId: string): Frame =>
  frameOf('ended', { message: 'Conversation has ended', conversation_id: conversationId })

type EventData<Name extends keyof typeof ConversationEvents> = z.infer<(typeof ConversationEvents)[Name]>

export const seenFrame = (conversation_id: string, marks: SeenMark[]): Frame =>
  frameOf('seen', { conversation_id, marks } satisfies EventData<'seen'>)

/** `left`: for how long the word still holds, ms; 0: no longer typing. */
export function typingFrame(
  conversation_id: string,
  { uid, side, left }: { uid: string; side: EventData<'typing'>['side']; left: number },
): Frame {
  const typing = left > 0
  return frameOf('typing', {
    conversation_id,
    uid,
    side,
    typing,
    expires_in_ms: Math.ceil(left),
  } satisfies EventData<'typing'>)
}

/** `at`: ms since 1970; `age`: ms. */
export const presenceFrame = (
  conversation_id: string,
  { uid, at, age }: { uid: string; at: number; age: number },
): Frame =>
  frameOf('presence', {
    conversation_id,
    uid,
    last_contact_at: new Date(at).toISOString(),
    age_ms: Math.round(age),
  } satisfies EventData<'presence'>)

/** Undefined: nothing is asked any more. What the worker answered with is nobody's to see. */
export const checkFrame = (conversation_id: string, check: CheckRecord | undefined): Frame =>
  frameOf('check', {
    conversation_id,
    check:
      check === undefined
        ? null
        : {
            check_id: check.id,
            asked_at: new Date(check.asked_at).toISOString(),
            answer_by: new Date(check.answer_by).toISOString(),
            answered_at: check.answer === undefined ? null : new Date(check.answer.at).toISOString(),
          },
  } satisfies EventData<'check'>)
