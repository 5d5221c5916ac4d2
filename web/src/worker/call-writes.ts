import {
  Attachment,
  type CallRecord,
  DuressProof,
  Id,
  MESSAGE_MAX_LENGTH,
  Timestamp,
  Urgency,
} from '@lifeline/functions/contract'
import { z } from 'zod'

/** A call that a worker starts; written together with its conversation. */
export const NewCall = z.object({
  kind: z.literal('call'),
  call_id: Id,
  conversation_id: Id,
  worker_id: Id,
  company_id: Id,
  mobile_no: z.string(),
  urgency: Urgency,
  timestamp: Timestamp,
})
export type NewCall = z.infer<typeof NewCall>

/** A message that a worker writes. */
export const NewMessage = z.object({
  kind: z.literal('message'),
  message_id: Id,
  call_id: Id,
  conversation_id: Id,
  worker_id: Id,
  content: z.string().min(1).max(MESSAGE_MAX_LENGTH),
  timestamp: Timestamp,
  /** A photo or a recording that is to be uploaded first; its bytes are kept under the message's id. */
  media: z.enum(['image', 'audio']).exactOptional(),
  /** What the message carries, once that is known. */
  attachment: Attachment.exactOptional(),
})
export type NewMessage = z.infer<typeof NewMessage>

/** The end of a call, wanted by its worker. */
const NewEnd = z.object({
  kind: z.literal('end'),
  call_id: Id,
  conversation_id: Id,
  worker_id: Id,
  timestamp: Timestamp,
  /** Derived from a word that was typed with it, for the server to look at. */
  proof: DuressProof.exactOptional(),
})

/** "I'm OK", to the very question that was asked. */
const NewAnswer = z.object({
  kind: z.literal('answer'),
  check_id: Id,
  call_id: Id,
  conversation_id: Id,
  worker_id: Id,
  timestamp: Timestamp,
  proof: DuressProof.exactOptional(),
})

export const NewWrite = z.discriminatedUnion('kind', [NewCall, NewMessage, NewEnd, NewAnswer])
export type NewWrite = z.infer<typeof NewWrite>

/** A message whose media the server does not have yet. */
export const needsUpload = (write: NewWrite): write is NewMessage =>
  write.kind === 'message' && write.media !== undefined && write.attachment === undefined

/** The id of what a write makes; chosen when it is queued, so that sending twice cannot double it. */
export function idOf(write: NewWrite): string {
  switch (write.kind) {
    case 'call':
      return write.call_id
    case 'message':
      return write.message_id
    case 'end':
      return `${write.call_id}/end`
    case 'answer':
      return `${write.call_id}/${write.check_id}`
    default:
      return write satisfies never
  }
}

/** Where a write can be read back. */
export function pathOf(write: NewWrite): string {
  switch (write.kind) {
    case 'call':
      return `active_calls/${write.call_id}`
    case 'message':
      return `active_conversations/${write.conversation_id}/messages/${write.message_id}`
    case 'end':
      // Whoever ended it: over is over.
      return `active_calls/${write.call_id}/${write.proof === undefined ? 'ended_at' : 'end_asked'}`
    case 'answer':
      return `active_conversations/${write.conversation_id}/check/answer`
    default:
      return write satisfies never
  }
}

/** The one multi-path update that the security rules accept for it. `serverTime` stands for the server's own clock. */
export function updateOf(write: NewWrite, serverTime: object): Record<string, unknown> {
  const { call_id, conversation_id, worker_id, timestamp } = write
  if (write.kind === 'end') {
    const call = `active_calls/${call_id}`
    if (write.proof !== undefined) return { [pathOf(write)]: { at: serverTime, proof: write.proof } }
    return {
      [`${call}/status`]: 'ENDED',
      [`${call}/ended_at`]: serverTime,
      [`${call}/ended_by`]: worker_id,
    }
  }
  if (write.kind === 'answer') {
    const { check_id, proof } = write
    return { [pathOf(write)]: { check_id, at: serverTime, ...(proof !== undefined && { proof }) } }
  }
  if (write.kind === 'message') {
    return {
      [pathOf(write)]: {
        role: 'user',
        content: write.content,
        timestamp,
        received_at: serverTime,
        sender_id: worker_id,
        sources: '',
        ...(write.attachment !== undefined && { attachment: write.attachment }),
      },
      [`active_calls/${call_id}/last_message_at`]: serverTime,
    }
  }
  const { company_id, mobile_no, urgency } = write
  const call = {
    conversation_id,
    worker_id,
    company_id,
    mobile_no,
    takeover: 0,
    urgency,
    status: 'ACTIVE',
    medium: 'Text',
    timestamp,
    started_at: serverTime,
    last_message_at: serverTime,
  } satisfies Partial<Record<keyof CallRecord, unknown>>
  return {
    [pathOf(write)]: call,
    [`active_conversations/${conversation_id}`]: { call_id, worker_id, company_id },
  }
}

/** Numbers as the rules accept them; anything else is left out. */
export function readMobileNumber(candidate: unknown): string {
  return typeof candidate === 'string' && /^\+?[0-9 ()-]{0,39}$/.test(candidate) ? candidate : ''
}
