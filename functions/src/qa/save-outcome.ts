import type { DocumentData } from 'firebase-admin/firestore'
import type { Deps } from '../deps.ts'
import { responsesOf, sessionDocument } from './session-store.ts'
import type { FailedProspect } from './schema.ts'
import { type AnswerMeasure, type StoredAnswer, isActive, StoredOutcome } from './stored-session.ts'

/** What one prospect's task came to. */
export type Outcome =
  | { kind: 'answered'; answer: StoredAnswer; measure: AnswerMeasure }
  | { kind: 'failed'; reason: FailedProspect['reason'] }

/**
 * Keeps an outcome, unless the session has ended or there is one already: each prospect has one, whoever else was at it.
 * The first one puts the session in progress.
 *
 * @returns whether it was kept
 */
export async function saveOutcome(
  { firestore, clock }: Pick<Deps, 'firestore' | 'clock'>,
  sessionId: string,
  leadId: string,
  outcome: Outcome,
): Promise<boolean> {
  const session = sessionDocument(firestore, sessionId)
  const own = responsesOf(firestore, sessionId).doc(leadId)
  const { kept, isFirst } = await firestore.runTransaction(async (transaction) => {
    const [[header], mine] = await Promise.all([
      transaction.getAll(session, { fieldMask: ['status'] }),
      transaction.get(own),
    ])
    const status = header?.get('status')
    const stored = mine.exists ? StoredOutcome.parse(mine.data()) : null
    if (!isActive(status) || (stored !== null && stored.state !== 'working'))
      return { kept: false, isFirst: false }
    transaction.set(own, recordOf(outcome))
    return { kept: true, isFirst: status === 'pending' }
  })
  if (isFirst) await putInProgress({ firestore, clock }, sessionId)
  return kept
}

const recordOf = (outcome: Outcome): DocumentData =>
  outcome.kind === 'failed'
    ? { state: 'failed', reason: outcome.reason }
    : {
        state: 'answered',
        answer: JSON.stringify(outcome.answer),
        measure: JSON.stringify(outcome.measure),
      }

/** Of the many that may find the session pending, the first to get here writes, and the others see that it has. */
async function putInProgress(
  { firestore, clock }: Pick<Deps, 'firestore' | 'clock'>,
  sessionId: string,
): Promise<void> {
  const session = sessionDocument(firestore, sessionId)
  await firestore.runTransaction(async (transaction) => {
    const [header] = await transaction.getAll(session, { fieldMask: ['status'] })
    if (header?.get('status') !== 'pending') return
    transaction.update(session, { status: 'in_progress', updated_at: clock.now() })
  })
}

/** Gives a claim back, so that the next attempt need not wait until it lapses. */
export async function releaseClaim(
  { firestore }: Pick<Deps, 'firestore'>,
  sessionId: string,
  leadId: string,
  leaseUntil: number,
): Promise<void> {
  const own = responsesOf(firestore, sessionId).doc(leadId)
  await firestore.runTransaction(async (transaction) => {
    const mine = await transaction.get(own)
    const stored = mine.exists ? StoredOutcome.parse(mine.data()) : null
    if (stored?.state !== 'working' || stored.lease_until !== leaseUntil) return
    transaction.update(own, { lease_until: 0 })
  })
}
