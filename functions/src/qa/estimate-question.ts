import type { Actor } from '../auth/actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../platform/errors.ts'
import { estimateSession } from './estimate.ts'
import type { EstimateQuery, QuestionEstimate } from './estimate-schema.ts'
import { decideAsking } from './policy.ts'
import { readAllowance } from './quota.ts'

/** As long as answers are on average, with the name before them, UTF-16 units: what tells in how many parts they are summarized. */
const ANSWER_CHARACTERS = 400

/** What a question would take. @throws AppError `forbidden`, or `unavailable` when Firestore does not answer. */
export async function estimateQuestion(
  deps: Pick<Deps, 'firestore' | 'clock' | 'config'>,
  actor: Actor,
  { prospects, control_questions }: EstimateQuery,
): Promise<QuestionEstimate> {
  if (decideAsking(actor) !== 'allow') throw new AppError('forbidden', 'Only admins may do this')
  const [{ seconds, measured, ahead }, { questions, answers, resetsAt }] = await Promise.all([
    estimateSession(deps, actor.company_id, prospects),
    readAllowance(deps, actor),
  ])
  const { models, qa } = deps.config
  const parts = Math.ceil((prospects * ANSWER_CHARACTERS) / models.promptCharacters)
  const calls = prospects * (qa.repeats + control_questions) + (parts > 1 ? parts + 1 : 1)
  const leftOf = ({ limit, used }: { limit: number; used: number }) => ({
    left: Math.max(0, limit - used),
    limit,
  })
  return {
    estimated_completion_time: seconds,
    measured_on: measured && {
      sessions: measured.sessions,
      fewest_prospects: measured.fewest,
      most_prospects: measured.most,
    },
    prospects_ahead: ahead,
    model: models.server?.model ?? null,
    model_calls: models.server === null ? 0 : calls,
    questions: leftOf(questions),
    answers: leftOf(answers),
    resets_at: new Date(resetsAt).toISOString(),
  }
}
