import { bareParts } from './bare-parts.ts'
import { chooseSentences } from './choose-sentences.ts'
import { createTeller, type SummaryLine, tellTogether } from './lines.ts'
import { callByNames } from './names.ts'
import { rankSentences } from './rank.ts'
import { finish } from './retell.ts'
import { SETTINGS, type SummaryLength, type SummaryStyle } from './settings.ts'
import { join, readTranscript, type Sentence, type Transcript, type TranscriptMessage } from './transcript.ts'
import { SEVERE, severityBonus, urgencyBonuses } from './urgency-bonus.ts'

export interface OfflineSummary {
  /** The lines as one paragraph. */
  text: string
  lines: readonly SummaryLine[]
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
  const told = transcript.isEnglish ? englishLines(transcript, style, length) : []
  // Also where nothing can be told: an "ok" is all that there is.
  const lines = told.length > 0 ? told : quotedLines(transcript, length)
  return { text: lines.map(({ text }) => text).join(' '), lines }
}

function englishLines(said: Transcript, style: SummaryStyle, length: SummaryLength): SummaryLine[] {
  const bonuses = urgencyBonuses(said.sentences)
  const severe = bonuses.filter((bonus) => bonus >= SEVERE).length
  const settings = SETTINGS[style === 'dialogue' && (severe > 1 || asksForHelp(said)) ? 'call' : style]
  const { weights, retells, turnsApart, isChat, words, urgentWords } = settings
  const { transcript, names } = isChat ? callByNames(said) : { transcript: said, names: [] }
  const { sentences } = transcript
  const spoken = sentences.reduce((sum, { tokens }) => sum + tokens.length, 0)
  const ranked = rankSentences(sentences, weights).map((each, at) => ({
    ...each,
    score: each.score + (bonuses[at] ?? 0),
  }))
  const goal = words[length](spoken) + (severe > 0 ? urgentWords[length] : 0)
  const choose = (textOf: (sentence: Sentence) => string): Sentence[] =>
    chooseSentences(ranked, goal, (sentence) => countWords(textOf(sentence)))
  if (!retells) {
    return choose(asSaid).map((sentence) => ({
      text: asSaid(sentence),
      evidence: [sentence.message.message_id],
    }))
  }
  const tell = createTeller(transcript, { names, statesAnswers: isChat })
  const chosen = choose((sentence) => tell(sentence)?.text ?? '')
  return tellTogether(
    chosen.flatMap((sentence) => tell(sentence) ?? []),
    turnsApart,
  )
}

/** Somebody whose part it is to help takes part, or nobody has answered yet. */
const asksForHelp = ({ messages }: Transcript): boolean =>
  messages.some(({ role }) => role !== 'user') ||
  messages.every(({ speaker }) => speaker === messages[0]?.speaker)

/** As it was said, without what only opens it; empty where nothing is left. */
function asSaid({ tokens, text }: Sentence): string {
  const said = join(bareParts(tokens).parts).trim()
  if (said === '') return ''
  return `${finish(said).slice(0, -1)}${/[?!]$/.test(text) ? text.at(-1) : '.'}`
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
