import type { Directory } from './directory.ts'

/**
 * Names of people by their ids; whoever has none, or is not known, goes by the id.
 *
 * @throws AppError `unavailable` when Firestore does not answer.
 */
export async function namesOf(
  directory: Directory,
  workerId: string,
  ids: readonly string[],
): Promise<Record<string, string>> {
  const named = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const person = await (id === workerId ? directory.worker(id) : directory.admin(id))
      return [id, person?.name || id] as const
    }),
  )
  return Object.fromEntries(named)
}
