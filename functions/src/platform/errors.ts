import { ApiErrorBody } from './schema.ts'
import type { z } from 'zod'

/** The one vocabulary of refusals (STYLE 4): the code decides the HTTP status, the same code goes to the client. */
export const HTTP_STATUS = {
  'invalid-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'too-large': 413,
  'unsupported-media': 415,
  'range-not-satisfiable': 416,
  'failed-dependency': 424,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof HTTP_STATUS

export interface AppErrorOptions {
  /** What went wrong underneath; for the log only. */
  cause?: unknown
  /** Sent with the reply, e.g. `Retry-After`. */
  headers?: Readonly<Record<string, string>>
  /** What a program needs to act on the refusal; shown to the caller as it stands, like `message`. */
  details?: Readonly<Record<string, unknown>>
  /** A finer name than the code's, for families whose specification has names of its own. */
  familyCode?: string
}

/**
 * A refusal or failure that we understand. `message` is shown to the caller as it stands: plain words, no
 * internals, no other person's data. Anything thrown that is not an `AppError` becomes a bare 500.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly headers: Readonly<Record<string, string>>
  readonly details: Readonly<Record<string, unknown>> | undefined
  readonly familyCode: string | undefined

  constructor(
    code: ErrorCode,
    message: string,
    { cause, headers = {}, details, familyCode }: AppErrorOptions = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
    this.familyCode = familyCode
    // RFC 9110 §11.6.1: a 401 names the scheme that would be accepted.
    this.headers = code === 'unauthenticated' ? { 'WWW-Authenticate': 'Bearer', ...headers } : headers
  }

  get status(): number {
    return HTTP_STATUS[this.code]
  }
}

/** What every family of error bodies is made from. `timestamp` is ISO 8601. */
export interface Failure {
  code: ErrorCode
  message: string
  timestamp: string
  details?: Readonly<Record<string, unknown>>
  familyCode?: string
}

/** The shape in which one family of paths reports its errors (DESIGN 4); a route names its family. */
export interface ErrorFamily {
  /** For the OpenAPI document. */
  schema: z.ZodType
  body(failure: Failure): unknown
}

/** `/api/*`, and every path that no route claims. */
export const apiErrors: ErrorFamily = {
  schema: ApiErrorBody,
  body: ({ familyCode: _familyCode, ...error }): z.infer<typeof ApiErrorBody> => ({ success: false, error }),
}
