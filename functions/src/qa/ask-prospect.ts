import type { Deps } from '../deps.ts'
import { type Model, ModelError, OFFLINE_MODEL } from '../models/model.ts'
import { fold } from '../prospects/fold.ts'
import { indexFacts, knownFacts } from '../prospects/retrieve-facts.ts'
import { type Fact, PersonaBase, type Prospect } from '../prospects/schema.ts'
import { stemsOf } from '../prospects/words.ts'
import { type AnswerInput, answerJob } from './answer-job.ts'
import { citeOnly, confidenceOf, measureConfidence, withinPerson } from './confidence.ts'
import { readControls } from './read-controls.ts'
import type { ControlQuestion } from './question-schema.ts'
import type { AnswerMeasure, StoredAnswer, StoredQuestion } from './stored-session.ts'

export interface Asked {
  prospect: Prospect
  question: Pick<StoredQuestion, 'question' | 'context'>
  image?: AnswerInput['image']
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal
}

/** For a call that may become the answer, waiting for a place at the model included, ms: below what a delivery may take. */
const ANSWER_MS = 100_000
/** For a call that only measures the answer, ms: it is not to wait for those for ever. */
const MEASURE_MS = 60_000

type AskDeps = Pick<Deps, 'config'> & { model: Model }

/**
 * Has a twin answer, more than once to see how steady it is, and asks the control questions whose answers are known: all at
 * once, for none of it depends on another, and whoever is asked last would otherwise hold up the whole session.
 *
 * @throws ModelError when there is no answer at all, and the signal's reason. What is lost besides one answer only leaves
 * the confidence unmeasured.
 */
export async function askProspect(
  { model, config }: AskDeps,
  { prospect, question, image = null, signal }: Asked,
): Promise<{ answer: StoredAnswer; measure: AnswerMeasure }> {
  const known = indexFacts(knownFacts(prospect))
  const { facts } = known
  const factIds = new Set(facts.map(({ fact_id }) => fact_id))
  const persona = PersonaBase.parse(prospect)
  const unanswered = new AbortController()
  const whileAnswered = AbortSignal.any([signal, unanswered.signal])
  const ask = (asked: Pick<AnswerInput, 'question' | 'image' | 'repeat'>, deadlineMs: number) => {
    const options = { signal: whileAnswered, onFailure: 'throw', deadlineMs } as const
    return model.run(answerJob, { persona, known, ...asked }, options)
  }
  const answering = Promise.allSettled(
    Array.from({ length: config.qa.repeats }, (_, repeat) =>
      ask({ question: question.question, image, repeat }, repeat === 0 ? ANSWER_MS : MEASURE_MS),
    ),
  )
  const controlling = Promise.allSettled(
    expectedControls(question, prospect).map(async ({ index, control, expected }) => {
      const { output } = await ask({ question: control.question, image: null, repeat: 0 }, MEASURE_MS)
      return { index, right: holds(output.answer, expected) }
    }),
  )
  const answers = keptOf(await answering, signal)
  const [first] = answers.kept
  if (first === undefined) {
    const reason = answers.lost.find(({ isTransient }) => isTransient) ?? answers.lost[0]
    unanswered.abort(reason)
    await controlling
    throw reason
  }
  const controls = keptOf(await controlling, signal).kept
  const all = answers.kept.map(({ output }) => output)
  const claims = citeOnly(first.output.claims, factIds)
  const { strength } = known.search(question.question)
  const parts = measureConfidence(strength, { answer: first.output.answer, claims }, all)
  return {
    answer: {
      answer: first.output.answer,
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

/** What came of calls, and why the others failed. A session that has ended ends this too, and so does a fault of ours. */
function keptOf<T>(results: readonly PromiseSettledResult<T>[], signal: AbortSignal) {
  const kept: T[] = []
  const lost: ModelError[] = []
  for (const result of results) {
    if (result.status === 'fulfilled') kept.push(result.value)
    else if (result.reason instanceof ModelError && !signal.aborted) lost.push(result.reason)
    else throw result.reason
  }
  return { kept, lost }
}

const citedFacts = (facts: readonly Fact[], claims: StoredAnswer['claims']): Fact[] => {
  const cited = new Set(claims.flatMap(({ fact_ids }) => fact_ids))
  return facts.filter(({ fact_id }) => cited.has(fact_id))
}

/** The control questions whose answer is known of this person, with their places among all. */
const expectedControls = ({ context }: Asked['question'], prospect: Prospect) =>
  readControls(context).flatMap((control, index) => {
    const expected = expectedOf(control, prospect)
    return expected === null ? [] : [{ index, control, expected }]
  })

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
