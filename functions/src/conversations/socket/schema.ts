import { z } from 'zod'
import { Id, Timestamp } from '../../platform/schema.ts'
import { MessageKey, Message, PostMessageBody, SeenBody, SeenMark, TypingBody } from '../schema.ts'

/** The client's own name for an action, sent back with its outcome. */
const request_id = z.string().min(1).max(64).exactOptional()
/** Any text: an id that cannot exist is answered as one that does not. */
const conversation_id = z.string().max(256)

/** What a client sends to `/ws/conversation`: one JSON object in each text message. */
export const SocketAction = z.discriminatedUnion('action', [
  /** The first message, unless the token came in the `Authorization` header. */
  z.object({ action: z.literal('authenticate'), request_id, token: z.string().min(1).max(4_096) }),
  /** `last_event_id`: the `id` of the last event that the client has of this conversation. */
  z.object({
    action: z.literal('subscribe'),
    request_id,
    conversation_id,
    last_event_id: z.string().max(256).exactOptional(),
  }),
  z.object({ action: z.literal('unsubscribe'), request_id, conversation_id }),
  /** `message_id` is the idempotency key: sent again under it, a message is stored once. */
  z.object({
    action: z.literal('send_message'),
    request_id,
    conversation_id,
    ...PostMessageBody.shape,
    message_id: MessageKey,
  }),
  z.object({ action: z.literal('seen'), request_id, conversation_id, ...SeenBody.shape }),
  z.object({ action: z.literal('typing'), request_id, conversation_id, ...TypingBody.shape }),
])
export type SocketAction = z.infer<typeof SocketAction>

/** Events of `/ws/conversation` besides those of the SSE stream, which come as `{"event", "id"?, "data"}` too. */
export const SocketEvents = {
  authenticated: z.object({ uid: Id, expires_at: Timestamp, request_id }),
  /** The action was carried out. A subscription's own events follow it. */
  done: z.object({
    action: z.string(),
    request_id,
    conversation_id: Id.exactOptional(),
    message: Message.exactOptional(),
    /** The message had been stored before. */
    replayed: z.boolean().exactOptional(),
    seen: SeenMark.exactOptional(),
  }),
  /** It was not, and nothing has changed. `code` and `details` as over HTTP. */
  refused: z.object({
    action: z.string().nullable(),
    request_id,
    conversation_id: z.string().exactOptional(),
    code: z.string(),
    error: z.string(),
    details: z.record(z.string(), z.unknown()).exactOptional(),
  }),
}
