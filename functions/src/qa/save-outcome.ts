import type { DocumentData } from 'firebase-admin/firestore'
import type { Deps } from '../deps.ts'
import { responsesOf, sessionDocument } from './session-store.ts'
import type { FailedProspect } from './answer-schema.ts'
import {
  type AnswerMeasure,
  CLAIM_FIELDS,
  type StoredAnswer,
  StoredClaim,
  isActive,
} from './stored-session.ts'

/** What one prospect's task came to. */
export type Outcome =
  | { kind: 'answered'; answer: StoredAnswer; measure: AnswerMeasure }
  | { kind: 'failed'; reason: FailedProspect['reason'] }

/**
 * Keeps an outcome, unless the session has ended or there is one already: each prospect has one, whoever else was at it.
 *
 * @returns whether it was kept, and whether the session is still to be put in progress (`putInProgress`)
 */
export function saveOutcome(
  { firestore }: Pick<Deps, 'firestore'>,
  sessionId: string,
  leadId: string,
  outcome: Outcome,
): Promise<{ isKept: boolean; isFirst: boolean }> {
  const session = sessionDocument(firestore, sessionId)
  const own = responsesOf(firestore, sessionId).doc(leadId)
  return firestore.runTransaction(async (transaction) => {
    const [header, mine] = await transaction.getAll(session, own, { fieldMask: CLAIM_FIELDS })
    const status: unknown = header?.get('status')
    const claim = mine?.exists ? StoredClaim.parse(mine.data()) : null
    const isOpen = claim === null || claim.state === 'working'
    if (!isActive(status) || !isOpen) return { isKept: false, isFirst: false }
    transaction.set(own, recordOf(outcome))
    return { isKept: true, isFirst: status === 'pending' }
  })
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
export async function putInProgress(
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
    const stored = mine.exists ? StoredClaim.parse(mine.data()) : null
    if (stored?.state !== 'working' || stored.lease_until !== leaseUntil) return
    transaction.update(own, { lease_until: 0 })
  })
}
