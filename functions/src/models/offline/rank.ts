import type { Sentence } from './transcript.ts'
import { dot, greatest, norm } from './vectors.ts'

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
      weights.detail * (isDetailed ? 1 : 0) +
      weights.short * (terms.length < SHORT ? 1 : 0) +
      weights.long * (Math.max(0, tokens.length - LONG) / LONG)
    return { sentence, score, vector: vectors[at] ?? new Map<string, number>() }
  })
}

function toVector(terms: readonly string[], weigh: (term: string) => number): Map<string, number> {
  const vector = new Map<string, number>()
  for (const term of terms) vector.set(term, weigh(term))
  const length = norm(vector)
  for (const [term, value] of vector) vector.set(term, value / length)
  return vector
}
