import { type Terms, likeness, termsOf } from '../prospects/words.ts'
import { rounded } from './confidence.ts'
import { judgePanel } from './judge-panel.ts'
import { readControls } from './read-controls.ts'
import type { ProspectResponse } from './answer-schema.ts'
import type { PanelQuality } from './summary-schema.ts'
import { SENTIMENT_VALUE } from './sentiment.ts'
import type { Answered, Outcomes } from './session-store.ts'

/** Two answers that are so alike in wording say the same. */
const NEARLY_SAME = 0.85
/** People repeat one another now and then; more than this share of them do not. */
const ALARM_SHARE = 0.3
/** Who stands with fewer than this share of the panel dissents. */
const DISSENT_SHARE = 0.34
const MOST_DISSENT = 10

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Measures a panel on its own answers: how much they differ, how steady each is, and whether they can be relied on. */
export function measurePanel({ answers, failed }: Outcomes, context: Record<string, unknown>): PanelQuality {
  const known = answers.filter(({ response }) => response.sentiment !== 'unknown')
  const terms = known.map(({ response }) => termsOf(response.answer))
  const confidences = answers.flatMap(({ response }) => response.confidence_score ?? [])
  const { distances, alike } = comparePairs(terms)
  const between = distances.length === 0 ? null : rounded(mean(distances))
  const within = answers.flatMap(({ measure }) => measure.within_person ?? [])
  const withinMean = within.length === 0 ? null : rounded(mean(within))
  const share = known.length === 0 ? 0 : rounded(alike / known.length)
  const measured = {
    n: known.length,
    unknown: answers.length - known.length,
    failed: failed.length,
    mean_confidence: confidences.length === 0 ? null : rounded(mean(confidences)),
    spread: between === null ? null : { wording: between, sentiment: deviation(known) },
    near_identical: { count: alike, share, alarm: known.length > 2 && share > ALARM_SHARE },
    noise:
      between === null || withinMean === null
        ? null
        : { within_person: withinMean, between_people: between, distinguishable: between > 1.5 * withinMean },
    dissent: findDissent(known),
    controls: countControls(answers, context),
  }
  const isOffline = answers.some(({ response }) => response.composed_offline)
  return { ...measured, ...judgePanel(measured, { isOffline }) }
}

/** All pairs at once, for a panel is small enough: the distance of any two, 0 to 1, and how many have one nearly the same. */
function comparePairs(terms: readonly Terms[]): { distances: number[]; alike: number } {
  const distances: number[] = []
  const alike = new Set<Terms>()
  for (const [at, a] of terms.entries()) {
    for (let other = at + 1; other < terms.length; other += 1) {
      const b = terms[other]
      if (b === undefined) continue
      const same = likeness(a, b)
      distances.push(1 - same)
      if (same >= NEARLY_SAME) alike.add(a).add(b)
    }
  }
  return { distances, alike: alike.size }
}

const valueOf = ({ sentiment }: Pick<ProspectResponse, 'sentiment'>): number =>
  sentiment === 'unknown' ? 0 : SENTIMENT_VALUE[sentiment]

function deviation(known: readonly Answered[]): number {
  const values = known.map(({ response }) => valueOf(response))
  const middle = mean(values)
  return Math.round(Math.sqrt(mean(values.map((value) => (value - middle) ** 2))) * 1_000) / 1_000
}

/** Those who stand on another side than most; nobody where there is no majority. */
function findDissent(known: readonly Answered[]): PanelQuality['dissent'] {
  const groups = [...Map.groupBy(known, ({ response }) => response.sentiment)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  )
  const [majority, ...rest] = groups
  if (majority === undefined || majority[1].length <= known.length / 2) return []
  return rest
    .filter(([, group]) => group.length / known.length < DISSENT_SHARE)
    .flatMap(([, group]) => group)
    .toSorted(
      (a, b) =>
        Math.abs(valueOf(b.response) - SIDE[majority[0]]) - Math.abs(valueOf(a.response) - SIDE[majority[0]]),
    )
    .slice(0, MOST_DISSENT)
    .map(({ response: { persona, sentiment, answer } }) => ({
      lead_id: persona.lead_id,
      full_name: persona.full_name ?? null,
      sentiment,
      answer,
    }))
}

const SIDE: Record<ProspectResponse['sentiment'], number> = { ...SENTIMENT_VALUE, unknown: 0 }

function countControls(
  answers: readonly Answered[],
  context: Record<string, unknown>,
): PanelQuality['controls'] {
  const given = answers.flatMap(({ measure }) => measure.controls)
  const questions = readControls(context).map(({ question }, at) => {
    const mine = given.filter(({ index }) => index === at)
    return { question, asked: mine.length, right: mine.filter(({ right }) => right).length }
  })
  return { asked: given.length, right: given.filter(({ right }) => right).length, questions }
}
