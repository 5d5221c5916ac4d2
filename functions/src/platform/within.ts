import type { Clock } from './clock.ts'

/**
 * Waits for `work`, but not for longer than `ms`.
 *
 * @throws what `late` makes when it takes longer (the work goes on, unheard); whatever `work` rejects with before that
 */
export async function within<T>(
  work: Promise<T>,
  ms: number,
  clock: Pick<Clock, 'after'>,
  late: () => Error = () => new Error('it took too long'),
): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const cancel = clock.after(ms, () => reject(late()))
  try {
    return await Promise.race([work, promise])
  } finally {
    cancel()
  }
}
