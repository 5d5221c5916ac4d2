import { z } from 'zod'

/** How much may be asked of the panel, and how it is asked (spec 5). */
export interface QaConfig {
  /** Questions that one user may put, and answers that one company may get, from midnight to midnight UTC. */
  questionsPerUserPerDay: number
  answersPerCompanyPerDay: number
  /** How often each prospect is asked the same; the second time shows how steady the first answer was. */
  repeats: number
  /** A session in which nothing has happened for so long is looked after by the sweep. */
  stuckSeconds: number
  /**
   * Nobody else begins with an answer, or a summary, that somebody began with so long ago: longer than a delivery may
   * take, so that only what was killed is begun again.
   */
  answerLeaseSeconds: number
  summaryLeaseSeconds: number
  /** How long an answer takes while nothing has been measured yet. */
  assumedAnswerSeconds: number
}

const count = (fallback: number, max: number) => z.coerce.number().int().positive().max(max).default(fallback)

export const QaEnvironment = {
  QA_QUESTIONS_PER_USER_PER_DAY: count(200, 1_000_000),
  QA_ANSWERS_PER_COMPANY_PER_DAY: count(20_000, 100_000_000),
  QA_REPEATS: count(2, 5),
  QA_STUCK_SECONDS: count(180, 86_400),
  QA_ANSWER_LEASE_SECONDS: count(125, 3_600),
  QA_SUMMARY_LEASE_SECONDS: count(185, 3_600),
  QA_ASSUMED_ANSWER_SECONDS: count(20, 3_600),
}

export const readQaConfig = (env: z.output<z.ZodObject<typeof QaEnvironment>>): QaConfig => ({
  questionsPerUserPerDay: env.QA_QUESTIONS_PER_USER_PER_DAY,
  answersPerCompanyPerDay: env.QA_ANSWERS_PER_COMPANY_PER_DAY,
  repeats: env.QA_REPEATS,
  stuckSeconds: env.QA_STUCK_SECONDS,
  answerLeaseSeconds: env.QA_ANSWER_LEASE_SECONDS,
  summaryLeaseSeconds: env.QA_SUMMARY_LEASE_SECONDS,
  assumedAnswerSeconds: env.QA_ASSUMED_ANSWER_SECONDS,
})
