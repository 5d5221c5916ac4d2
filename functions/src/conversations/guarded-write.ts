import type { Deps } from '../deps.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'

/** How long the database may take for a write before the caller is told that it is unavailable, ms. */
const TIMEOUT_MS = 10_000

/**
 * Writes all paths at once under the security rules: the database makes the write and judges whether it may be made
 * in one step, so that nobody can take a call over or end it in between.
 *
 * @returns `refused` when the rules do not allow it as things stand now
 * @throws AppError `unavailable` when the database does not answer; the write may still be made once it does.
 */
export async function writeGuarded(
  { guarded, clock }: Pick<Deps, 'guarded' | 'clock'>,
  paths: Readonly<Record<string, unknown>>,
): Promise<'written' | 'refused'> {
  try {
    await withTimeout(guarded.ref().update(paths), TIMEOUT_MS, clock)
    return 'written'
  } catch (error) {
    if (isPermissionDenied(error)) return 'refused'
    throw unavailable(error)
  }
}

/**
 * What the server has at `path`. Not by the guarded connection, which shows its own writes, of others in flight too,
 * before the server has judged them.
 *
 * @throws AppError `unavailable` when the database does not answer.
 */
export async function readAccepted(
  { writes, clock }: Pick<Deps, 'writes' | 'clock'>,
  path: string,
): Promise<unknown> {
  try {
    return (await withTimeout(writes.ref(path).get(), TIMEOUT_MS, clock)).val()
  } catch (error) {
    throw unavailable(error)
  }
}

const isPermissionDenied = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === 'PERMISSION_DENIED'
