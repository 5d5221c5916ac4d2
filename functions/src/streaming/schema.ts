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

/** Why our sockets are closed. 1003, 1007 and 1009 are the protocol's own: binary, no UTF-8, too large. */
export const SOCKET_CLOSE = {
  /** What the socket was about has ended. */
  ended: 1000,
  /** A failure of the server's: come back a little later. */
  failed: 1011,
  /** The server restarts: come back after `retry_after_ms` of the `reconnect` event. */
  restart: 1012,
  /** The reader was too slow, or the server is full or without its database: come back a little later. */
  tryAgain: 1013,
  /** The socket was open for as long as one may be: come back at once and resume. */
  deadline: 4000,
  /** Too much that was no JSON or no action. */
  malformed: 4400,
  /** No token, or one that is not valid, has expired or was revoked: log in again. */
  unauthenticated: 4401,
  /** The caller is not an admin. */
  forbidden: 4403,
  /** There is no such conversation, or it is not for the caller to see. */
  notFound: 4404,
  /** Nobody said in time who they are. */
  authenticationTimeout: 4408,
  /** Too many sockets of one user, or too many actions on one. */
  tooMany: 4429,
} as const
