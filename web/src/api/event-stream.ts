import { backoffMs } from './backoff.ts'
import { SignedOutError } from './errors.ts'
import type { NetworkHint } from './network-hint.ts'
import {
  LOST,
  outcomeOfResponse,
  readStream,
  type EventSchemas,
  type Outcome,
  type StreamEvent,
} from './read-stream.ts'
import { isEngaged, isFinal, nextStatus, type StreamSignal, type StreamStatus } from './stream-status.ts'

/** What a screen needs to tell the truth about a stream. Times in ms since 1970, by the device's clock. */
export type StreamState = {
  status: StreamStatus
  /** Since when it has not been live; `null` while it is. */
  lostSince: number | null
  retryAt: number | null
  /** Attempts in a row that came to nothing. */
  failures: number
  /** When the server was last heard. What is on the screen was true then. */
  heardAt: number | null
  /** The server's words when it refuses. */
  refusal: string | null
}

export type StreamTimings = {
  /** The server's own rhythm (spec 1: 30 s); silence of 2.5 of them means that the connection is dead. */
  heartbeatMs: number
  /** Longest wait for an answer, and for its first bytes. */
  connectMs: number
  retryBaseMs: number
  retryCapMs: number
  /** A stream that lived this long counts as one that worked. */
  steadyMs: number
}

const TIMINGS: StreamTimings = {
  heartbeatMs: 30_000,
  connectMs: 10_000,
  retryBaseMs: 500,
  retryCapMs: 15_000,
  steadyMs: 5_000,
}

export type OpenRequest = { lastEventId: string | undefined; renew: boolean; signal: AbortSignal }

export type EventStreamOptions<E extends EventSchemas> = {
  /** Asks the server; `renew` demands a fresh token. Throws {@link SignedOutError} when there is none to be had. */
  open: (request: OpenRequest) => Promise<Response>
  events: E
  onEvent: (event: StreamEvent<E>) => void
  network: NetworkHint
  timings?: Partial<StreamTimings>
  now?: () => number
  random?: () => number
}

/**
 * A fetch-based EventSource: it can send a token, resumes with `Last-Event-ID`, notices a connection that died
 * without a word, and backs off with jitter. Lives until it is closed or final (spec 1, best practices 1 and 2).
 */
export class EventStream<E extends EventSchemas> {
  readonly #options: EventStreamOptions<E>
  readonly #timings: StreamTimings
  readonly #now: () => number
  readonly #listeners = new Set<() => void>()
  readonly #unsubscribe: () => void
  #state: StreamState = {
    status: 'connecting',
    lostSince: null,
    retryAt: null,
    failures: 0,
    heardAt: null,
    refusal: null,
  }
  #attempt: AbortController | undefined
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #watch: ReturnType<typeof setInterval> | undefined
  #cursor: string | undefined
  #renew = false
  #openedAt: number | undefined
  #activeAt = 0
  #retryBaseMs: number

  constructor(options: EventStreamOptions<E>) {
    this.#options = options
    this.#timings = { ...TIMINGS, ...options.timings }
    this.#retryBaseMs = this.#timings.retryBaseMs
    this.#now = options.now ?? Date.now
    // What the device says about its network is a hint, and trying is the proof.
    this.#unsubscribe = options.network.subscribe(() => this.retry())
    this.#begin()
  }

  /** Tells of every change of {@link state}. Returns how to stop that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The same object until something changes. */
  readonly state = (): StreamState => this.#state

  /** Tries now instead of later. */
  retry(): void {
    if (!isFinal(this.#state.status)) this.#signal('retry', { retryAt: null })
  }

  close(): void {
    this.#signal('close')
  }

  #signal(signal: StreamSignal, patch: Partial<StreamState> = {}): void {
    const before = this.#state.status
    const status = nextStatus(before, signal)
    const lostSince = status === 'live' ? null : (this.#state.lostSince ?? this.#now())
    this.#state = { ...this.#state, lostSince, ...patch, status }
    if (!isEngaged(status) || signal === 'retry') this.#release()
    if (signal === 'retry' && isEngaged(status)) this.#begin()
    if (isFinal(status)) this.#unsubscribe()
    for (const listener of this.#listeners) listener()
  }

  #release(): void {
    clearTimeout(this.#retryTimer)
    clearInterval(this.#watch)
    this.#attempt?.abort()
    this.#attempt = undefined
  }

  #begin(): void {
    const attempt = new AbortController()
    this.#attempt = attempt
    this.#openedAt = undefined
    this.#activeAt = this.#now()
    let heard = false
    const { heartbeatMs, connectMs } = this.#timings
    // Looking at the clock again and again, instead of one long timer, notices a device that slept.
    this.#watch = setInterval(
      () => {
        const patience = heard ? heartbeatMs * 2.5 : connectMs
        if (this.#now() - this.#activeAt > patience) this.#settle(attempt, LOST)
      },
      Math.min(heartbeatMs, connectMs) / 4,
    )
    const onBytes = () => {
      heard = true
      this.#activeAt = this.#now()
      this.#state = { ...this.#state, heardAt: this.#activeAt }
    }
    void this.#connect(attempt, onBytes).then((outcome) => this.#settle(attempt, outcome))
  }

  async #connect(attempt: AbortController, onBytes: () => void): Promise<Outcome> {
    const { signal } = attempt
    try {
      const response = await this.#options.open({ lastEventId: this.#cursor, renew: this.#renew, signal })
      const refusal = await outcomeOfResponse(response)
      if (refusal !== undefined) return refusal
      if (signal.aborted) {
        await response.body?.cancel()
        return LOST
      }
      this.#renew = false
      this.#activeAt = this.#now()
      this.#openedAt = this.#activeAt
      this.#signal('opened', { retryAt: null, heardAt: this.#activeAt })
      return await readStream({
        response,
        events: this.#options.events,
        signal,
        onBytes,
        onEvent: (event) => {
          if (!signal.aborted) this.#options.onEvent(event)
        },
        onCursor: (id) => {
          if (!signal.aborted) this.#cursor = id
        },
        onRetry: (ms) => {
          // A planned goodbye names its own short wait, which must not become the pace of failures.
          this.#retryBaseMs = Math.max(ms, this.#timings.retryBaseMs)
        },
      })
    } catch (error) {
      return error instanceof SignedOutError ? { signal: 'expire' } : LOST
    }
  }

  #settle(attempt: AbortController, outcome: Outcome): void {
    // A late word of an attempt that was given up.
    if (this.#attempt !== attempt) return
    if (outcome.signal === 'deny') return this.#signal('deny', { refusal: outcome.message })
    if (outcome.signal !== 'lost') return this.#signal(outcome.signal)

    const steady = this.#openedAt !== undefined && this.#now() - this.#openedAt >= this.#timings.steadyMs
    const failures = (steady ? 0 : this.#state.failures) + (outcome.planned ? 0 : 1)
    this.#renew = outcome.renew
    const random = this.#options.random ?? Math.random
    const backoff = backoffMs(Math.max(failures, 1), {
      baseMs: this.#retryBaseMs,
      capMs: Math.max(this.#timings.retryCapMs, this.#retryBaseMs),
      random,
    })
    const waitMs = Math.max(backoff, outcome.afterMs * (1 + random() / 4))
    const isCutOff = !this.#options.network.isOnline()
    this.#signal(isCutOff ? 'cut-off' : 'lost', { failures, retryAt: this.#now() + waitMs })
    this.#retryTimer = setTimeout(() => this.retry(), waitMs)
  }
}
