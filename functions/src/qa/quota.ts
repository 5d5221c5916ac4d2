import type { DocumentSnapshot, Firestore, Transaction } from 'firebase-admin/firestore'
import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { answered } from '../streaming/answered.ts'
import { qaError } from './errors.ts'

const DAY_MS = 86_400_000

/** How long a day's count is kept for whoever wants to look, ms. */
const KEPT_MS = 90 * DAY_MS

export interface Spending {
  questions: number
  answers: number
}

/** What is left of today's allowance. */
export interface Allowance {
  questions: { used: number; limit: number }
  answers: { used: number; limit: number }
  /** When there is more, ms since 1970. */
  resetsAt: number
}

type QuotaDeps = { firestore: Firestore } & Pick<Deps, 'config' | 'clock'>
type Spender = Pick<Actor, 'uid' | 'company_id'>

const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10)

const countersOf = (firestore: Firestore, day: string, { uid, company_id }: Spender) => {
  const usage = firestore.collection('usage')
  return [usage.doc(`qa.${day}.user.${uid}`), usage.doc(`qa.${day}.company.${company_id}`)] as const
}

function allowanceOf(
  { qa }: Deps['config'],
  now: number,
  [user, company]: readonly (DocumentSnapshot | undefined)[],
): Allowance {
  return {
    questions: { used: Number(user?.get('questions') ?? 0), limit: qa.questionsPerUserPerDay },
    answers: { used: Number(company?.get('answers') ?? 0), limit: qa.answersPerCompanyPerDay },
    resetsAt: (Math.floor(now / DAY_MS) + 1) * DAY_MS,
  }
}

/** What the caller and their company may still ask today. @throws AppError `unavailable` when Firestore does not answer. */
export async function readAllowance(
  { firestore, config, clock }: QuotaDeps,
  spender: Spender,
): Promise<Allowance> {
  const now = clock.now()
  const counters = countersOf(firestore, dayOf(now), spender)
  return allowanceOf(config, now, await answered(firestore.getAll(...counters), clock))
}

/**
 * Takes what is about to be asked from the caller's and their company's allowance of the day, in the same transaction
 * that writes what is asked: what was refused was not counted, and what was counted happened.
 *
 * Returns what has to be called after all reads of the transaction.
 *
 * @throws AppError `QUOTA_EXCEEDED`
 */
export async function takeQuota(
  { firestore, config, clock }: QuotaDeps,
  transaction: Transaction,
  spender: Spender,
  spending: Spending,
): Promise<() => void> {
  const now = clock.now()
  const day = dayOf(now)
  const [user, company] = countersOf(firestore, day, spender)
  const { questions, answers, resetsAt } = allowanceOf(config, now, await transaction.getAll(user, company))
  const refuse = (scope: string, { limit, used }: Allowance['answers'], message: string) =>
    qaError('QUOTA_EXCEEDED', 'too-many-requests', message, {
      details: { scope, limit, used, resets_at: new Date(resetsAt).toISOString() },
      headers: { 'Retry-After': String(Math.ceil((resetsAt - now) / 1_000)) },
    })
  if (questions.used + spending.questions > questions.limit) {
    throw refuse('user', questions, 'You have used up your questions for today')
  }
  if (answers.used + spending.answers > answers.limit) {
    throw refuse('company', answers, 'Your company’s answers for today do not reach that far')
  }
  return () => {
    const { uid, company_id } = spender
    const common = { company_id, day, expires_at: new Date(now + KEPT_MS) }
    const asked = questions.used + spending.questions
    transaction.set(user, { ...common, uid, questions: asked }, { merge: true })
    transaction.set(company, { ...common, answers: answers.used + spending.answers }, { merge: true })
  }
}
