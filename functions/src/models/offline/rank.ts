import { urgencyFloor } from '../../severity/urgency-floor.ts'
import type { Sentence } from './transcript.ts'

/** How much each sign counts in the choice of sentences. */
export interface Weights {
  /** Likeness to the conversation as a whole, 0 to 1. */
  centroid: number
  /** 1 at the start, falling to 0 over the conversation. */
  start: number
  /** 1 for the first few sentences: what a conversation is about. */
  opening: number
  /** 1 in the last tenth, where people agree on what to do. */
  end: number
  question: number
  /** The speaker says what they want, need or will do. */
  intent: number
  /** The speaker asks for something, or for leave to do it. */
  request: number
  /** Names and numbers. */
  detail: number
  /** Too few words say little; too many cost room. */
  short: number
  long: number
}

export interface Ranked {
  readonly sentence: Sentence
  readonly score: number
  readonly vector: ReadonlyMap<string, number>
}

const INTENT =
  /\b(?:i(?:'d| would) like|i (?:want|need|hope|plan|decided)|i'll|we'll|let's|could you|can you|would you|please|should|have to|going to|looking for|how about|why don't|suggest|recommend|because|need to|must)\b/i
const REQUEST = /\b(?:can|could|would|will|may) (?:you|i|we)\b|\bplease\b/i
const OPENING = 3
/** Stems that every conversation is full of: they say nothing of what this one is about. */
const COMMON = new Set(
  `know think go get come see look want like make take thing time say tell let good great nice well right sure realli just lot way
  today need mean tri feel give keep use ask talk work believ guess hope sound kind bit oh thank sorri help peopl still much mani
  littl big new old`.split(/\s+/),
)
/** The fewest terms of a sentence that says something by itself. */
const SHORT = 3
const LONG = 22

/** Weighs every sentence of a conversation; in the order of the conversation. Linear in its length. */
export function rankSentences(sentences: readonly Sentence[], weights: Weights): Ranked[] {
  const frequency = new Map<string, number>()
  for (const { terms } of sentences) {
    for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  }
  const count = sentences.length
  // What nearly everyone repeats and what occurs once both say little about the whole; the centroid is their product.
  const weigh = (term: string): number =>
    COMMON.has(term) ? 0 : Math.log(1 + count / (frequency.get(term) ?? 1))
  const vectors = sentences.map(({ terms }) => toVector(terms, weigh))
  const centroid = new Map<string, number>()
  for (const vector of vectors)
    for (const [term, value] of vector) centroid.set(term, (centroid.get(term) ?? 0) + value)
  const length = norm(centroid)
  const likeness = vectors.map((vector) => (length === 0 ? 0 : dot(vector, centroid) / length))
  const best = greatest(likeness) || 1
  return sentences.map((sentence, at) => {
    const { terms, tokens, text } = sentence
    const isDetailed = tokens.some(({ pos }, index) => pos === 'NUM' || (pos === 'PROPN' && index > 0))
    const score =
      weights.centroid * ((likeness[at] ?? 0) / best) +
      weights.start * (1 - at / count) +
      weights.opening * (at < OPENING ? 1 : 0) +
      weights.end * (at >= count * 0.9 ? 1 : 0) +
      weights.question * (text.endsWith('?') ? 1 : 0) +
      weights.intent * (INTENT.test(text) ? 1 : 0) +
      weights.request * (REQUEST.test(text) ? 1 : 0) +
      weights.detail * (isDetailed ? 1 : 0) +
      weights.short * (terms.length < SHORT ? 1 : 0) +
      weights.long * (Math.max(0, tokens.length - LONG) / LONG)
    return { sentence, score, vector: vectors[at] ?? new Map<string, number>() }
  })
}

/** A summary of an emergency that leaves out its most urgent words is wrong, however well it reads. */
const SEVERITY = { CRITICAL: 3, HIGH: 1.5, MEDIUM: 0.3, LOW: 0 } as const
/** From here on somebody is in danger. */
export const SEVERE = SEVERITY.HIGH

export const severityBonus = ({ text }: Pick<Sentence, 'text'>): number => {
  const { floor } = urgencyFloor(text)
  return floor === null ? 0 : SEVERITY[floor]
}

/**
 * What each sentence gains by how urgent it is. The last word on an emergency ("he is breathing again") gains as much as the
 * worst, if the one says it who told of the emergency first: who answers speaks of ambulances too.
 */
export function urgencyBonuses(sentences: readonly Sentence[]): number[] {
  const bonuses = sentences.map(severityBonus)
  const worst = greatest(bonuses)
  if (worst < SEVERE) return bonuses
  const witness = sentences[bonuses.findIndex((bonus) => bonus >= SEVERE)]?.message.speaker
  const last = sentences.findLastIndex(
    ({ message }, at) => (bonuses[at] ?? 0) > 0 && message.speaker === witness,
  )
  return bonuses.map((bonus, at) => (at === last ? worst : bonus))
}

function toVector(terms: readonly string[], weigh: (term: string) => number): Map<string, number> {
  const vector = new Map<string, number>()
  for (const term of terms) vector.set(term, weigh(term))
  const length = norm(vector)
  for (const [term, value] of vector) vector.set(term, value / length)
  return vector
}

/** A long conversation has more sentences and words than a call takes arguments. */
const greatest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0)

function norm(vector: ReadonlyMap<string, number>): number {
  let squares = 0
  for (const value of vector.values()) squares += value * value
  return Math.sqrt(squares) || 1
}

function dot(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let sum = 0
  for (const [term, value] of small) sum += value * (large.get(term) ?? 0)
  return sum
}

/** How much likeness to what is chosen already takes from a sentence. */
const REDUNDANCY = 0.5

/**
 * Chooses sentences by maximal marginal relevance until `words` are spent; at least one, in the order of the
 * conversation. `cost` is the length in words of what will stand in the summary, 0 for what cannot stand there.
 */
export function chooseSentences(
  ranked: readonly Ranked[],
  words: number,
  cost: (sentence: Sentence) => number,
): Sentence[] {
  const chosen: Ranked[] = []
  // What cannot win any more is not looked at again: the work stays linear in the length of the conversation.
  const open = ranked.toSorted((a, b) => b.score - a.score).slice(0, CANDIDATES)
  const likeness = open.map(() => 0)
  let spent = 0
  for (;;) {
    let best = -1
    for (const [at, candidate] of open.entries()) {
      if (likeness[at] === Infinity) continue
      const value = candidate.score - REDUNDANCY * (likeness[at] ?? 0)
      if (best === -1 || value > (open[best]?.score ?? 0) - REDUNDANCY * (likeness[best] ?? 0)) best = at
    }
    const next = open[best]
    if (next === undefined) break
    likeness[best] = Infinity
    const price = cost(next.sentence)
    if (price === 0) continue
    // Nearer to the goal with it than without.
    if (chosen.length > 0 && spent + price - words > words - spent) {
      if (spent >= words * 0.6) break
      continue
    }
    chosen.push(next)
    spent += price
    if (spent >= words) break
    for (const [at, candidate] of open.entries()) {
      likeness[at] = Math.max(likeness[at] ?? 0, dot(candidate.vector, next.vector))
    }
  }
  return chosen.map(({ sentence }) => sentence).toSorted((a, b) => a.index - b.index)
}

const CANDIDATES = 400
