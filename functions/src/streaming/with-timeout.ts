import type { Clock } from '../platform/clock.ts'
import { AppError } from '../platform/errors.ts'
import { within } from '../platform/within.ts'

/**
 * Waits for the database, but not for ever: while it is away the SDK's reads never settle.
 *
 * @throws AppError `unavailable` after `ms`; whatever `work` rejects with before that.
 */
export const withTimeout = <T>(work: Promise<T>, ms: number, clock: Pick<Clock, 'after'>): Promise<T> =>
  within(work, ms, clock, unavailable)

/** What a person is told when the database cannot be reached. */
export const LIVE_UNAVAILABLE = 'Live data is unavailable right now. Try again in a moment.'

export const unavailable = (cause?: unknown): AppError =>
  new AppError('unavailable', LIVE_UNAVAILABLE, {
    cause,
    headers: { 'Retry-After': '5' },
  })
