import type {
  CollectionReference,
  DocumentReference,
  Firestore,
  QuerySnapshot,
} from 'firebase-admin/firestore'
import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { DocumentId } from '../platform/schema.ts'
import type { PersonaBase } from '../prospects/schema.ts'
import { answered } from '../streaming/answered.ts'
import { sessionNotFound } from './errors.ts'
import { type SessionAction, decideAsking, decideSession } from './policy.ts'
import type { FailedProspect, ProspectResponse } from './answer-schema.ts'
import { isoOf } from './saved-time.ts'
import { type AnswerMeasure, FINAL_STATES, StoredOutcome, StoredSession } from './stored-session.ts'

export const sessionsOf = (firestore: Firestore): CollectionReference => firestore.collection('qa_sessions')
export const sessionDocument = (firestore: Firestore, sessionId: string): DocumentReference =>
  sessionsOf(firestore).doc(sessionId)
export const responsesOf = (firestore: Firestore, sessionId: string): CollectionReference =>
  sessionDocument(firestore, sessionId).collection('responses')

type ReadDeps = Pick<Deps, 'firestore' | 'clock'>

/**
 * A session for somebody who may do `action` with it. Another company's is as unknown as one that does not exist.
 *
 * @throws AppError `SESSION_NOT_FOUND`, `FORBIDDEN`, or `unavailable` when Firestore does not answer.
 */
export async function readSession(
  { firestore, clock }: ReadDeps,
  actor: Pick<Actor, 'uid' | 'role' | 'company_id'>,
  sessionId: string,
  action: SessionAction,
): Promise<StoredSession> {
  // Before anything is looked for: whether there is such a session is not theirs to learn.
  refuseSession(decideAsking(actor))
  if (!DocumentId.safeParse(sessionId).success) throw sessionNotFound()
  const document = await answered(sessionDocument(firestore, sessionId).get(), clock)
  if (!document.exists) throw sessionNotFound()
  const session = StoredSession.parse(document.data())
  refuseSession(decideSession(actor, session, action))
  return session
}

/** @throws AppError for every decision but `allow`. */
function refuseSession(decision: ReturnType<typeof decideSession>): void {
  if (decision === 'allow') return
  if (decision === 'other-company') throw sessionNotFound()
  throw new AppError(
    'forbidden',
    decision === 'not-an-admin' ? 'Only admins may do this' : 'Only who asked, or a manager, may do this',
  )
}

/** An answer with its place in the order in which the database took them. */
export interface Answered {
  leadId: string
  /** ms since 1970, and the fraction as ns: the server's own time of the write, later for whatever came later. */
  savedAt: string
  response: ProspectResponse
  measure: AnswerMeasure
}

export interface Outcomes {
  /** In the order in which they came in. */
  answers: Answered[]
  failed: FailedProspect[]
}

/** What a snapshot of the answers says. A document that cannot be read throws: nothing else than us writes them. */
export function readOutcomes(
  snapshot: Pick<QuerySnapshot, 'docs'>,
  targets: readonly PersonaBase[],
): Outcomes {
  const people = new Map(targets.map((persona) => [persona.lead_id, persona]))
  const answers: Answered[] = []
  const failed: FailedProspect[] = []
  for (const document of snapshot.docs) {
    const outcome = StoredOutcome.parse(document.data())
    const persona = people.get(document.id)
    if (persona === undefined) continue
    if (outcome.state === 'answered') {
      const { seconds, nanoseconds } = document.updateTime
      answers.push({
        leadId: document.id,
        savedAt: `${seconds}${String(nanoseconds).padStart(9, '0')}`,
        // The time of the write, not of the answer: whoever asks for what came later must miss none that was longer on its way.
        response: { persona, ...outcome.answer, answered_at: isoOf(document.updateTime) },
        measure: outcome.measure,
      })
    } else if (outcome.state === 'failed') {
      failed.push({ lead_id: document.id, full_name: persona.full_name ?? null, reason: outcome.reason })
    }
  }
  answers.sort((a, b) => compareSaved(a, b))
  failed.sort((a, b) => (a.lead_id < b.lead_id ? -1 : 1))
  return { answers, failed }
}

/** Times of one epoch are equally long, so that their digits compare as numbers. */
export const compareSaved = (
  a: Pick<Answered, 'savedAt' | 'leadId'>,
  b: Pick<Answered, 'savedAt' | 'leadId'>,
): number =>
  a.savedAt === b.savedAt
    ? a.leadId < b.leadId
      ? -1
      : Number(a.leadId > b.leadId)
    : a.savedAt < b.savedAt
      ? -1
      : 1

/** All that have answered or failed. @throws AppError `unavailable` when Firestore does not answer. */
export async function fetchOutcomes(
  { firestore, clock }: ReadDeps,
  sessionId: string,
  targets: readonly PersonaBase[],
): Promise<Outcomes> {
  const final = responsesOf(firestore, sessionId).where('state', 'in', [...FINAL_STATES])
  return readOutcomes(await answered(final.get(), clock), targets)
}

/** How many have answered or failed for good. */
export async function countOutcomes(
  { firestore, clock }: ReadDeps,
  sessionId: string,
  states: readonly string[] = FINAL_STATES,
): Promise<number> {
  const counted = await answered(
    responsesOf(firestore, sessionId)
      .where('state', 'in', [...states])
      .count()
      .get(),
    clock,
  )
  return counted.data().count
}
