import type { Deps } from '../deps.ts'
import { responsesOf, sessionDocument } from './session-store.ts'
import { CLAIM_FIELDS, StoredClaim, isActive } from './stored-session.ts'

/** So often an answer is begun, whatever becomes of it. */
const MAX_ATTEMPTS = 12

export type Claim =
  | { kind: 'claimed'; leaseUntil: number }
  /** The session has ended, or there is none. */
  | { kind: 'over' }
  | { kind: 'done' }
  | { kind: 'exhausted' }
  /** Somebody is at it, or was when their process was killed. */
  | { kind: 'busy' }

/**
 * Begins with an answer, in one step with the look at whether it is still wanted: what a cancelled session has not begun
 * by then never begins. Nobody else begins with it for `config.qa.answerLeaseSeconds`.
 */
export function claimAnswer(
  { firestore, clock, config }: Pick<Deps, 'firestore' | 'clock' | 'config'>,
  sessionId: string,
  leadId: string,
): Promise<Claim> {
  const session = sessionDocument(firestore, sessionId)
  const own = responsesOf(firestore, sessionId).doc(leadId)
  return firestore.runTransaction(async (transaction): Promise<Claim> => {
    // Both in one request: hundreds of answers make hundreds of these.
    const [header, mine] = await transaction.getAll(session, own, { fieldMask: CLAIM_FIELDS })
    if (!isActive(header?.get('status'))) return { kind: 'over' }
    const claim = mine?.exists ? StoredClaim.parse(mine.data()) : null
    const now = clock.now()
    if (claim !== null && claim.state !== 'working') return { kind: 'done' }
    if (claim !== null && claim.lease_until > now) return { kind: 'busy' }
    if (claim !== null && claim.attempts >= MAX_ATTEMPTS) return { kind: 'exhausted' }
    const leaseUntil = now + config.qa.answerLeaseSeconds * 1_000
    const attempts = (claim?.attempts ?? 0) + 1
    transaction.set(own, { state: 'working', attempts, lease_until: leaseUntil })
    return { kind: 'claimed', leaseUntil }
  })
}
