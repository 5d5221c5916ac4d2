/** A word of a text as it is searched for, and where it stands (UTF-16 offsets). */
export interface Word {
  readonly term: string
  readonly start: number
  readonly end: number
}

/** Scripts that put no spaces between words. */
const UNSPACED =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\u30fc\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}'
/** Joiners belong to words of Indic and Persian writing, apostrophes to those of many others. */
const SPACED = `[[\\p{L}\\p{M}\\p{N}\\u200c\\u200d]--[${UNSPACED}]]`
const RUNS = new RegExp(`([${UNSPACED}]+)|${SPACED}+(?:['’]${SPACED}+)*`, 'gv')

/** What is not heard when a word is read aloud by somebody else: accents, vowel points, the nukta, joiners, apostrophes. */
const UNHEARD = new RegExp(
  [
    '[\\u0300-\\u036f]|[\\u0483-\\u0487]|[\\u0591-\\u05c7]|[\\u0610-\\u061a]|[\\u064b-\\u065f]',
    '\\u0640|\\u0670|\\u093c|\\u09bc|\\u200c|\\u200d',
    "'|’",
  ].join('|'),
  'g',
)
/** Letters that Unicode does not take apart, and those that are typed for each other. */
const ALIKE: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ς: 'σ',
  ё: 'е',
}
const ALIKE_LETTERS = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'g')
/** Where the digits of writing systems that have their own begin, most used by our workers. */
const ZEROS = [0x06_60, 0x06_f0, 0x09_66, 0x09_e6, 0x0a_66, 0x0a_e6, 0x0b_e6, 0x0c_66, 0x0c_e6, 0x0d_66]
const OWN_DIGITS = /(?![0-9])\p{Nd}/gu

/** Nobody searches for more of a word; keeps a wall of letters from becoming one huge term. */
const MAX_TERM = 48

/** A word as it is compared: without case, accents and other differences that people do not hear or type. */
export function foldWord(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(UNHEARD, '')
    .normalize('NFC')
    .replaceAll(ALIKE_LETTERS, (letter) => ALIKE[letter] ?? letter)
    .replaceAll(OWN_DIGITS, asDigit)
    .slice(0, MAX_TERM)
}

function asDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  const zero = ZEROS.find((start) => code >= start && code < start + 10)
  return zero === undefined ? digit : String(code - zero)
}

/**
 * The words of a text in their order. Writing without spaces (Chinese, Japanese, Thai, …) is taken in pairs of
 * characters that overlap, so that any part of it is found without a dictionary.
 *
 * @param purpose a text to be searched also has the last character of such writing as a word of its own, so that a
 * single character is found wherever it stands
 */
export function wordsOf(text: string, purpose: 'text' | 'query' = 'text'): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(RUNS)) {
    const [run, unspaced] = match
    if (unspaced === undefined) {
      const term = foldWord(run)
      if (term !== '') words.push({ term, start: match.index, end: match.index + run.length })
    } else words.push(...pairsOf(unspaced, match.index, purpose))
  }
  return words
}

function* pairsOf(run: string, at: number, purpose: 'text' | 'query'): Generator<Word> {
  const characters = Array.from(run)
  let start = at
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1] ?? ''
    const isAlone = next === ''
    const isWanted = !isAlone || purpose === 'text' || characters.length === 1
    if (isWanted)
      yield { term: foldWord(character + next), start, end: start + character.length + next.length }
    start += character.length
  }
}

const UNSPACED_WORD = new RegExp(`^[${UNSPACED}]`, 'v')

/** How many letters of a searched word may differ from what is found: none where a letter is half of the word. */
export function allowedTypos(term: string): number {
  // In numbers every digit counts, and pairs of characters have no letters to spare.
  if (term.length < 4 || /\d/.test(term) || UNSPACED_WORD.test(term)) return 0
  return term.length < 8 ? 1 : 2
}
