import type { Clock } from '../platform/clock.ts'
import { AppError } from '../platform/errors.ts'
import { unavailable, withTimeout } from './with-timeout.ts'

/** How long a caller waits for Firestore before being told that it is unavailable, ms. */
const TIMEOUT_MS = 15_000

/** What Firestore answers. @throws AppError `unavailable` when it fails or is late; refusals of our own as they are. */
export async function answered<T>(work: Promise<T>, clock: Pick<Clock, 'after'>): Promise<T> {
  try {
    return await withTimeout(work, TIMEOUT_MS, clock)
  } catch (error) {
    throw error instanceof AppError ? error : unavailable(error)
  }
}
