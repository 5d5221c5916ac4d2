import {
  chooseSentences,
  rankSentences,
  SEVERE,
  severityBonus,
  type Weights,
  urgencyBonuses,
} from './rank.ts'
import { bareParts, finish, retell } from './retell.ts'
import { readTranscript, type Sentence, type Transcript, type TranscriptMessage } from './transcript.ts'
import { whoSpeaks } from './who-speaks.ts'

/** What kind of conversation it is: it decides whether sentences are told in the third person or left as said. */
export type SummaryStyle = 'dialogue' | 'clinical' | 'meeting'
export type SummaryLength = 'brief' | 'detailed'

export interface SummaryLine {
  text: string
  /** Ids of the messages that the line comes from. */
  evidence: readonly string[]
}

export interface OfflineSummary {
  /** The lines as one paragraph. */
  text: string
  lines: readonly SummaryLine[]
}

interface StyleSettings {
  weights: Weights
  retells: boolean
  /** Words of the summary by those of the conversation. */
  words: Record<SummaryLength, (spoken: number) => number>
  /** So many more where people speak of an emergency: it needs to be told as a whole. */
  urgentWords: Record<SummaryLength, number>
}

const between = (least: number, value: number, most: number): number => Math.min(most, Math.max(least, value))

/** Weights found on development sets (see docs/models.md); `npm run bench:summaries` shows what they are worth. */
const STYLES: Readonly<Record<SummaryStyle, StyleSettings>> = {
  dialogue: {
    retells: true,
    weights: {
      centroid: 1.3,
      start: 0.3,
      end: 0.1,
      question: 0.1,
      intent: 0.3,
      detail: 0.1,
      short: -0.6,
      long: -0.5,
    },
    words: {
      brief: (spoken) => between(18, 16 + spoken * 0.09, 40),
      detailed: (spoken) => between(40, spoken * 0.3, 160),
    },
    urgentWords: { brief: 25, detailed: 50 },
  },
  clinical: {
    retells: false,
    weights: {
      centroid: 1,
      start: 0,
      end: 0,
      question: -0.3,
      intent: -0.3,
      detail: 0.2,
      short: -0.3,
      long: 0,
    },
    words: {
      brief: (spoken) => between(15, spoken * 0.4, 60),
      detailed: (spoken) => between(40, spoken * 0.35, 450),
    },
    urgentWords: { brief: 0, detailed: 0 },
  },
  meeting: {
    retells: true,
    weights: { centroid: 1, start: 0.5, end: 0, question: 0, intent: 0.4, detail: 0, short: -0.5, long: 0.2 },
    words: {
      brief: (spoken) => between(30, 30 + spoken * 0.02, 130),
      detailed: (spoken) => between(60, 60 + spoken * 0.05, 300),
    },
    urgentWords: { brief: 0, detailed: 0 },
  },
}

/**
 * Summarizes a conversation by plain methods: its most telling sentences, retold in the third person where that helps,
 * each with the message it comes from. The severest words always count. Where the language is not English nothing is
 * rewritten: the first, the severest and the last sentences are quoted. No words, no lines.
 */
export function summarizeOffline(
  messages: readonly TranscriptMessage[],
  { style = 'dialogue', length = 'brief' }: { style?: SummaryStyle; length?: SummaryLength } = {},
): OfflineSummary {
  const transcript = readTranscript(messages)
  const lines = transcript.isEnglish
    ? englishLines(transcript, style, length)
    : quotedLines(transcript, length)
  return { text: lines.map(({ text }) => text).join(' '), lines }
}

function englishLines(transcript: Transcript, style: SummaryStyle, length: SummaryLength): SummaryLine[] {
  const { weights, retells, words, urgentWords } = STYLES[style]
  const texts = new Map<Sentence, string | null>()
  const textOf = (sentence: Sentence): string | null => {
    let text = texts.get(sentence)
    if (text === undefined) {
      text = retells ? retell(sentence, whoSpeaks(sentence, transcript)) : asSaid(sentence)
      texts.set(sentence, text)
    }
    return text
  }
  const spoken = transcript.sentences.reduce((sum, { tokens }) => sum + tokens.length, 0)
  const bonuses = urgencyBonuses(transcript.sentences)
  const ranked = rankSentences(transcript.sentences, weights).map((each, at) => ({
    ...each,
    score: each.score + (bonuses[at] ?? 0),
  }))
  const isUrgent = bonuses.some((bonus) => bonus >= SEVERE)
  const goal = words[length](spoken) + (isUrgent ? urgentWords[length] : 0)
  const chosen = chooseSentences(ranked, goal, (sentence) => countWords(textOf(sentence) ?? ''))
  return chosen.flatMap((sentence) => {
    const text = textOf(sentence)
    return text === null ? [] : [{ text, evidence: [sentence.message.message_id] }]
  })
}

const asSaid = (sentence: Sentence): string | null => {
  const parts = bareParts(sentence)
  return parts.length === 0
    ? null
    : `${finish(parts).slice(0, -1)}${/[?!]$/.test(sentence.text) ? sentence.text.at(-1) : '.'}`
}

const countWords = (text: string): number => (text === '' ? 0 : text.split(/\s+/).length)

const QUOTES: Readonly<Record<SummaryLength, number>> = { brief: 3, detailed: 6 }
/** UTF-16 units of a quotation. */
const QUOTE_MAX = 240

function quotedLines({ sentences }: Transcript, length: SummaryLength): SummaryLine[] {
  const first = sentences[0]
  const last = sentences.at(-1)
  if (first === undefined || last === undefined) return []
  const severest = sentences
    .map((sentence) => ({ sentence, bonus: severityBonus(sentence) }))
    .filter(({ bonus }) => bonus > 0)
    .toSorted((a, b) => b.bonus - a.bonus)
    .map(({ sentence }) => sentence)
  const chosen = new Set([...severest.slice(0, QUOTES[length] - 1), first, last].slice(0, QUOTES[length]))
  for (const sentence of sentences.toReversed()) {
    if (chosen.size >= QUOTES[length]) break
    chosen.add(sentence)
  }
  return [...chosen]
    .toSorted((a, b) => a.index - b.index)
    .map(({ message, text }) => ({
      text: `${message.speaker}: “${text.length > QUOTE_MAX ? `${text.slice(0, QUOTE_MAX).toWellFormed()}…` : text}”`,
      evidence: [message.message_id],
    }))
}
