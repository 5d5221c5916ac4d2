import { z } from 'zod'
import { Timestamp } from '../platform/schema.ts'

/** Errors of `/api/v1/qa/*` (spec 5 `APIError`). */
export const QaErrorCode = z.enum([
  'INVALID_PROSPECT_IDS',
  'SESSION_NOT_FOUND',
  'QUOTA_EXCEEDED',
  'PROCESSING_ERROR',
  'INVALID_REQUEST',
  'INVALID_IMAGE',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'PROSPECT_NOT_FOUND',
  'IMAGE_NOT_FOUND',
  'SESSION_NOT_ACTIVE',
  'SESSION_NOT_COMPLETED',
  'METHOD_NOT_ALLOWED',
  'TOO_LARGE',
  'TOO_MANY_REQUESTS',
  'UNAVAILABLE',
])
export type QaErrorCode = z.infer<typeof QaErrorCode>

export const APIError = z.object({
  error_code: QaErrorCode,
  message: z.string(),
  details: z.record(z.string(), z.unknown()).nullable(),
  timestamp: Timestamp,
})
export type APIError = z.infer<typeof APIError>
