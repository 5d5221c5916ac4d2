import { z } from 'zod'
import { Timestamp } from '../platform/schema.ts'
import { ProspectResponse } from './answer-schema.ts'
import { SessionSummary } from './summary-schema.ts'

/** `seconds_left` from this session's own pace; null before the first answer. */
export const Progress = z.object({
  responded: z.int(),
  total: z.int(),
  failed: z.int(),
  seconds_left: z.int().nullable(),
})
export type Progress = z.infer<typeof Progress>

const notification = {
  session_id: z.string(),
  timestamp: Timestamp,
  data: z.record(z.string(), z.unknown()).exactOptional(),
  progress: Progress,
  simulated: z.literal(true),
}

/** Spec 5 `ResponseUpdateNotification`: the events of the stream and of the socket, by name. */
export const SessionEvents = {
  response_received: z.object({
    event_type: z.literal('response_received'),
    ...notification,
    new_response: ProspectResponse,
  }),
  session_completed: z.object({
    event_type: z.literal('session_completed'),
    ...notification,
    summary: SessionSummary,
  }),
  session_failed: z.object({ event_type: z.literal('session_failed'), ...notification }),
}
