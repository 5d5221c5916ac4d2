import type { z } from 'zod'
import { type Frame, createFrame, frameOf } from './frame.ts'
import { type Farewell, type OutboxLimits, type Sink, createOutbox } from './outbox.ts'
import type { StreamEvents } from './schema.ts'

export type ReconnectReason = z.infer<typeof StreamEvents.reconnect>['reason']

/** Why a stream ended for good; `error` events carry it as `code`. */
export type StreamErrorCode = 'access-denied' | 'token-expired' | 'token-revoked' | 'unavailable'

/** Why a stream came to its end; `ended`: what it was about has ended. */
export type FinishReason = ReconnectReason | StreamErrorCode | 'ended'

/** One reader's open stream, whatever carries it. Everything here returns at once and never throws. */
export interface LiveStream {
  /** Hands news over; a reader who is too slow for it is told to reconnect. */
  send(frame: Frame): void
  /** Hands over what the reader begins with; as large as it must be. */
  replay(frame: Frame): void
  /** Says everything that waits, then `frame`, and closes. */
  end(frame: Frame): void
  /** Says why, without what waits, and closes. */
  fail(code: StreamErrorCode, error: string): void
  reconnect(reason: ReconnectReason): void
  /** Heartbeats, deadlines and stalls, once a tick. `heartbeat` is made once for all streams. */
  tick(now: number, heartbeat: () => Frame): void
  /** The reader has caught up. */
  drained(): void
  /** Aborts when the stream has closed. */
  readonly closed: AbortSignal
}

export interface LiveStreamOptions {
  sink: Sink
  /** The bytes of a frame in this stream's protocol. */
  encode: (frame: Frame) => Buffer
  limits: OutboxLimits
  now: () => number
  random: () => number
  heartbeatMs: number
  /** When to say `reconnect`, and when the token ends; ms since 1970. */
  reconnectAt: number
  expiresAt: number
  /** Named in `error` events. */
  conversationId?: string | undefined
  /** Told why before the last words go out. */
  onFinish?: ((why: FinishReason) => void) | undefined
  /** Aborts when the reader has gone. */
  gone: AbortSignal
}

/** How long last words may take to leave before the connection is cut, ms. */
const FAREWELL_MS = { 'after-queue': 5_000, 'at-once': 750 } as const satisfies Record<Farewell, number>

/** Clients come back within these spans after the server said `reconnect`, spread so as not to come together, ms. */
const RETRY_MS: Record<ReconnectReason, readonly [number, number]> = {
  deadline: [0, 1_000],
  'too-slow': [1_000, 3_000],
  shutdown: [500, 5_000],
}

const TOKEN_EXPIRED = 'Your session has expired. Log in again to continue.'

export function createLiveStream(options: LiveStreamOptions): LiveStream {
  const { sink, encode, limits, now, random, heartbeatMs, conversationId, gone } = options
  const outbox = createOutbox(sink, limits, now)
  // The first heartbeat comes at a random moment, so that thousands of streams do not beat together.
  let nextHeartbeat = now() + heartbeatMs * (0.5 + 0.5 * random())
  let cutAt = Infinity

  function finish(why: FinishReason, frame: Frame, farewell: Farewell): void {
    if (cutAt !== Infinity || gone.aborted) return
    options.onFinish?.(why)
    cutAt = now() + FAREWELL_MS[farewell]
    outbox.finish(encode(frame), farewell)
  }

  function reconnect(reason: ReconnectReason): void {
    const [least, most] = RETRY_MS[reason]
    const retry = Math.round(least + (most - least) * random())
    const json = JSON.stringify({ reason, retry_after_ms: retry })
    finish(
      reason,
      createFrame({ event: 'reconnect', json, retry }),
      reason === 'deadline' ? 'after-queue' : 'at-once',
    )
  }

  function fail(code: StreamErrorCode, error: string): void {
    const about = conversationId === undefined ? {} : { conversation_id: conversationId }
    finish(code, frameOf('error', { error, code, ...about }), 'at-once')
  }

  return {
    closed: gone,
    fail,
    reconnect,
    send(frame) {
      if (gone.aborted || cutAt !== Infinity) return
      if (!outbox.send(encode(frame))) reconnect('too-slow')
    },
    replay(frame) {
      if (!gone.aborted) outbox.replay(encode(frame))
    },
    end: (frame) => finish('ended', frame, 'after-queue'),
    drained: () => outbox.drained(),
    tick(at, heartbeat) {
      if (gone.aborted) return
      if (at >= cutAt) sink.destroy()
      else if (cutAt !== Infinity) return
      else if (at >= options.expiresAt) fail('token-expired', TOKEN_EXPIRED)
      else if (outbox.isStalled(at)) reconnect('too-slow')
      else if (at >= options.reconnectAt) reconnect('deadline')
      else if (at >= nextHeartbeat) {
        nextHeartbeat = at + heartbeatMs
        this.send(heartbeat())
      }
    },
  }
}
