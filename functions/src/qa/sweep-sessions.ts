import type { Deps } from '../deps.ts'
import { putInProgress, saveOutcome } from './save-outcome.ts'
import { responsesOf, sessionDocument, sessionsOf } from './session-store.ts'
import { type StoredOutcome, StoredSession, isActive } from './stored-session.ts'
import { queueAnswers, queueSummary } from './tasks.ts'

export type SweepDeps = Pick<Deps, 'firestore' | 'clock' | 'config' | 'log' | 'tasks'>

/** Sessions looked after at one sweep. */
const AT_ONCE = 100
/** After so many rounds without an end what is still missing is given up, and the session ends with the rest. */
const MAX_ROUNDS = 10

/**
 * Looks after sessions in which nothing has happened for a while: queues again what was lost (a task, or the process that
 * was at it), and gives up what has been queued again too often. Safe to run at any time and by several at once.
 *
 * @returns how many sessions were helped
 */
export async function sweepSessions(deps: SweepDeps): Promise<number> {
  const { firestore, log } = deps
  const active = await sessionsOf(firestore)
    .where('status', 'in', ['pending', 'in_progress'])
    .limit(AT_ONCE)
    .select()
    .get()
  let helped = 0
  for (const { id } of active.docs) {
    try {
      if (await sweepSession(deps, id)) helped += 1
    } catch (error) {
      log.error({ sessionId: id, err: error }, 'sweep could not help a session')
    }
  }
  return helped
}

async function sweepSession(deps: SweepDeps, sessionId: string): Promise<boolean> {
  const { firestore, clock, config, log } = deps
  const { docs } = await responsesOf(firestore, sessionId).select('state', 'attempts', 'lease_until').get()
  const now = clock.now()
  const leaseMs = config.qa.answerLeaseSeconds * 1_000
  const states = new Map(docs.map((document) => [document.id, StateOf.parse(document.data())]))
  const begins = [...states.values()].map((state) => (state.lease_until ?? 0) - leaseMs)
  const touched = Math.max(...begins, ...docs.map(({ updateTime }) => updateTime.toMillis()), 0)
  const taken = await takeRound(deps, sessionId, now - config.qa.stuckSeconds * 1_000, touched)
  if (taken === null) return false
  const missing = taken.prospect_ids.filter((leadId) => {
    const state = states.get(leadId)
    return state === undefined || (state.state === 'working' && (state.lease_until ?? 0) <= now)
  })
  const working = taken.prospect_ids.filter((leadId) => states.get(leadId)?.state === 'working')
  log.warn({ sessionId, missing: missing.length, round: taken.sweeps }, 'stuck session helped')
  if (taken.sweeps > MAX_ROUNDS) {
    for (const leadId of missing) {
      const { isFirst } = await saveOutcome(deps, sessionId, leadId, { kind: 'failed', reason: 'gave-up' })
      if (isFirst) await putInProgress(deps, sessionId)
    }
    missing.length = 0
  }
  if (missing.length > 0) await queueAnswers(deps, sessionId, missing, taken.sweeps)
  else if (working.length === 0 || taken.sweeps > MAX_ROUNDS)
    await queueSummary(deps, sessionId, taken.sweeps)
  return true
}

const StateOf = {
  /** Of a document of which only this much was read. */
  parse: (data: Record<string, unknown>): { state: StoredOutcome['state']; lease_until: number | null } => ({
    state: data.state as StoredOutcome['state'],
    lease_until: typeof data.lease_until === 'number' ? data.lease_until : null,
  }),
}

/** Takes the next round of a stuck session, alone; null when it is not stuck or another sweep has just taken it. */
function takeRound(
  { firestore, clock }: Pick<Deps, 'firestore' | 'clock'>,
  sessionId: string,
  quietSince: number,
  touched: number,
): Promise<StoredSession | null> {
  const reference = sessionDocument(firestore, sessionId)
  return firestore.runTransaction(async (transaction) => {
    const document = await transaction.get(reference)
    if (!document.exists) return null
    const session = StoredSession.parse(document.data())
    const now = clock.now()
    const isQuiet = Math.max(session.updated_at, Math.min(touched, now)) <= quietSince
    const isSummarizing = Number(document.get('summarizing_until') ?? 0) > now
    if (!isActive(session.status) || !isQuiet || isSummarizing) return null
    const sweeps = session.sweeps + 1
    transaction.update(reference, { sweeps, updated_at: now })
    return { ...session, sweeps }
  })
}
