import type { TranscriptMessage } from '../models/offline/transcript.ts'
import type { SummaryContent, SummaryLine } from './schema.ts'

/** A procedure as the assistant quotes it: its title in a line of its own, before the first step. */
const TITLE = /^(?<title>\P{Nd}.*)\n1\. /gmu
/** Titles, and messages cited for them; whoever wants more reads the conversation. */
const MOST_TITLES = 4
const MOST_CITED = 10
/** UTF-16 units of what is quoted of an answer that names no procedure. */
const QUOTE_MAX = 120

export const isAssistant = ({ role }: Pick<TranscriptMessage, 'role'>): boolean => role === 'assistant'

/** The procedures that an answer of the assistant's quotes, by their titles; none where it only asked something. */
export const titlesIn = ({ content }: Pick<TranscriptMessage, 'content'>): string[] =>
  [...content.matchAll(TITLE)].map(({ groups }) => groups?.title?.trim() ?? '')

/** An answer as a model is told it: which procedures it gave, and none of their many steps. */
export const inShort = (message: TranscriptMessage): string => {
  const titles = isAssistant(message) ? titlesIn(message) : []
  return titles.length > 0 ? `(gives the steps for: ${titles.join('; ')})` : message.content
}

/**
 * A summary of what people did and said: all that the assistant said is one line at the end, and nothing that only the
 * assistant said is something done, asked, to do or talked about. Its answers are long and the same for everybody, and
 * would fill a summary that is to be read in seconds.
 */
export function keepToPeople(
  content: SummaryContent,
  transcript: readonly TranscriptMessage[],
): SummaryContent {
  const answers = transcript.filter(isAssistant)
  if (answers.length === 0) return content
  const theirs = new Set(answers.map(({ message_id }) => message_id))
  const ofPeople = <T extends { evidence: string[] }>(items: readonly T[]): T[] =>
    items.filter(({ evidence }) => !evidence.every((id) => theirs.has(id)))
  return {
    ...content,
    lines: [...ofPeople(content.lines), lineFor(answers)],
    done: ofPeople(content.done),
    open_questions: ofPeople(content.open_questions),
    action_items: ofPeople(content.action_items),
    keywords: ofPeople(content.keywords),
  }
}

function lineFor(answers: readonly TranscriptMessage[]): SummaryLine {
  const speaker = sentenceCase(answers[0]?.speaker ?? '')
  const giving = answers.filter((answer) => titlesIn(answer).length > 0)
  const cited = (from: readonly TranscriptMessage[]): string[] =>
    from.slice(-MOST_CITED).map(({ message_id }) => message_id)
  if (giving.length > 0) {
    const titles = [...new Set(giving.slice(-MOST_CITED).flatMap(titlesIn))].slice(-MOST_TITLES)
    return {
      text: `${speaker} gave the steps for ${titles.map(quoted).join(', ')}.`,
      evidence: cited(giving),
    }
  }
  const last = answers.slice(-1)
  return { text: `${speaker} answered: ${quoted(last[0]?.content ?? '')}`, evidence: cited(last) }
}

const sentenceCase = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())

function quoted(text: string): string {
  const words = text.replaceAll(/\s+/g, ' ').trim()
  return `“${words.length > QUOTE_MAX ? `${words.slice(0, QUOTE_MAX).toWellFormed()}…` : words}”`
}
