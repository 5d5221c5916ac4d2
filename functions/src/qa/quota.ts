import type { Firestore, Transaction } from 'firebase-admin/firestore'
import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { qaError } from './errors.ts'

const DAY_MS = 86_400_000

/** How long a day's count is kept for whoever wants to look, ms. */
const KEPT_MS = 90 * DAY_MS

export interface Spending {
  questions: number
  answers: number
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
  { firestore, config, clock }: { firestore: Firestore } & Pick<Deps, 'config' | 'clock'>,
  transaction: Transaction,
  { uid, company_id }: Pick<Actor, 'uid' | 'company_id'>,
  spending: Spending,
): Promise<() => void> {
  const now = clock.now()
  const day = new Date(now).toISOString().slice(0, 10)
  const usage = firestore.collection('usage')
  const references = {
    user: usage.doc(`qa.${day}.user.${uid}`),
    company: usage.doc(`qa.${day}.company.${company_id}`),
  }
  const [user, company] = await transaction.getAll(references.user, references.company)
  const asked = Number(user?.get('questions') ?? 0)
  const answers = Number(company?.get('answers') ?? 0)
  const { questionsPerUserPerDay, answersPerCompanyPerDay } = config.qa
  const resetsAt = (Math.floor(now / DAY_MS) + 1) * DAY_MS
  const refuse = (scope: string, limit: number, used: number, message: string) =>
    qaError('QUOTA_EXCEEDED', 'too-many-requests', message, {
      details: { scope, limit, used, resets_at: new Date(resetsAt).toISOString() },
      headers: { 'Retry-After': String(Math.ceil((resetsAt - now) / 1_000)) },
    })
  if (asked + spending.questions > questionsPerUserPerDay) {
    throw refuse('user', questionsPerUserPerDay, asked, 'You have used up your questions for today')
  }
  if (answers + spending.answers > answersPerCompanyPerDay) {
    throw refuse(
      'company',
      answersPerCompanyPerDay,
      answers,
      'Your company’s answers for today do not reach that far',
    )
  }
  return () => {
    const common = { company_id, day, expires_at: new Date(now + KEPT_MS) }
    transaction.set(
      references.user,
      { ...common, uid, questions: asked + spending.questions },
      { merge: true },
    )
    transaction.set(references.company, { ...common, answers: answers + spending.answers }, { merge: true })
  }
}
