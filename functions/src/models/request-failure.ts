import { APIConnectionError, APIError } from 'openai'
import { ModelError } from './model.ts'

/** Why one request failed, and whether the same request may be made again. */
export interface RequestFailure {
  /** A word of ours for logs and measures; never the provider's text, which may quote the prompt. */
  reason: string
  isTransient: boolean
  /** The server's own wish, ms. */
  retryAfterMs: number | null
}

/** 408, 409 and 429 pass, as do the server's own faults. */
const PASSING = new Set([408, 409, 425, 429])

/** Reads what the client threw. `now` is for dates in `Retry-After`, ms since 1970. */
export function readFailure(error: unknown, now: number): RequestFailure {
  if (error instanceof APIConnectionError)
    return { reason: 'connection', isTransient: true, retryAfterMs: null }
  if (error instanceof APIError && error.status !== undefined) {
    // An empty account is a 429 like any other, but no waiting fills it.
    if (error.code === 'insufficient_quota' || error.type === 'insufficient_quota') {
      return { reason: 'insufficient-quota', isTransient: false, retryAfterMs: null }
    }
    return {
      reason: `status-${error.status}`,
      isTransient: PASSING.has(error.status) || error.status >= 500,
      retryAfterMs: retryAfter(error.headers, now),
    }
  }
  // A body that was cut or is no JSON although it says so.
  return { reason: 'unreadable-body', isTransient: true, retryAfterMs: null }
}

function retryAfter(headers: Headers | undefined, now: number): number | null {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (Number.isFinite(ms)) return Math.max(0, ms)
  const text = headers?.get('retry-after') ?? null
  if (text === null) return null
  const seconds = Number(text)
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(text) - now
  return Number.isFinite(wait) ? Math.max(0, wait) : null
}

/** What a 400 or 422 complains of, as far as we can do something about it. */
export function complaintOf(error: unknown): 'format' | 'token-limit' | null {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return null
  const text = `${error.param ?? ''} ${error.message} ${JSON.stringify(error.error ?? '')}`
  if (/max_(?:completion_)?tokens/.test(text)) return 'token-limit'
  return /response_format|json_schema|json_object|json mode|structured output|guided|grammar|response format/i.test(
    text,
  )
    ? 'format'
    : null
}

/** An answer that came, and is none; or a request that failed for good. */
export class AnswerFailure extends ModelError {
  readonly reason: string

  constructor(reason: string, options: { isTransient: boolean; cause?: unknown }) {
    super(`The model gave no usable answer: ${reason}`, options)
    this.reason = reason
  }
}
