import type { Deps } from '../deps.ts'
import { responsesOf, sessionDocument } from './session-store.ts'
import { QUESTION_FIELDS, StoredOutcome, StoredQuestion, isActive } from './stored-session.ts'

/** Longer than a delivery may take, so that nobody else begins while somebody is still at it, ms. */
export const LEASE_MS = 125_000

/** So often an answer is begun, whatever becomes of it. */
export const MAX_ATTEMPTS = 12

export type Claim =
  | { kind: 'claimed'; question: StoredQuestion; leaseUntil: number }
  /** It has ended, or there is no such session. */
  | { kind: 'over' }
  | { kind: 'done'; question: StoredQuestion }
  | { kind: 'exhausted'; question: StoredQuestion }
  /** Somebody is at it, or was when their process was killed. */
  | { kind: 'busy' }

/**
 * Begins with an answer, in one step with the look at whether it is still wanted: what a cancelled session has not begun
 * by then never begins.
 */
export function claimAnswer(
  { firestore, clock }: Pick<Deps, 'firestore' | 'clock'>,
  sessionId: string,
  leadId: string,
): Promise<Claim> {
  const session = sessionDocument(firestore, sessionId)
  const own = responsesOf(firestore, sessionId).doc(leadId)
  return firestore.runTransaction(async (transaction): Promise<Claim> => {
    const [header, mine] = await Promise.all([
      transaction.getAll(session, { fieldMask: QUESTION_FIELDS }),
      transaction.get(own),
    ])
    const stored = header[0]
    if (!stored?.exists) return { kind: 'over' }
    const question = StoredQuestion.parse(stored.data())
    if (!isActive(question.status)) return { kind: 'over' }
    const outcome = mine.exists ? StoredOutcome.parse(mine.data()) : null
    const now = clock.now()
    if (outcome !== null && outcome.state !== 'working') return { kind: 'done', question }
    if (outcome !== null && outcome.lease_until > now) return { kind: 'busy' }
    if (outcome !== null && outcome.attempts >= MAX_ATTEMPTS) return { kind: 'exhausted', question }
    const leaseUntil = now + LEASE_MS
    transaction.set(own, {
      state: 'working',
      attempts: (outcome?.attempts ?? 0) + 1,
      lease_until: leaseUntil,
    })
    return { kind: 'claimed', question, leaseUntil }
  })
}
