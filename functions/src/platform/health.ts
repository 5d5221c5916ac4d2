import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { within } from './within.ts'

const State = z.enum(['ok', 'failing'])

/** What `GET /healthz` says; 503 as soon as one database does not answer. */
export const Health = z.object({ status: State, databases: z.object({ realtime: State, firestore: State }) })
export type Health = z.infer<typeof Health>

const DEADLINE_MS = 2_000
/** Anybody may ask, so one answer serves everyone who asks within this time. */
const REUSE_MS = 1_000

type HealthDeps = Pick<Deps, 'database' | 'firestore' | 'clock' | 'log'>

/** Asks both databases for one small thing each, at most once a second. */
export function createHealthCheck({ database, firestore, clock, log }: HealthDeps): () => Promise<Health> {
  async function answers(name: string, ask: () => Promise<unknown>): Promise<'ok' | 'failing'> {
    try {
      await within(ask(), DEADLINE_MS, clock)
      return 'ok'
    } catch (error) {
      log.warn({ database: name, err: error }, 'database does not answer')
      return 'failing'
    }
  }

  async function check(): Promise<Health> {
    const [realtime, stored] = await Promise.all([
      answers('realtime', () => database.ref('health/probe').get()),
      answers('firestore', () => firestore.doc('health/probe').get()),
    ])
    const status = realtime === 'ok' && stored === 'ok' ? 'ok' : 'failing'
    return { status, databases: { realtime, firestore: stored } }
  }

  let latest: { at: number; health: Promise<Health> } | undefined
  return () => {
    const now = clock.now()
    if (!latest || now - latest.at >= REUSE_MS) latest = { at: now, health: check() }
    return latest.health
  }
}
