/** A word or an emoji of a text, folded, and where it stands in the text as it was written. */
export interface Word {
  readonly text: string
  /** UTF-16 offsets into the text, end exclusive. */
  readonly start: number
  readonly end: number
  /** Counts sentences, and parts of them between commas; both rise over the whole text. */
  readonly sentence: number
  readonly clause: number
}

export interface Words {
  readonly words: readonly Word[]
  /** The sentences that end with a question mark. */
  readonly questions: ReadonlySet<number>
}

const SENTENCE_ENDS = new Set('.!?\n\r…।॥؟。!?')
const QUESTION_ENDS = new Set('??؟')
const CLAUSE_ENDS = new Set(',;:،؛()[]{}"“”«»—–/|')
const APOSTROPHES = new Set("'’‘`´ʼ′")

/** Written above or below other letters, or not at all: accents, vowel marks of Arabic, the nukta, joiners, directions. */
const UNSEEN =
  /\p{Script=Inherited}|\p{Default_Ignorable_Code_Point}|\p{Emoji_Modifier}|\u{93C}|\u{640}|[\u{656}-\u{65F}]/gu
const IN_WORD = /[\p{L}\p{N}\p{M}]/u
const PICTURE = /\p{Extended_Pictographic}|[\u{1F191}-\u{1F19A}]/u
/** Letters that are written one for the other. */
const SAME: Readonly<Record<string, string>> = {
  ى: 'ي',
  ة: 'ه',
  ک: 'ك',
  ی: 'ي',
  ı: 'i',
  ß: 'ss',
  '\u0901': '\u0902',
}

/**
 * The words of a text, so that one spelling stands for all: NFKD, lower case, no accents, no invisible characters. The
 * decomposition is taken character by character, which keeps the way back to the text as it was written.
 */
export function readWords(text: string): Words {
  const words: Word[] = []
  const questions = new Set<number>()
  let sentence = 0
  let clause = 0
  let current = ''
  let start = 0
  let end = 0
  const flush = (): void => {
    if (current !== '') words.push({ text: current, start, end, sentence, clause })
    current = ''
  }
  const append = (folded: string, from: number, to: number): void => {
    if (current === '') start = from
    current += folded
    end = to
  }
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at) ?? 0
    const next = at + (code > 0xffff ? 2 : 1)
    if (isPlainLetter(code)) {
      append(String.fromCharCode(code), at, next)
    } else if (code >= 0x41 && code <= 0x5a) {
      append(String.fromCharCode(code + 32), at, next)
    } else {
      const folded = fold(code)
      if (folded === '' || (APOSTROPHES.has(folded) && current !== '')) {
        // Not seen, or inside of a word: "can't" is "cant".
      } else if (IN_WORD.test(folded)) {
        append(folded, at, next)
      } else {
        flush()
        if (SENTENCE_ENDS.has(folded)) {
          if (QUESTION_ENDS.has(folded)) questions.add(sentence)
          // Another mark of the same end, or the point in "2.5", adds nothing by counting on.
          sentence += 1
          clause += 1
        } else if (CLAUSE_ENDS.has(folded)) {
          clause += 1
        } else if (PICTURE.test(folded)) {
          words.push({ text: folded, start: at, end: next, sentence, clause })
        }
      }
    }
    at = next
  }
  flush()
  return { words, questions }
}

/** Small ASCII letters, digits, and the letters and vowel signs of Devanagari and Arabic that fold to themselves. */
const isPlainLetter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x902 && code <= 0x928) ||
  (code >= 0x92a && code <= 0x930) ||
  code === 0x932 ||
  (code >= 0x935 && code <= 0x93b) ||
  (code >= 0x93e && code <= 0x94d) ||
  (code >= 0x62a && code <= 0x63a) ||
  (code >= 0x641 && code <= 0x648)

function fold(code: number): string {
  // Plain punctuation and blanks are by far the most frequent.
  if (code < 0x80) return String.fromCharCode(code)
  const folded = String.fromCodePoint(code).normalize('NFKD').toLowerCase().replace(UNSEEN, '')
  return SAME[folded] ?? folded
}
