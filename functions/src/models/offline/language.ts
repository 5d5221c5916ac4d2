import { createRequire } from 'node:module'

/** A word or a mark of a sentence, with what the tagger takes it for. */
export interface Token {
  readonly text: string
  /** In lower case. */
  readonly lower: string
  /** Universal part-of-speech tag, e.g. `VERB`. */
  readonly pos: string
  readonly lemma: string
  readonly stem: string
  readonly isStopWord: boolean
  /** A blank stood before it. */
  readonly isSpaced: boolean
}

/** The part of the library that is used, in the shape in which it answers. */
interface Collection {
  out(helper: unknown): unknown[]
}
interface Language {
  readDoc(text: string): { tokens(): Collection; sentences(): Collection }
  /** What to ask of each token or sentence. */
  its: Readonly<Record<string, unknown>>
}

/** Nobody has so many words; keeps whoever sends noise from filling the memory. */
const MAX_STEMS = 20_000

let loaded: Language | undefined
/** From this id on the model counts words that it did not know. */
let firstUnknown = 0
/** No word of any language. */
const UNKNOWN = 'qxzvjkqw'

/** The model of English takes a tenth of a second to load, which no process pays that never asks for it. */
function language(): Language {
  if (loaded === undefined) {
    const require = createRequire(import.meta.url)
    const winkNLP = require('wink-nlp') as (model: unknown, pipe: string[]) => Language
    loaded = winkNLP(require('wink-eng-lite-web-model'), ['sbd', 'pos'])
    firstUnknown = idOf(loaded, UNKNOWN)
  }
  return loaded
}

const idOf = (nlp: Language, word: string): number =>
  nlp.readDoc(word).tokens().out(nlp.its['uniqueId'])[0] as number

const spelled = new Map<string, boolean>()

/** Whether a single word in lower case is one of English as it is written, names among them. */
export function isEnglishWord(word: string): boolean {
  const nlp = language()
  let isWord = spelled.get(word)
  if (isWord === undefined) {
    isWord = idOf(nlp, word) < firstUnknown
    if (spelled.size >= MAX_STEMS) spelled.clear()
    spelled.set(word, isWord)
  }
  return isWord
}

/** The sentences of an English text, each as its tokens. Other languages come out in sentences of a kind, untagged. */
export function readEnglish(text: string): Token[][] {
  const nlp = language()
  const { its } = nlp
  const sentences: Token[][] = []
  const document = nlp.readDoc(text)
  const tokens = document.tokens()
  const column = <T>(helper: unknown): T[] => tokens.out(helper) as T[]
  const values = column<string>(its.value)
  const tags = column<string>(its.pos)
  const lemmas = column<string>(its.lemma)
  const stems = column<string>(its.stem)
  const stops = column<boolean>(its.stopWordFlag)
  const blanks = column<string>(its.precedingSpaces)
  const spans = document.sentences().out(its.span) as [number, number][]
  for (const [first, last] of spans) {
    const sentence: Token[] = []
    for (let at = first; at <= last; at += 1) {
      const value = values[at] ?? ''
      sentence.push({
        text: value,
        lower: value.toLowerCase(),
        pos: tags[at] ?? 'X',
        lemma: lemmas[at] ?? value,
        stem: stems[at] ?? value,
        isStopWord: stops[at] === true,
        isSpaced: (blanks[at] ?? '') !== '',
      })
    }
    sentences.push(sentence)
  }
  return sentences
}

const stems = new Map<string, string>()

/** The stem of a single English word in lower case; words of other languages come out much as they are. */
export function stemOf(word: string): string {
  const known = stems.get(word)
  if (known !== undefined) return known
  const stem = readEnglish(word)
    .flat()
    .map((token) => token.stem.toLowerCase())
    .join('')
  if (stems.size >= MAX_STEMS) stems.clear()
  stems.set(word, stem)
  return stem
}
