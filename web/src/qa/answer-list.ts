import { AnswerSentiment, type ProspectResponse } from '@lifeline/functions/contract'

export type AnswerOrder = 'arrival' | 'confidence' | 'doubt' | 'name' | 'sentiment'

export type AnswerView = {
  /** None: all. */
  sentiments: readonly AnswerSentiment[]
  text: string
  order: AnswerOrder
}

export const ALL_ANSWERS: AnswerView = { sentiments: [], text: '', order: 'arrival' }

/** Without case and accents, so that `resume` finds `résumé`. */
const fold = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase()

const searched = ({ persona, answer, claims }: ProspectResponse): string =>
  fold(
    [persona.lead_id, persona.full_name, persona.occupation, answer, ...claims.map(({ text }) => text)].join(
      ' ',
    ),
  )

/** The answers to be shown, in the order wanted. Every word of `text` has to be found somewhere in what a card shows. */
export function viewAnswers(
  answers: readonly ProspectResponse[],
  { sentiments, text, order }: AnswerView,
): ProspectResponse[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  return answers
    .filter(({ sentiment }) => sentiments.length === 0 || sentiments.includes(sentiment))
    .filter((answer) => {
      if (words.length === 0) return true
      const all = searched(answer)
      return words.every((word) => all.includes(word))
    })
    .toSorted(ORDERS[order])
}

type Compare = (a: ProspectResponse, b: ProspectResponse) => number

const byArrival: Compare = (a, b) => Date.parse(a.answered_at) - Date.parse(b.answered_at)
const nameOf = ({ persona }: ProspectResponse): string => persona.full_name || persona.lead_id
/** An answer whose confidence could not be computed is the least sure. */
const sureness = ({ confidence_score }: ProspectResponse): number => confidence_score ?? -1
const SIDES = AnswerSentiment.options

const ORDERS: Record<AnswerOrder, Compare> = {
  arrival: byArrival,
  confidence: (a, b) => sureness(b) - sureness(a) || byArrival(a, b),
  doubt: (a, b) => sureness(a) - sureness(b) || byArrival(a, b),
  name: (a, b) => nameOf(a).localeCompare(nameOf(b)),
  sentiment: (a, b) => SIDES.indexOf(a.sentiment) - SIDES.indexOf(b.sentiment) || byArrival(a, b),
}

/** How many answers stand where, of all that have come. */
export function countSentiments(answers: readonly ProspectResponse[]): Record<AnswerSentiment, number> {
  const counts = { positive: 0, neutral: 0, negative: 0, unknown: 0 }
  for (const { sentiment } of answers) counts[sentiment] += 1
  return counts
}
