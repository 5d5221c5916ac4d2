import { readEnglish, type Token } from './language.ts'

/** One message of a conversation as the offline model reads it. */
export interface TranscriptMessage {
  message_id: string
  /** Who speaks, as they are to be called in the summary. */
  speaker: string
  /** `system` messages are nobody's words and are left out. */
  role: string
  content: string
}

/** A sentence of a message, ready to be weighed. */
export interface Sentence {
  readonly message: TranscriptMessage
  /** Index of the message among those that are read. */
  readonly turn: number
  /** Index of the sentence in the conversation. */
  readonly index: number
  /** As it was written, but for blanks and a few short forms. */
  readonly text: string
  readonly tokens: readonly Token[]
  /** Stems of the words that carry meaning, in order. */
  readonly terms: readonly string[]
  /** To whom it is said, where that is plain: the only other speaker. */
  readonly addressee: string | null
}

export interface Transcript {
  readonly messages: readonly TranscriptMessage[]
  readonly sentences: readonly Sentence[]
  /** Not so: nothing may be rewritten, only quoted. */
  readonly isEnglish: boolean
}

/** Longer messages are read to here; the tagger's time grows with them. */
const MESSAGE_MAX = 20_000
const HAS_WORD = /[\p{L}\p{N}]/u
/** Marks that transcribers put into what was said. */
const TRANSCRIBERS_MARKS = /\{[a-z]+\}|\[[a-z ]+\]/gi

/** Reads a conversation into its sentences, in order. */
export function readTranscript(messages: readonly TranscriptMessage[]): Transcript {
  const spoken = messages.filter(
    ({ role, content }) => role !== 'system' && HAS_WORD.test(content.replace(TRANSCRIBERS_MARKS, ' ')),
  )
  const speakers = new Set(spoken.map(({ speaker }) => speaker))
  const addressees = new Map(
    [...speakers].map((speaker) => [speaker, speakers.size === 2 ? theOther(speakers, speaker) : null]),
  )
  const isEnglish = looksEnglish(spoken)
  const sentences: Sentence[] = []
  for (const [turn, message] of spoken.entries()) {
    const content = message.content.slice(0, MESSAGE_MAX)
    for (const { text, tokens } of isEnglish ? englishSentences(content) : otherSentences(content)) {
      sentences.push({
        message,
        turn,
        index: sentences.length,
        text,
        tokens,
        terms: tokens.filter(isContent).map(({ stem }) => stem),
        addressee: addressees.get(message.speaker) ?? null,
      })
    }
  }
  return { messages: spoken, sentences, isEnglish }
}

const theOther = (speakers: ReadonlySet<string>, speaker: string): string | null =>
  [...speakers].find((each) => each !== speaker) ?? null

const isContent = ({ pos, isStopWord, lower }: Token): boolean =>
  !isStopWord && pos !== 'PUNCT' && pos !== 'INTJ' && /[\p{L}\p{N}]/u.test(lower) && lower.length > 1

interface Piece {
  text: string
  tokens: readonly Token[]
}

/** As people type on a phone in a hurry; the tagger and the rewrite need the long forms. */
const TYPED = new Map(
  Object.entries({
    im: 'I am',
    ive: 'I have',
    pls: 'please',
    plz: 'please',
    thats: "that's",
    theres: "there's",
  }),
)
const TYPED_WORD = /\b(?:im|ive|pls|plz|thats|theres)\b/gi
const TYPED_DENIAL = /\b(do|does|did|is|are|was|were|could|would|should|have|has|had|ca)nt\b/gi

function englishSentences(content: string): Piece[] {
  const clean = content
    .replace(TRANSCRIBERS_MARKS, ' ')
    .replace(/[‘’]/g, "'")
    // The tagger takes the short form at the start of a sentence for a name.
    .replace(/\bi ?'m\b/gi, 'I am')
    .replace(/\bwhat's\b/gi, 'what is')
    .replace(/ (?=(?:n't|'(?:s|m|re|ve|ll|d))\b)/gi, '')
    .replace(TYPED_DENIAL, "$1n't")
    .replace(TYPED_WORD, (word) => TYPED.get(word.toLowerCase()) ?? word)
    .replace(/\s+/g, ' ')
  return readEnglish(clean.trim())
    .map((tokens) => ({ tokens, text: join(tokens) }))
    .filter(({ text }) => HAS_WORD.test(text))
}

const OTHER_SENTENCE = /[^.!?…।॥؟。！？\n\r]+[.!?…।॥؟。！？]*/gu
const OTHER_WORD = /[\p{L}\p{M}\p{N}]+/gu

function otherSentences(content: string): Piece[] {
  return [...content.matchAll(OTHER_SENTENCE)]
    .map(([text]) => text.trim())
    .filter((text) => HAS_WORD.test(text))
    .map((text) => ({
      text,
      tokens: [...text.matchAll(OTHER_WORD)].map(([word]) => ({
        text: word,
        lower: word.toLowerCase(),
        pos: 'X',
        lemma: word.toLowerCase(),
        stem: word.toLowerCase(),
        isStopWord: word.length < 3,
        isSpaced: true,
      })),
    }))
}

const FREQUENT = new Set(
  `the a an and or but to of in on at for with from is are was were be been am do does did have has had i you he she it we they me my your
  his her our this that there here what how when where who why not no yes can could will would should please ok okay thanks thank help
  dont im its`.split(/\s+/),
)
/** Even terse English has so many of its own small words; other languages in Latin letters share only a few by chance. */
const ENGLISH_SHARE = 0.18

/** Whether so many of the words are the small ones of English that its grammar may be applied to the rest. */
function looksEnglish(messages: readonly Pick<TranscriptMessage, 'content'>[]): boolean {
  let words = 0
  let frequent = 0
  for (const { content } of messages) {
    for (const [word] of content.slice(0, 2_000).matchAll(OTHER_WORD)) {
      words += 1
      if (FREQUENT.has(word.toLowerCase())) frequent += 1
    }
    if (words > 2_000) break
  }
  return words > 0 && frequent / words >= ENGLISH_SHARE
}

/** Writes tokens as text, with a blank before those that had one. */
export function join(tokens: readonly Pick<Token, 'text' | 'isSpaced'>[]): string {
  let text = ''
  for (const token of tokens) text += (token.isSpaced && text !== '' ? ' ' : '') + token.text
  return text
}
