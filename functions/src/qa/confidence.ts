import { likeness, stemsOf, termsOf } from '../prospects/words.ts'
import type { Claim, ConfidenceParts } from './answer-schema.ts'
import type { PersonaAnswer } from './answer-job.ts'

/** Keeps only what exists: an id that the person does not have is dropped, the claim stays and rests on less. */
export const citeOnly = (claims: PersonaAnswer['claims'], factIds: ReadonlySet<string>): Claim[] =>
  claims
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, fact_ids }) => ({ text, fact_ids: [...new Set(fact_ids)].filter((id) => factIds.has(id)) }))

/** An answer that claims little of what it says must not look well covered. */
const LEAST_CLAIMED = 0.6

/** The share of an answer's words that stands in claims which cite something, 0 to 1. */
export function coverageOf(answer: string, claims: readonly Claim[]): number {
  const words = (texts: readonly string[]) => texts.reduce((sum, text) => sum + stemsOf(text).length, 0)
  const cited = words(claims.filter(({ fact_ids }) => fact_ids.length > 0).map(({ text }) => text))
  const all = Math.max(words(claims.map(({ text }) => text)), LEAST_CLAIMED * words([answer]))
  return all === 0 ? 0 : Math.min(1, cited / all)
}

const citedBy = ({ claims }: Pick<PersonaAnswer, 'claims'>): ReadonlySet<string> =>
  new Set(claims.flatMap(({ fact_ids }) => fact_ids))

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1
  return a.intersection(b).size / a.union(b).size
}

/** How alike two answers of one person are: what they rest on, where they stand, how they are worded; 0 to 1. */
function agree(a: PersonaAnswer, b: PersonaAnswer): number {
  const isSameStand = a.sentiment === b.sentiment ? 1 : 0
  return 0.4 * overlap(citedBy(a), citedBy(b)) + 0.4 * isSameStand + 0.2 * wordingOf(a, b)
}

const wordingOf = (a: PersonaAnswer, b: PersonaAnswer): number =>
  likeness(termsOf(a.answer), termsOf(b.answer))

const pairsOf = (answers: readonly PersonaAnswer[]): [PersonaAnswer, PersonaAnswer][] =>
  answers.flatMap((a, at) => answers.slice(at + 1).map((b): [PersonaAnswer, PersonaAnswer] => [a, b]))

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** How far the answers of one person are apart in wording; null for a single one. */
export function withinPerson(answers: readonly PersonaAnswer[]): number | null {
  const pairs = pairsOf(answers)
  return pairs.length === 0 ? null : rounded(1 - mean(pairs.map(([a, b]) => wordingOf(a, b))))
}

/** Measured on what was asked, what is known and what was answered; what a model says of its own certainty has no part. */
export function measureConfidence(
  strength: number,
  { answer, claims }: { answer: string; claims: readonly Claim[] },
  answers: readonly PersonaAnswer[],
): ConfidenceParts {
  const pairs = pairsOf(answers)
  return {
    retrieval: rounded(strength),
    coverage: rounded(coverageOf(answer, claims)),
    agreement: pairs.length === 0 ? null : rounded(mean(pairs.map(([a, b]) => agree(a, b)))),
  }
}

/** Null where how steady the answer is could not be measured. */
export const confidenceOf = ({ retrieval, coverage, agreement }: ConfidenceParts): number | null =>
  agreement === null ? null : rounded(retrieval * coverage * agreement)

export const rounded = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1_000) / 1_000
