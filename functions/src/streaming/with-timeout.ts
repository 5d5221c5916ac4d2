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

/** What a person is told when the database cannot be reached. */
export const LIVE_UNAVAILABLE = 'Live data is unavailable right now. Try again in a moment.'

export const unavailable = (cause?: unknown): AppError =>
  new AppError('unavailable', LIVE_UNAVAILABLE, {
    cause,
    headers: { 'Retry-After': '5' },
  })
