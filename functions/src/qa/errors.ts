import { type AppErrorOptions, AppError, type ErrorCode, type ErrorFamily } from '../platform/errors.ts'
import { APIError, type QaErrorCode } from './error-schema.ts'

/** What a refusal that the rest of the product may make is called in this family. */
const NAMES: Record<ErrorCode, QaErrorCode> = {
  'invalid-input': 'INVALID_REQUEST',
  unauthenticated: 'UNAUTHENTICATED',
  forbidden: 'FORBIDDEN',
  'not-found': 'SESSION_NOT_FOUND',
  'method-not-allowed': 'METHOD_NOT_ALLOWED',
  conflict: 'SESSION_NOT_ACTIVE',
  'too-large': 'TOO_LARGE',
  'unsupported-media': 'INVALID_REQUEST',
  'range-not-satisfiable': 'INVALID_REQUEST',
  'failed-dependency': 'PROCESSING_ERROR',
  'too-many-requests': 'TOO_MANY_REQUESTS',
  internal: 'PROCESSING_ERROR',
  unavailable: 'UNAVAILABLE',
}

/** The error shape of spec 5, for every path below `/api/v1/qa`. */
export const qaErrors: ErrorFamily = {
  schema: APIError,
  body: ({ timestamp, details, ...failure }): APIError => ({
    ...errorOf(failure),
    details: details === undefined ? null : { ...details },
    timestamp,
  }),
}

/** A refusal under one of spec 5's own names. */
export const qaError = (
  familyCode: QaErrorCode,
  code: ErrorCode,
  message: string,
  options: Omit<AppErrorOptions, 'familyCode'> = {},
): AppError => new AppError(code, message, { ...options, familyCode })

export const sessionNotFound = (): AppError =>
  qaError('SESSION_NOT_FOUND', 'not-found', 'There is no such session')

/** What a refusal is called here, over HTTP and over sockets. */
export function errorOf({
  code,
  message,
  familyCode,
}: Pick<AppError, 'code' | 'message'> & { familyCode?: string | undefined }): Pick<
  APIError,
  'error_code' | 'message'
> {
  return { error_code: (familyCode as QaErrorCode | undefined) ?? NAMES[code], message }
}
