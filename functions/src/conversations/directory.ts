import type { DocumentSnapshot } from 'firebase-admin/firestore'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { Id } from '../platform/schema.ts'
import { unavailable, withTimeout } from '../streaming/with-timeout.ts'
import { documentName } from './archived-message.ts'
import { createBatchedCache } from './batched-cache.ts'

const WorkerProfile = z.object({
  company_id: Id,
  name: z.string().default(''),
  mobile_no: z.string().default(''),
})
export type WorkerProfile = z.infer<typeof WorkerProfile>

const AdminProfile = z.object({
  company_id: Id,
  manager_id: Id.nullable().default(null),
  name: z.string().default(''),
})
export type AdminProfile = z.infer<typeof AdminProfile>

/**
 * Who belongs to which company (Firestore `workers` and `admins`), at most `PEOPLE_TTL_MS` old. Null: nobody of that
 * id. Rejects with an AppError `unavailable` when Firestore does not answer.
 */
export interface Directory {
  worker(id: string): WorkerProfile | null | Promise<WorkerProfile | null>
  admin(id: string): AdminProfile | null | Promise<AdminProfile | null>
}

/** A move to another company or manager is noticed within this time, ms. */
export const PEOPLE_TTL_MS = 60_000
/** Whoever waits for a decision is told that it cannot be made after this time, ms. */
const READ_TIMEOUT_MS = 10_000

/** Reads people in batches, so that a board of a hundred calls costs one read and not a hundred. */
export function createDirectory({
  firestore,
  clock,
  log,
}: Pick<Deps, 'firestore' | 'clock' | 'log'>): Directory {
  function cacheOf<T>(collection: 'workers' | 'admins', profile: z.ZodType<T>) {
    const read = (document: DocumentSnapshot): T | null => {
      if (!document.exists) return null
      const parsed = profile.safeParse(document.data())
      if (parsed.success) return parsed.data
      log.warn({ collection, id: document.id }, 'malformed profile left out')
      return null
    }
    return createBatchedCache<T | null>({
      clock,
      ttlMs: PEOPLE_TTL_MS,
      maxBatch: 100,
      maxEntries: 20_000,
      async fetch(ids) {
        const references = ids.map((id) => firestore.doc(`${collection}/${documentName(id)}`))
        try {
          const documents = await withTimeout(firestore.getAll(...references), READ_TIMEOUT_MS, clock)
          return new Map(documents.map((document, at) => [ids[at] ?? document.id, read(document)]))
        } catch (error) {
          throw unavailable(error)
        }
      },
    })
  }
  const workers = cacheOf('workers', WorkerProfile)
  const admins = cacheOf('admins', AdminProfile)
  return { worker: (id) => workers.find(id), admin: (id) => admins.find(id) }
}
