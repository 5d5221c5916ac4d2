import { AppError } from '../platform/errors.ts'

export interface StreamLimits {
  /**
   * Takes one of the user's places; the function returned gives it back, once.
   *
   * @throws AppError `too-many-requests` for a user with too many streams, `unavailable` for a full process.
   */
  admit(uid: string): () => void
  open(): number
}

/** Counts open streams, so that neither a user nor a crowd can exhaust the process. */
export function createStreamLimits({
  perUser,
  perProcess,
}: {
  perUser: number
  perProcess: number
}): StreamLimits {
  const byUser = new Map<string, number>()
  let total = 0
  return {
    open: () => total,
    admit(uid) {
      const mine = byUser.get(uid) ?? 0
      if (mine >= perUser) {
        throw new AppError(
          'too-many-requests',
          'You have too many live views open. Close one and try again.',
          {
            headers: { 'Retry-After': '10' },
          },
        )
      }
      if (total >= perProcess) {
        throw new AppError('unavailable', 'Too many live views are open right now. Try again in a moment.', {
          headers: { 'Retry-After': '5' },
        })
      }
      byUser.set(uid, mine + 1)
      total += 1
      let released = false
      return () => {
        if (released) return
        released = true
        total -= 1
        const left = (byUser.get(uid) ?? 1) - 1
        if (left === 0) byUser.delete(uid)
        else byUser.set(uid, left)
      }
    },
  }
}
