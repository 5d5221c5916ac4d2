import MiniSearch from 'minisearch'
import { allowedTypos } from '../search/words.ts'
import { withoutIdioms } from '../severity/without-idioms.ts'
import type { Procedure } from './schema.ts'
import { isThing, signsIn } from './concepts.ts'
import { withoutEverydayUse } from './everyday-use.ts'
import { signsOf } from './signs.ts'
import {
  NOT,
  NOT_BEHIND,
  contentWords,
  isDenial,
  isParticle,
  pairOf,
  pairsOf,
  spelledRight,
  termsOf,
  turned,
} from './words.ts'

export interface FoundProcedure {
  readonly procedure: Procedure
  readonly score: number
  /** What of the text it was found by. */
  readonly terms: readonly string[]
  /** Those that stand for it by themselves: a word of its own that is no mere thing, or a phrase. */
  readonly plain: readonly string[]
}

/** Procedures, to be found by what somebody in trouble writes. */
export interface ProcedureIndex {
  /** The best first. What fits too badly to be acted on is not among them. */
  find(text: string): FoundProcedure[]
}

/** Below this a match is an accident: measured on our own phrasings (`phrasings.ts`), known topics and others. */
const MIN_SCORE = 6.5
/** Against keywords, which are exact. */
const SIGNS_BOOST = 2
/** A procedure that is at least so near to the best fits as well. */
export const NEAR = 0.75

interface Document {
  id: number
  title: string
  /** Words that stand for themselves, and pairs of words. */
  keywords: string
  /** Words of longer phrases: "arm" and "caught" of "arm caught" say little alone. */
  parts: string
  /** Kinds of words that stand near each other. */
  signs: string
}

export function createProcedureIndex(procedures: readonly Procedure[]): ProcedureIndex {
  const engine = new MiniSearch<Document>({
    fields: ['title', 'keywords', 'parts', 'signs'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  })
  engine.addAll(
    procedures.map(({ procedure_id, title, keywords, translations }, id) => ({
      id,
      title: joined([title, ...translations.map((each) => each.title)].flatMap(termsOf)),
      keywords: joined(
        keywords
          .map(termsOf)
          .flatMap((terms) =>
            isAlone(terms) ? terms : pairsIn(terms).flatMap((pair) => [pair, turned(pair)]),
          ),
      ),
      parts: joined(keywords.map(termsOf).flatMap((terms) => (isAlone(terms) ? [] : wordsIn(terms)))),
      signs: joined(signsOf(procedure_id)),
    })),
  )
  const known = new Set(procedures.flatMap(({ title, keywords }) => [title, ...keywords].flatMap(termsOf)))
  return {
    find(text) {
      const terms = termsToFind(text, known)
      if (terms.length === 0) return []
      // Whoever writes a word of English has not mistyped another: "full" is not "fell", nor "walk" "wall".
      const right = new Set(spelledRight(text))
      const isRight = (term: string): boolean =>
        term.split('_').every((word) => right.has(word) || isParticle(word))
      const results = engine.search(joined(terms), {
        // Not in the steps: every second procedure speaks of breathing.
        boost: { keywords: 2, title: 1, parts: 0.5, signs: SIGNS_BOOST },
        boostTerm: (term) => (isPair(term) ? 1.5 : 1),
        fuzzy: (term) =>
          isSign(term) || isRight(term) ? 0 : Math.min(allowedTypos(term), isPair(term) ? 1 : 2),
        weights: { fuzzy: 0.45, prefix: 0 },
        bm25: { k: 1.2, b: 0.1, d: 0.2 },
      })
      return results.flatMap(({ id, score, match }) => {
        const procedure = procedures[Number(id)]
        const found = Object.entries(match).filter(([term]) => terms.includes(term) || isTyped(term, terms))
        const told = found.filter(([term, fields]) => tells(fields) && (isPair(term) || !isThing(term)))
        const plain = told.map(([term]) => term).filter((term) => !isSign(term))
        // Two words of its phrases are nearly one of its own.
        const parts = found.filter(([term, fields]) => fields.includes('parts') && !isThing(term))
        const isMeant = (told.length > 0 || parts.length > 1) && score >= MIN_SCORE
        return procedure !== undefined && isMeant
          ? [{ procedure, score, terms: Object.keys(match), plain }]
          : []
      })
    },
  }
}

/** What of a procedure a term may stand for it in: not its steps, nor parts of its phrases. */
const tells = (fields: readonly string[] | undefined): boolean =>
  fields?.some((field) => field === 'keywords' || field === 'signs') ?? false
const joined = (terms: readonly string[]): string => terms.join(' ')
const isSign = (term: string): boolean => term.includes('+')
const isPair = (term: string): boolean => term.includes('_')
const isAlone = (terms: readonly string[]): boolean => terms.length === 1
/** Of "stuck in freezer" that something is stuck in something says nothing; of "passed out" it is all. */
function pairsIn(terms: readonly string[]): string[] {
  const pairs = terms.filter(isPair)
  const full = pairs.filter((pair) => !pair.split('_').some(isParticle))
  return full.length > 0 ? full : pairs
}
const wordsIn = (terms: readonly string[]): string[] => terms.filter((term) => !isPair(term))

/** The terms of a text, without what it denies: nobody with "no fire" in mind wants to be told how to flee one. */
function termsToFind(text: string, known: ReadonlySet<string>): string[] {
  const plain = withoutEverydayUse(withoutIdioms(text))
  const words = contentWords(plain)
  const isDenied = (at: number): boolean => {
    const word = words[at] ?? ''
    const before = words[at - 1] === NOT && !known.has(pairOf(NOT, word))
    const behind = words[at + 1] === NOT_BEHIND && !known.has(pairOf(word, NOT_BEHIND))
    return before || behind
  }
  const single = words.filter((word, at) => !isDenial(word) && !isDenied(at))
  // A pair that is not known may still be one with a letter wrong: "not breating".
  return [...new Set([...single, ...pairsOf(plain), ...signsIn(single)])]
}

/** Whoever mistypes a word mostly has its first letter right: "tired" is not "fire". */
const isTyped = (found: string, terms: readonly string[]): boolean =>
  terms.some(
    (term) =>
      !isSign(term) &&
      initialsOf(term) === initialsOf(found) &&
      Math.abs(term.length - found.length) <= allowedTypos(term),
  )
const initialsOf = (term: string): string =>
  term
    .split('_')
    .map((word) => word[0])
    .join('')
