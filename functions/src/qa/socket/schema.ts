import { z } from 'zod'
import { Timestamp } from '../../platform/schema.ts'
import { QaErrorCode } from '../error-schema.ts'

const request_id = z.string().min(1).max(64).exactOptional()
/** Any text: an id that cannot exist is answered as one that does not. */
const session_ids = z.array(z.string().max(200)).min(1).max(50)

/** The sessions that one socket may follow at once. */
export const MAX_FOLLOWED = 50

/** What a client sends to `/api/v1/qa/sessions/ws`: one JSON object in each text message (spec 5). */
export const QaSocketAction = z.discriminatedUnion('action', [
  /** The first message, unless the token came in the `Authorization` header. */
  z.object({ action: z.literal('authenticate'), request_id, token: z.string().min(1).max(4_096) }),
  /** `last_event_ids`: by session, the `id` of the last event that the client has of it. */
  z.object({
    action: z.literal('subscribe'),
    request_id,
    session_ids,
    last_event_ids: z.record(z.string().max(200), z.string().max(256)).exactOptional(),
  }),
  z.object({ action: z.literal('unsubscribe'), request_id, session_ids }),
])
export type QaSocketAction = z.infer<typeof QaSocketAction>

/** Events besides those of the sessions, which come as `{"event", "id"?, "data"}` too. */
export const QaSocketEvents = {
  authenticated: z.object({ uid: z.string(), expires_at: Timestamp, request_id }),
  /** Before the first event of a session that was subscribed to. */
  subscribed: z.object({ session_ids: z.array(z.string()), request_id }),
  unsubscribed: z.object({ session_ids: z.array(z.string()), request_id }),
  /** It was not done. One for each session that it was not done for. */
  refused: z.object({
    action: z.string().nullable(),
    request_id,
    session_id: z.string().exactOptional(),
    error_code: QaErrorCode,
    message: z.string(),
  }),
}
