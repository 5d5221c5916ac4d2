import MiniSearch from 'minisearch'
import { allowedTypos } from '../search/words.ts'
import type { Procedure } from './schema.ts'
import { NOT, NOT_BEHIND, contentWords, isDenial, pairOf, termsOf } from './words.ts'

export interface FoundProcedure {
  readonly procedure: Procedure
  readonly score: number
  /** Something in the text stands for it by itself, and is no mere part of a phrase. */
  readonly isPlain: boolean
}

/** Procedures, to be found by what somebody in trouble writes. */
export interface ProcedureIndex {
  /** The best first. What fits too badly to be acted on is not among them. */
  find(text: string): FoundProcedure[]
}

/** Below this a match is an accident: measured on our own phrasings (`phrasings.ts`), known topics and others. */
const MIN_SCORE = 6.5
/** A procedure that is at least so near to the best fits as well; one for what kills sooner need not be so near. */
export const NEAR = 0.7
export const NEAR_IF_SOONER = 0.25

interface Document {
  id: number
  title: string
  /** Words that stand for themselves, and pairs of words. */
  keywords: string
  /** Words of longer phrases: "arm" and "caught" of "arm caught" say little alone. */
  parts: string
  steps: string
}

export function createProcedureIndex(procedures: readonly Procedure[]): ProcedureIndex {
  const engine = new MiniSearch<Document>({
    fields: ['title', 'keywords', 'parts', 'steps'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  })
  engine.addAll(
    procedures.map(({ title, keywords, steps, translations }, id) => ({
      id,
      title: joined([title, ...translations.map((each) => each.title)].flatMap(termsOf)),
      keywords: joined(keywords.map(termsOf).flatMap((terms) => (isAlone(terms) ? terms : pairsIn(terms)))),
      parts: joined(keywords.map(termsOf).flatMap((terms) => (isAlone(terms) ? [] : wordsIn(terms)))),
      steps: joined(steps.flatMap(termsOf)),
    })),
  )
  const known = new Set(procedures.flatMap(({ title, keywords }) => [title, ...keywords].flatMap(termsOf)))
  return {
    find(text) {
      const terms = termsToFind(text, known)
      if (terms.length === 0) return []
      const results = engine.search(joined(terms), {
        // The steps only tip the scale: every second procedure speaks of breathing.
        boost: { keywords: 2, title: 2, parts: 0.5, steps: 0.1 },
        boostTerm: (term) => (isPair(term) ? 1.5 : 1),
        fuzzy: (term) => Math.min(allowedTypos(term), isPair(term) ? 1 : 2),
        weights: { fuzzy: 0.45, prefix: 0 },
        bm25: { k: 1.2, b: 0.1, d: 0.2 },
      })
      return results.flatMap(({ id, score, match }) => {
        const procedure = procedures[Number(id)]
        const fields = new Set(Object.values(match).flat())
        const isMeant =
          ['keywords', 'title', 'parts'].some((field) => fields.has(field)) && score >= MIN_SCORE
        const isPlain = terms.some(
          (term) => match[term]?.includes('keywords') || match[term]?.includes('title'),
        )
        return procedure !== undefined && isMeant ? [{ procedure, score, isPlain }] : []
      })
    },
  }
}

const joined = (terms: readonly string[]): string => terms.join(' ')
const isPair = (term: string): boolean => term.includes('_')
const isAlone = (terms: readonly string[]): boolean => terms.length === 1
const pairsIn = (terms: readonly string[]): string[] => terms.filter(isPair)
const wordsIn = (terms: readonly string[]): string[] => terms.filter((term) => !isPair(term))

/** The terms of a text, without what it denies: nobody with "no fire" in mind wants to be told how to flee one. */
function termsToFind(text: string, known: ReadonlySet<string>): string[] {
  const words = contentWords(text)
  const isDenied = (at: number): boolean => {
    const word = words[at] ?? ''
    const before = words[at - 1] === NOT && !known.has(pairOf(NOT, word))
    const behind = words[at + 1] === NOT_BEHIND && !known.has(pairOf(word, NOT_BEHIND))
    return before || behind
  }
  const single = words.filter((word, at) => !isDenial(word) && !isDenied(at))
  // A pair that is not known may still be one with a letter wrong: "not breating".
  const pairs = words.slice(1).map((word, at) => pairOf(words[at] ?? '', word))
  return [...new Set([...single, ...pairs])]
}
