import type { Clock } from '../platform/clock.ts'
import { AppError } from '../platform/errors.ts'

/**
 * Waits for the database, but not for ever: while it is away the SDK's reads never settle.
 *
 * @throws AppError `unavailable` after `ms`; whatever `work` rejects with before that.
 */
export async function withTimeout<T>(work: Promise<T>, ms: number, clock: Pick<Clock, 'after'>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const cancel = clock.after(ms, () => late.reject(unavailable()))
  try {
    return await Promise.race([work, late.promise])
  } finally {
    cancel()
  }
}

/** What a caller is told when the database cannot be reached. */
export const unavailable = (cause?: unknown): AppError =>
  new AppError('unavailable', 'Live data is unavailable right now. Try again in a moment.', {
    cause,
    headers: { 'Retry-After': '5' },
  })
