import type { Response } from 'express'
import type { Actor } from '../auth/actor.ts'
import type { DatabaseHealth } from './database-health.ts'
import type { Guest } from './guest.ts'
import { whenAborted } from './live-rooms.ts'
import type { LiveStream } from './live-stream.ts'
import type { Presence } from './presence.ts'
import type { StreamServer } from './stream-server.ts'
import { unavailable } from './with-timeout.ts'

export interface StreamRequest<Who extends Actor | Guest = Actor> {
  actor: Who
  response: Response
  /** The client's `Last-Event-ID`. */
  lastEventId?: string | undefined
  /** Aborts when the exchange is over; whatever the stream holds is held until then. */
  signal: AbortSignal
}

/** What the log shows for a client that left before its stream was open. */
const CLIENT_GONE = 499

/**
 * Answers one request with a stream: takes a place for it, lets `enter` look up and judge, and gives the place back
 * when it is over. Refusals by `enter` reach the client as a status, for headers leave only with `open`.
 *
 * @throws AppError as `StreamServer.admit` does, `unavailable` while the database is lost, and whatever `enter` throws.
 */
export async function serveStream(
  {
    streams,
    health,
    presence,
  }: { streams: StreamServer; health: Pick<DatabaseHealth, 'isLost'>; presence: Pick<Presence, 'hold'> },
  { actor, response, signal }: StreamRequest<Actor | Guest>,
  enter: (open: (conversationId?: string) => LiveStream) => Promise<void>,
): Promise<void> {
  const release = streams.admit(actor.uid)
  whenAborted(signal, release)
  try {
    if (health.isLost()) throw unavailable()
    await enter((conversationId) => {
      if (actor.kind !== 'guest') presence.hold(actor.uid, signal)
      return streams.open({ actor, response, ...(conversationId !== undefined && { conversationId }) })
    })
  } catch (error) {
    if (!signal.aborted) {
      release()
      throw error
    }
  }
  if (signal.aborted && !response.headersSent) response.writeHead(CLIENT_GONE)
}
