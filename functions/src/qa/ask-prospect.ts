import type { Deps } from '../deps.ts'
import { type Model, type ModelAnswer, ModelError, OFFLINE_MODEL } from '../models/model.ts'
import { fold } from '../prospects/fold.ts'
import { indexFacts, knownFacts } from '../prospects/retrieve-facts.ts'
import { type Fact, PersonaBase, type Prospect } from '../prospects/schema.ts'
import { stemsOf } from '../prospects/words.ts'
import { type AnswerInput, type PersonaAnswer, answerJob } from './answer-job.ts'
import { citeOnly, confidenceOf, measureConfidence, withinPerson } from './confidence.ts'
import { readControls } from './read-controls.ts'
import type { ControlQuestion } from './schema.ts'
import type { AnswerMeasure, StoredAnswer, StoredQuestion } from './stored-session.ts'

export interface Asked {
  prospect: Prospect
  question: Pick<StoredQuestion, 'question' | 'context'>
  image?: AnswerInput['image']
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal
}

/** For all that is asked of one person, ms: below what a delivery may take. */
const BUDGET_MS = 105_000
/** For one call, so that the first leaves something for those that measure it, ms. */
const CALL_MS = 50_000
/** With less left than this nothing more is begun, ms. */
const LEAST_MS = 5_000

type AskDeps = Pick<Deps, 'clock' | 'config'> & { model: Model }

/**
 * Has a twin answer, more than once to see how steady it is, and then the control questions whose answers are known.
 *
 * @throws ModelError when there is no answer at all, and the signal's reason. What is lost besides the first answer only
 * leaves the confidence unmeasured.
 */
export async function askProspect(
  { model, clock, config }: AskDeps,
  { prospect, question, image = null, signal }: Asked,
): Promise<{ answer: StoredAnswer; measure: AnswerMeasure }> {
  const known = indexFacts(knownFacts(prospect))
  const { facts } = known
  const factIds = new Set(facts.map(({ fact_id }) => fact_id))
  const persona = PersonaBase.parse(prospect)
  const until = clock.now() + BUDGET_MS
  const hasTime = () => until - clock.now() >= LEAST_MS
  const ask = (text: string, repeat: number, withImage: boolean) => {
    const deadlineMs = Math.min(CALL_MS, until - clock.now())
    const input = { persona, known, question: text, image: withImage ? image : null, repeat }
    return model.run(answerJob, input, { signal, onFailure: 'throw', deadlineMs })
  }
  const first = await ask(question.question, 0, true)
  const answeredAt = clock.now()
  const again: ModelAnswer<PersonaAnswer>[] = []
  for (let repeat = 1; repeat < config.qa.repeats && hasTime(); repeat += 1) {
    const answer = await orNothing(signal, () => ask(question.question, repeat, true))
    if (answer !== null) again.push(answer)
  }
  const controls = []
  for (const [index, control] of readControls(question.context).entries()) {
    const expected = expectedOf(control, prospect)
    if (expected === null || !hasTime()) continue
    const answer = await orNothing(signal, () => ask(control.question, 0, false))
    if (answer !== null) controls.push({ index, right: holds(answer.output.answer, expected) })
  }
  const all = [first, ...again].map(({ output }) => output)
  const claims = citeOnly(first.output.claims, factIds)
  const { strength } = known.search(question.question)
  const parts = measureConfidence(strength, { answer: first.output.answer, claims }, all)
  return {
    answer: {
      answer: first.output.answer,
      answered_at: new Date(answeredAt).toISOString(),
      sentiment: first.output.sentiment,
      claims,
      facts: citedFacts(facts, claims),
      confidence_parts: parts,
      confidence_score: confidenceOf(parts),
      simulated: true,
      model: first.model,
      composed_offline: first.model === OFFLINE_MODEL,
    },
    measure: { within_person: withinPerson(all), controls },
  }
}

/** Null when the model failed; a session that has ended ends this too. */
async function orNothing<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted || !(error instanceof ModelError)) throw error
    return null
  }
}

const citedFacts = (facts: readonly Fact[], claims: StoredAnswer['claims']): Fact[] => {
  const cited = new Set(claims.flatMap(({ fact_ids }) => fact_ids))
  return facts.filter(({ fact_id }) => cited.has(fact_id))
}

/** What this person should say; null when nothing is expected of them. */
function expectedOf({ expected_field, expected }: ControlQuestion, prospect: Prospect): string | null {
  return (
    expected?.[prospect.lead_id] ?? (expected_field === undefined ? null : (prospect[expected_field] ?? null))
  )
}

/** Does an answer hold what is expected, whatever the wording around it? */
function holds(answer: string, expected: string): boolean {
  if (fold(answer).includes(fold(expected))) return true
  const wanted = stemsOf(expected)
  const said = new Set(stemsOf(answer))
  return wanted.length > 0 && wanted.every((stem) => said.has(stem))
}
