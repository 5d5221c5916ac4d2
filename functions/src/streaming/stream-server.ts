import type { Response } from 'express'
import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { reconnectAt } from './deadline.ts'
import { frameOf } from './frame.ts'
import type { Guest } from './guest.ts'
import { type LiveStream, type LiveStreamOptions, createLiveStream } from './live-stream.ts'
import type { Sink } from './outbox.ts'
import { responseSink } from './response-sink.ts'
import { type StreamLimits, createStreamLimits } from './stream-limits.ts'

export interface StreamOptions {
  /** Streams that one user, and the whole process, may have open. */
  perUser: number
  perProcess: number
  maxQueuedBytes: number
  maxStallMs: number
  /** How often deadlines, heartbeats and stalls are looked at, ms. */
  tickMs: number
  /** 0 ≤ random() < 1; spreads heartbeats, deadlines and returns. */
  random: () => number
}

export const STREAM_OPTIONS: StreamOptions = {
  perUser: 20,
  perProcess: 5_000,
  maxQueuedBytes: 1024 * 1024,
  maxStallMs: 5_000,
  tickMs: 500,
  random: Math.random,
}

export interface OpenStream {
  actor: Actor | Guest
  response: Response
  /** Named in the stream's `error` events. */
  conversationId?: string
}

/** A connection of any kind that a stream goes out on. */
export interface Carrier {
  actor: Actor | Guest
  /** Takes hold of the connection; `onDrain` is to be called whenever the reader has caught up. */
  attach: (onDrain: () => void) => { sink: Sink; gone: AbortSignal }
  encode: LiveStreamOptions['encode']
  onFinish?: LiveStreamOptions['onFinish']
  conversationId?: string | undefined
}

/** Opens streams and ends them in time: one timer for all of them. */
export interface StreamServer {
  /**
   * Takes a place for a stream of this user before any work is done for it; the function returned gives it back.
   *
   * @throws AppError `too-many-requests`, or `unavailable` when the process is full or about to stop.
   */
  admit: StreamLimits['admit']
  /** Sends the headers at once and returns the open stream. Nothing may be written to `response` but through it. */
  open(stream: OpenStream): LiveStream
  /** The same over whatever carries it. */
  openOver(carrier: Carrier): LiveStream
  /** Streams now open. */
  size(): number
}

type StreamDeps = Pick<Deps, 'clock' | 'config' | 'log' | 'revocations' | 'shutdown'>

export function createStreamServer(deps: StreamDeps, options: StreamOptions = STREAM_OPTIONS): StreamServer {
  const { clock, config, revocations, shutdown } = deps
  const { random } = options
  const limits = createStreamLimits(options)
  const streams = new Set<LiveStream>()
  let stopTicking: (() => void) | undefined

  function tick(): void {
    const now = clock.now()
    let shared: ReturnType<typeof frameOf> | undefined
    const heartbeat = () =>
      (shared ??= frameOf('heartbeat', { timestamp: new Date(now).toISOString(), status: 'connected' }))
    for (const stream of streams) stream.tick(now, heartbeat)
  }

  function forget(stream: LiveStream): void {
    streams.delete(stream)
    if (streams.size > 0) return
    stopTicking?.()
    stopTicking = undefined
  }

  shutdown.addEventListener('abort', () => {
    for (const stream of streams) stream.reconnect('shutdown')
  })

  function openOver({ actor, attach, encode, onFinish, conversationId }: Carrier): LiveStream {
    const { sink, gone } = attach(() => stream.drained())
    const now = clock.now()
    const stream = createLiveStream({
      sink,
      encode,
      limits: options,
      now: () => clock.now(),
      random,
      heartbeatMs: config.heartbeatSeconds * 1_000,
      reconnectAt: reconnectAt({
        now,
        maxMs: config.streamMaxSeconds * 1_000,
        expiresAt: actor.expiresAt,
        random: random(),
      }),
      expiresAt: actor.expiresAt,
      conversationId,
      onFinish,
      gone,
    })
    if (actor.kind !== 'guest') {
      const revoked = revocations.watch(actor, gone)
      const onRevoked = () => stream.fail('token-revoked', revocationText(revoked.reason))
      if (revoked.aborted) onRevoked()
      else revoked.addEventListener('abort', onRevoked, { once: true })
    }

    streams.add(stream)
    stopTicking ??= clock.every(options.tickMs, tick)
    gone.addEventListener('abort', () => forget(stream), { once: true })
    if (gone.aborted) forget(stream)
    return stream
  }

  return {
    size: () => streams.size,
    admit(uid) {
      if (!shutdown.aborted) return limits.admit(uid)
      throw new AppError('unavailable', 'The server is restarting. Try again in a moment.', {
        headers: { 'Retry-After': '2' },
      })
    },
    open: ({ actor, response, conversationId }) =>
      openOver({
        actor,
        attach: (onDrain) => responseSink(response, onDrain),
        encode: (frame) => frame.sse(),
        conversationId,
      }),
    openOver,
  }
}

const revocationText = (reason: unknown): string =>
  reason instanceof AppError ? reason.message : 'Your session has ended. Log in again to continue.'
