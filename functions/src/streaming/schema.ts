import { z } from 'zod'
import { Id, Timestamp } from '../platform/schema.ts'

/** Events that any stream may send (spec 1; `reconnect` is ours, DESIGN 5). */
export const StreamEvents = {
  heartbeat: z.object({ timestamp: Timestamp, status: z.literal('connected') }),
  /** The server closes soon and on purpose: come back with `Last-Event-ID` after `retry_after_ms`. */
  reconnect: z.object({
    reason: z.enum(['deadline', 'shutdown', 'too-slow']),
    retry_after_ms: z.int().nonnegative(),
  }),
  /** Final. `code` tells a program what `error` tells a person. */
  error: z.object({ error: z.string(), code: z.string(), conversation_id: Id.exactOptional() }),
}
