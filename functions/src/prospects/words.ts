import { readEnglish } from '../models/offline/language.ts'

/** Words of questions and answers that say nothing of what they are about. */
const EMPTY = new Set(
  (
    'think feel feeling opinion consider considering primary main important would could should tell know want like ' +
    'thing something anything really about people person someone one maybe say mean make get go take also much many ' +
    'would question answer describe explain please currently usually generally'
  ).split(' '),
)

/** What a text is about: the stems of its words, in order and as often as they come, without those that mean nothing. */
export const stemsOf = (text: string): string[] =>
  readEnglish(text)
    .flat()
    .filter(({ lower, isStopWord }) => !isStopWord && !EMPTY.has(lower) && /[\p{L}\p{N}]/u.test(lower))
    .map(({ stem }) => stem.toLowerCase())

/** A text as how often it has each stem. */
export interface Terms {
  readonly counts: ReadonlyMap<string, number>
  /** Of the counts as a vector: comparing any two of hundreds must not measure each hundreds of times. */
  readonly length: number
}

export function termsOf(text: string): Terms {
  const counts = new Map<string, number>()
  for (const stem of stemsOf(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  return { counts, length: Math.hypot(...counts.values()) }
}

/** How alike two texts are in wording: the cosine of their terms, 0 to 1. Two without any words are the same. */
export function likeness(a: Terms, b: Terms): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0
  const [few, many] = a.counts.size < b.counts.size ? [a, b] : [b, a]
  let dot = 0
  for (const [stem, count] of few.counts) dot += count * (many.counts.get(stem) ?? 0)
  return Math.min(1, dot / (a.length * b.length))
}
